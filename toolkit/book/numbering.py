"""Clients without a number: the blank cell, who stands beside it, and the number that is proposed."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from toolkit.book.filling import Filling, cell_in
from toolkit.book.grid import Cell, Tabs, place_of
from toolkit.book.layout import heading_row, places_of, tab_name
from toolkit.book.mapping import Mapped
from toolkit.book.parse.cells import ParseContext, is_blank, shown
from toolkit.book.problem import Problem
from toolkit.book.tabs.clients import CLIENTS

NAMING: Final = (("name",), ("first_name", "surname"), ("company",), ("email",), ("phone",))
"""The fields that tell a person who a row is about, the plainest first."""


@dataclass(frozen=True, slots=True)
class Unnumbered:
    """A client without a number.

    Args:
        filling: the number that is proposed, and the blank cell for it.
        who: the name, else the company or the e-mail address, else the first words of the row.
    """

    filling: Filling
    who: str


def unnumbered(tabs: Tabs, problems: Iterable[Problem], context: ParseContext) -> tuple[Unnumbered, ...]:
    """Every client without a number, with the number that the problem at its cell proposes."""
    name = tab_name(CLIENTS, tabs, context)
    grid = tabs.get(name, ())
    places = _places(tabs, context)
    blank = (one for one in problems if one.code == "key-blank" and one.tab == name)
    found = ((*place_of(one.cell), one.values["proposal"]) for one in blank)
    return tuple(
        Unnumbered(Filling(name, row, column, number, tuple(grid[row])), _who(grid[row], places))
        for row, column, number in found
    )


def has_number_column(tabs: Tabs, context: ParseContext) -> bool:
    """Whether the Clients tab has a column of its own for client numbers, which says nothing else too."""
    mapped = context.mapped.get(CLIENTS.slug, Mapped()).columns
    numbers = mapped.get("number", ())
    others = (place for field, places in mapped.items() if field != "number" for place in places)
    return "number" in _places(tabs, context) and not any(place in numbers for place in others)


def _places(tabs: Tabs, context: ParseContext) -> Mapping[str, int]:
    name = tab_name(CLIENTS, tabs, context)
    grid = tabs.get(name, ())
    return places_of(CLIENTS, name, grid, heading_row(CLIENTS, grid, context), context)[0]


def _who(row: Sequence[Cell], places: Mapping[str, int]) -> str:
    named = (_words(cell_in(row, places[field]) for field in fields if field in places) for fields in NAMING)
    return next((words for words in (*named, *map(_words, zip(row))) if words), "")


def _words(cells: Iterable[Cell]) -> str:
    return " ".join(shown(cell) for cell in cells if not is_blank(cell))


def free_number(known: frozenset[str], taken: Collection[str]) -> str:
    """The next client number that was nobody's either: a new client must not get the past of one who left."""
    proposal = next_number(known)
    while proposal in taken:
        proposal = next_number(frozenset({proposal}))
    return proposal


def next_number(known: frozenset[str]) -> str:
    """The client number after the highest, written like it: C012 is followed by C013."""
    shapes = [(found[1], found[2]) for number in known if (found := re.fullmatch(r"(.*?)(\d{1,15})", number))]
    if not shapes:
        return "C001"
    prefix, digits = max(shapes, key=lambda shape: (int(shape[1]), shape[0]))
    return f"{prefix}{int(digits) + 1:0{len(digits)}d}"
