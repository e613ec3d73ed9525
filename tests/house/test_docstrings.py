from functools import cache
from pathlib import Path
from statistics import median
from typing import Final

import pytest

from tests.house.figures import House, cycles, is_question, is_spliced, percent, words

MOST_WORDS: Final = 9
MOST_SPLICED: Final = 5
MOST_QUESTIONS: Final = 3
"""Nine words, 5 % and 3 %."""


@cache
def lines() -> list[str]:
    return House().first_lines


def house_with(folder: Path, **modules: str) -> House:
    (folder / "toolkit").mkdir()
    for name, text in modules.items():
        (folder / "toolkit" / f"{name}.py").write_text(text, encoding="utf-8")
    return House(folder)


def test_a_docstring_begins_with_a_short_line() -> None:
    assert median(words(line) for line in lines()) <= MOST_WORDS


def test_a_docstring_begins_with_one_clause() -> None:
    assert percent(lines(), filter(is_spliced, lines())) <= MOST_SPLICED


def test_a_docstring_begins_with_a_verb_or_a_noun() -> None:
    assert percent(lines(), filter(is_question, lines())) <= MOST_QUESTIONS


@pytest.mark.parametrize(
    ("line", "spliced"),
    [
        ("Return the day of the next letter.", False),
        ("Return the day; never None.", True),
        ("The parts of a letter: head and text.", True),
        ("Read one of:", True),
        ("Read a time such as 10:30.", False),
        ("Split at `;`, and strip.", False),
    ],
)
def test_two_clauses_in_one_line_are_seen(line: str, spliced: bool) -> None:  # noqa: FBT001 - a table of cases
    assert is_spliced(line) == spliced


def test_imports_for_type_checkers_only_are_no_imports(tmp_path: Path) -> None:
    house = house_with(
        tmp_path,
        __init__="",
        a="from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from toolkit import b\n",
        b="from toolkit import c\ndef late():\n    from toolkit.a import x\n",
        c="import toolkit.b\n",
    )

    assert house.imports["toolkit.a"] == set()
    assert house.imports["toolkit.b"] == {"toolkit.a", "toolkit.c"}
    assert house.imports["toolkit.c"] == {"toolkit.b"}
    assert cycles(house.imports) == [("toolkit.b", "toolkit.c")]
