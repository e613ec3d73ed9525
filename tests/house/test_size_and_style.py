import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.house.source import code_lines, comments, functions, place, public, python_files, statements, tokens, tree

MOST_LINES: Final = 250
MOST_STATEMENTS: Final = 25

EXCEPTION: Final = re.compile(
    r"#\s*(?:ruff: )?noqa(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)?|#\s*type:\s*ignore(?:\[[\w, -]+\])?"
)
UNFINISHED: Final = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


def lint_exceptions(path: Path) -> Iterator[tuple[int, str]]:
    """Each comment that switches a check off, with its line and its reason: behind it, or alone on the line above."""
    said = dict(comments(path))
    lines = path.read_text(encoding="utf-8").splitlines()
    for line, comment in said.items():
        if EXCEPTION.search(comment):
            above = said.get(line - 1, "") if lines[line - 2].lstrip().startswith("#") else ""
            yield line, EXCEPTION.sub("", comment).strip(" #-:") or above.strip(" #")


def test_a_module_is_a_room_and_not_a_hall() -> None:
    sizes = {place(path): code_lines(path) for path in python_files("toolkit", "examples")}

    assert {path: lines for path, lines in sizes.items() if lines > MOST_LINES} == {}


def test_a_function_does_one_thing() -> None:
    long = [
        f"{place(path, function.lineno)} {function.name}: {statements(function)}"
        for path in python_files("toolkit", "tests", "examples")
        for function in functions(path)
        if statements(function) > MOST_STATEMENTS
    ]

    assert long == []


def test_every_module_says_what_it_holds() -> None:
    first_words = {
        place(path): (ast.get_docstring(tree(path)) or "").split("\n\n")[0].replace("\n", " ")
        for path in python_files("toolkit")
    }

    assert {path: words for path, words in first_words.items() if not re.fullmatch(r"\S.*?[^.]\.", words)} == {}


def test_everything_public_says_what_it_is() -> None:
    silent = [
        f"{place(path, found.lineno)} {found.name}"
        for path in python_files("toolkit")
        for found in public(tree(path).body)
        if not ast.get_docstring(found)
    ]

    assert silent == []


def test_a_lint_exception_has_its_reason_beside_it() -> None:
    bare = [
        f"{place(path, line)} {path.read_text(encoding='utf-8').splitlines()[line - 1].strip()}"
        for path in python_files("toolkit", "tests", "examples")
        for line, reason in lint_exceptions(path)
        if not reason
    ]

    assert bare == []


def test_nothing_is_left_for_later() -> None:
    left = [
        f"{place(path, line)} {comment}"
        for path in python_files("toolkit", "tests", "examples")
        for line, comment in comments(path)
        if UNFINISHED.search(comment)
    ]

    assert left == []


@pytest.mark.parametrize(
    ("comment", "reasons"),
    [
        ("# noqa: S101 - a test asserts", ["a test asserts"]),
        ("# noqa: S603, S607  our own command", ["our own command"]),
        ("# type: ignore[arg-type]", [""]),
        ("# type: ignore[arg-type]  # the stubs are wrong", ["the stubs are wrong"]),
        ("# noqa", [""]),
        ("# as a person types it", []),
    ],
)
def test_the_reason_of_an_exception_is_found(tmp_path: Path, comment: str, reasons: list[str]) -> None:
    path = tmp_path / "module.py"
    path.write_text(f"x = 1  {comment}\n", encoding="utf-8")

    assert [reason for _, reason in lint_exceptions(path)] == reasons


def test_blank_lines_comments_and_docstrings_are_no_code(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(
        '"""Two\nlines."""\n\n# a comment\nTEXT = """\nof three\n"""\n"""Said of it."""\n', encoding="utf-8"
    )

    assert tokens(path)[0].string.startswith('"""Two')
    assert code_lines(path) == 3
