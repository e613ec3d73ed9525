"""How many of the headings that people use in twelve languages `adopt` knows today; the count only rises."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from toolkit.book.adopt.synonyms import FIELD_CONCEPTS, concepts_of

USED: Final = tomllib.loads((Path(__file__).parent / "headings_people_use.toml").read_text(encoding="utf-8"))
KNOWN_AT_LEAST: Final = 729
"""Of 3,308."""


def headings() -> Iterator[tuple[str, str, str]]:
    for tab, fields in USED.items():
        for field, languages in fields.items():
            yield from ((tab, field, heading) for spellings in languages.values() for heading in spellings)


def is_known(tab: str, field: str, heading: str) -> bool:
    return concepts_of(heading) in FIELD_CONCEPTS[tab].get(field, ())


def test_no_heading_that_was_known_is_forgotten() -> None:
    assert sum(is_known(*used) for used in headings()) >= KNOWN_AT_LEAST


def test_the_commonest_english_headings_are_known() -> None:
    assert is_known("clients", "email", "E-mail")
    assert is_known("purchases", "date", "Order date")
    assert is_known("purchases", "number", "OrderID")
