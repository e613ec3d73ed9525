import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest

from tests.house.source import ROOT, defined, place, python_files

PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
VERSION: Final = PROJECT["version"]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def sections(name: str) -> list[str]:
    return re.findall(r"^## (.+)$", text(name), re.MULTILINE)


def first_block(heading: str) -> str:
    """The first block of commands below a heading of README.md."""
    _, _, below = text("README.md").partition(f"\n## {heading}\n")
    found = re.search(r"^```\w*\n(.*?)^```", below.partition("\n## ")[0], re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def holding(version: str, files: Iterable[Path]) -> list[str]:
    number = re.compile(rf"(?<![\d.]){re.escape(version)}(?![\d.])")
    return [place(path) for path in files if number.search(path.read_text(encoding="utf-8"))]


def test_the_version_stands_in_one_place() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", VERSION)
    assert holding(VERSION, [*python_files("toolkit", "examples"), ROOT / "README.md"]) == []
    assert [place(path) for path in python_files("toolkit") for _, name in defined(path) if name == "__version__"] == []


def test_changes_are_written_down_before_they_are_released() -> None:
    assert sections("CHANGELOG.md")[0] == "Unreleased"


def test_the_licence_is_there_and_is_the_one_that_is_named() -> None:
    assert PROJECT["license"] == "MIT"
    assert "Permission is hereby granted, free of charge" in text("LICENSE")


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Start", ("python3 -m venv", "pip install .", "sheetclerk init shop", "sheetclerk run")),
        ("Tests", ("python3 -m venv", "pip install -e '.[test]'", "pytest")),
    ],
)
def test_the_readme_has_the_two_commands_that_ci_runs(heading: str, words: tuple[str, ...]) -> None:
    assert [word for word in words if word not in first_block(heading)] == []
    assert first_block(heading).count("\n") == 1, "one line, so that a failure anywhere in it fails it"


def test_ci_repeats_no_command_of_the_readme() -> None:
    assert "pip install" not in text(".ci/run")
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111
