"""Measure the package beside the projects that we learn from: `python -m tests.house.figures [CHECKOUT]`."""

import ast
import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import median
from typing import Final, TypeAlias

from tests.house.source import ROOT, Function, code_lines, comments, functions, nodes, statements, tree

PACKAGE: Final = "toolkit"
SPLICES: Final = re.compile(r";|:(?=\s|$)")
QUESTIONS: Final = ("What", "Whether", "Which")
OTHER_QUESTIONS: Final = ("How", "Why", "Who", "Whose", "Where", "When")
OPENING: Final = re.compile(r"\w+")

MODELS: Final = {
    "module median": "40 to 120",
    "function median": "4 to 8",
    "function p90": "about 20",
    "internal imports a module": "2.8 to 3.5",
    "import cycles": "0",
    "comments per 100 code lines": "5 to 21",
    "docstring words, median": "6 to 10",
    "docstrings spliced, %": "0 to 7",
    "docstrings What/Whether/Which, %": "0 to 2",
}
"""The same figures of fava, structlog, httpx, anymail and vdirsyncer (November 2026)."""

Graph: TypeAlias = Mapping[str, set[str]]
Documented: TypeAlias = ast.Module | ast.ClassDef | Function


@dataclass(frozen=True)
class House:
    """The package in one checkout of the repository."""

    root: Path = ROOT

    @cached_property
    def modules(self) -> dict[str, Path]:
        """Each module by its dotted name; a folder's __init__ by the folder's."""
        paths = sorted((self.root / PACKAGE).rglob("*.py"))
        return {dotted(path.relative_to(self.root)): path for path in paths}

    @cached_property
    def code(self) -> list[int]:
        """How many lines of code each module has."""
        return [code_lines(path) for path in self.modules.values()]

    @cached_property
    def functions(self) -> list[int]:
        """How many lines of code each function has, its signature too."""
        return [length for path in self.modules.values() for length in function_lines(path)]

    @cached_property
    def imports(self) -> Graph:
        """Which modules of ours each module imports when it runs."""
        return {name: set(self.imported(name)) - {name} for name in self.modules}

    @cached_property
    def first_lines(self) -> list[str]:
        """The first sentence line of every docstring."""
        return [line for path in self.modules.values() for line in first_lines(path)]

    @cached_property
    def remarks(self) -> int:
        """How many comments there are, without those that switch a check off."""
        found = (comment for path in self.modules.values() for _, comment in comments(path))
        return sum(1 for comment in found if not re.match(r"#\s*(ruff: )?(noqa|type:)", comment))

    def imported(self, name: str) -> Iterator[str]:
        """The modules of ours that one module imports, wherever in it."""
        for node in at_run_time(tree(self.modules[name])):
            match node:
                case ast.Import():
                    yield from (alias.name for alias in node.names if alias.name in self.modules)
                case ast.ImportFrom(level=0, module=str(source)) if source in self.modules:
                    inner = {f"{source}.{alias.name}" for alias in node.names}
                    yield from inner & self.modules.keys() or {source}


def dotted(path: Path) -> str:
    """The name by which Python imports a file."""
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def at_run_time(node: ast.AST) -> Iterator[ast.AST]:
    """Every node below this one that is not only there for type checkers."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING"):
            continue
        yield child
        yield from at_run_time(child)


def function_lines(path: Path) -> Iterator[int]:
    """How many lines each function takes, without its docstring."""
    for function in functions(path):
        text = function.body[0] if ast.get_docstring(function) is not None else None
        told = (text.end_lineno or 0) - text.lineno + 1 if text else 0
        yield (function.end_lineno or 0) - function.lineno + 1 - told


def first_lines(path: Path) -> Iterator[str]:
    """The first line of each docstring of modules, classes and functions."""
    for node in nodes(path):
        if isinstance(node, Documented) and (text := ast.get_docstring(node)):
            yield text.partition("\n")[0].strip()


def words(line: str) -> int:
    """How many words a line has; a dash alone is none."""
    return sum(1 for word in line.split() if re.search(r"\w", word))


def is_spliced(line: str) -> bool:
    """Tell whether a line joins two sentences by a semicolon or a colon."""
    return SPLICES.search(re.sub(r"`[^`]*`", "", line)) is not None


def is_question(line: str, openings: Collection[str] = QUESTIONS) -> bool:
    """Tell whether a line begins with one of these words."""
    opening = OPENING.match(line)
    return opening is not None and opening[0] in openings


def percent(lines: Sequence[str], chosen: Iterable[str]) -> float:
    """The share that was chosen of all lines."""
    return 100 * len(list(chosen)) / max(1, len(lines))


def p90(numbers: Sequence[int]) -> int:
    """The number that nine of ten do not exceed."""
    return sorted(numbers)[int(len(numbers) * 0.9)]


def cycles(graph: Graph) -> list[tuple[str, ...]]:
    """Every group of modules that import each other, in a ring or deeper."""
    reached = {name: reachable(graph, name) for name in graph}
    rings = {tuple(sorted(other for other in reached[name] if name in reached[other])) for name in graph}
    return sorted(ring for ring in rings if ring)


def reachable(graph: Graph, start: str) -> set[str]:
    """Every module that a module imports, itself or by others."""
    found: set[str] = set()
    ahead = [start]
    while ahead:
        ahead += (new := graph[ahead.pop()] - found)
        found |= new
    return found


def figures(house: House) -> dict[str, str]:
    """Each measure by its name, as it is printed."""
    lines, functions_, code = house.first_lines, house.functions, house.code
    others = [line for line in lines if is_question(line, OTHER_QUESTIONS)]
    return {
        "modules": f"{len(house.modules)}",
        "code lines": f"{sum(code):,}",
        "module median": f"{median(code):.0f}",
        "module p90": f"{p90(code)}",
        "module max": f"{max(code)}",
        "functions": f"{len(functions_):,}",
        "function median": f"{median(functions_):.0f}",
        "function p90": f"{p90(functions_)}",
        "function max": f"{max(functions_)}",
        "most statements": f"{max(statements(f) for path in house.modules.values() for f in functions(path))}",
        "internal imports a module": f"{sum(map(len, house.imports.values())) / len(house.modules):.2f}",
        "import cycles": f"{len(cycles(house.imports))}",
        "comments per 100 code lines": f"{100 * house.remarks / sum(code):.1f}",
        "docstrings": f"{len(lines):,}",
        "docstring words, median": f"{median(map(words, lines)):.0f}",
        "docstrings spliced, %": f"{percent(lines, filter(is_spliced, lines)):.1f}",
        "docstrings What/Whether/Which, %": f"{percent(lines, filter(is_question, lines)):.1f}",
        "docstrings How/Why/Who/Where/When, %": f"{percent(lines, others):.1f}",
    }


def table(columns: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """Lines to print: a row a measure, a column a checkout, and the models last."""
    yield f"{'':38}" + "".join(f"{heading:>16}" for heading in [*columns, "models"])
    for name in next(iter(columns.values())):
        cells = [column[name] for column in columns.values()]
        yield f"{name:38}" + "".join(f"{cell:>16}" for cell in [*cells, MODELS.get(name, "")])


def main(*checkouts: str) -> None:
    """Print the figures of these checkouts, or of this one."""
    roots = [Path(checkout).resolve() for checkout in checkouts] or [ROOT]
    for line in table({root.name: figures(House(root)) for root in roots}):
        print(line)  # noqa: T201 - a command for people


if __name__ == "__main__":
    main(*sys.argv[1:])
