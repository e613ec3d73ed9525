import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.house.source import ROOT, called, nodes, place, python_files

ON_A_REAL_DAY: Final = {
    "tests/cli/test_help.py": "--help looks at no clock",
    "tests/house/test_quick_start.py": "--help looks at no clock",
    "tests/house/test_wheel.py": "what is in the wheel has no tests beside it, so it runs as a person runs it",
    "tests/scheduling/test_schedule.py": "a scheduler starts the command by itself, on the computer's own day",
}
"""Tests that start a process with the computer's own clock, and why."""


def without_a_day(path: Path) -> Iterator[int]:
    """The lines on which a test runs a command on the computer's own day."""
    for node in nodes(path):
        match node:
            case ast.Call(args=[ast.Name("main"), *_], keywords=given) if called(node) == "invoke":
                if "obj" not in {keyword.arg for keyword in given}:
                    yield node.lineno
            case ast.List(parts) | ast.Tuple(parts):
                if "-m toolkit" in " ".join(str(part.value) for part in parts if isinstance(part, ast.Constant)):
                    yield node.lineno


def test_a_test_that_runs_a_command_gives_it_a_day() -> None:
    """By `type_command`, `typist` or `own_process` of tests/day.py."""
    files = [path for path in python_files("tests") if "bench" not in path.parts and place(path) not in ON_A_REAL_DAY]

    assert [place(path, line) for path in files for line in without_a_day(path)] == []


def test_the_files_that_need_no_day_are_there() -> None:
    assert [path for path in ON_A_REAL_DAY if not (ROOT / path).is_file()] == []


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ('CliRunner().invoke(main, ["run"])', [1]),
        ('CliRunner().invoke(main, ["run"], obj=clock)', []),
        ('run([sys.executable, "-m", "toolkit", "run"])', [1]),
    ],
)
def test_a_command_without_a_day_is_found(tmp_path: Path, code: str, lines: list[int]) -> None:
    path = tmp_path / "test_x.py"
    path.write_text(code, encoding="utf-8")

    assert list(without_a_day(path)) == lines
