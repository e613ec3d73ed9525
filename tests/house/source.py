"""The repository's own Python files, as the house tests look at them."""

import ast
import io
import tokenize
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from tokenize import TokenInfo
from typing import Final, TypeAlias

ROOT: Final = Path(__file__).parents[2]

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
Definition: TypeAlias = Function | ast.ClassDef


def python_files(*folders: str) -> list[Path]:
    """Every Python file below these folders of the repository."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def place(path: Path, line: int | None = None) -> str:
    """As an editor opens it: toolkit/plan.py:12."""
    named = path.relative_to(ROOT).as_posix()
    return f"{named}:{line}" if line else named


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Every node of a file's tree; a walk costs more than the parsing."""
    return tuple(ast.walk(tree(path)))


@cache
def tokens(path: Path) -> tuple[TokenInfo, ...]:
    return tuple(tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline))


def comments(path: Path) -> Iterator[tuple[int, str]]:
    """Each comment with its line, counted from 1."""
    return ((one.start[0], one.string) for one in tokens(path) if one.type == tokenize.COMMENT)


def functions(path: Path) -> Iterator[Function]:
    return (node for node in nodes(path) if isinstance(node, Function))


def classes(path: Path) -> Iterator[ast.ClassDef]:
    return (node for node in nodes(path) if isinstance(node, ast.ClassDef))


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Each module that is imported, by a statement or by its name as text, with its line: 12, openpyxl.utils."""
    for node in nodes(path):
        match node:
            case ast.Import():
                yield from ((node.lineno, one.name) for one in node.names)
            case ast.ImportFrom(level=0, module=str(module)):
                yield node.lineno, module
            case ast.Call(args=[ast.Constant(value=str(module)), *_]) if called(node) in {
                "import_module",
                "__import__",
            }:
                yield node.lineno, module


def called(call: ast.Call) -> str:
    """The last part of what a call calls: importlib.import_module is import_module."""
    return ast.unparse(call.func).rpartition(".")[2]


def docstring_lines(path: Path) -> set[int]:
    """The lines on which docstrings stand, those below a constant too."""
    texts = (node for node in nodes(path) if isinstance(node, ast.Expr) and _is_text(node.value))
    return {line for node in texts for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)}


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def code_lines(path: Path) -> int:
    """How many lines hold code: no blank line, comment or docstring counts."""
    layout = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    spans = (range(one.start[0], one.end[0] + 1) for one in tokens(path) if one.type not in layout)
    return len({line for span in spans for line in span} - docstring_lines(path))


def statements(function: Function) -> int:
    """How many statements a function has, those of functions inside it too, without its docstring."""
    inside = (node for child in function.body for node in ast.walk(child) if isinstance(node, ast.stmt))
    return sum(1 for _ in inside) - (ast.get_docstring(function) is not None)


def public(nodes: Iterable[ast.stmt]) -> Iterator[Definition]:
    """Functions and classes without a leading underscore, and what is public inside such classes."""
    for node in nodes:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)


def defined(path: Path) -> Iterator[tuple[int, str]]:
    """Every name that we chose ourselves: functions, classes, arguments, variables, fields."""
    for node in nodes(path):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.lineno, node.name
            case ast.arg():
                yield node.lineno, node.arg
            case ast.Name(ctx=ast.Store()):
                yield node.lineno, node.id
            case ast.Attribute(ctx=ast.Store()):
                yield node.lineno, node.attr
