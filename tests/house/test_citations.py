import re

from tests.house.source import ROOT, docstring_lines, place, python_files


def test_every_text_that_a_docstring_names_is_in_the_repository() -> None:
    there = {path.name for path in ROOT.rglob("*.md") if not {".git", ".venv"} & set(path.parts)}
    missing = [
        f"{place(path, line)} {name}"
        for path in python_files("toolkit")
        for told in (docstring_lines(path),)
        for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if line in told
        for name in re.findall(r"[\w-]+\.md\b", text)
        if name not in there
    ]

    assert missing == []
