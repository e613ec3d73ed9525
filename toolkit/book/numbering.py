"""Clients without a number, and the numbers that are proposed for them."""

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
    """Return every client without a number, with the proposed one."""
    name = tab_name(CLIENTS, tabs, context)
    grid = tabs.get(name, ())
    places = _places(tabs, context)
    blank = (problem for problem in problems if problem.code == "key-blank" and problem.tab == name)
    cells = ((*place_of(problem.cell), problem.values["proposal"]) for problem in blank)
    return tuple(
        Unnumbered(Filling(name, row, column, number, tuple(grid[row])), _who(grid[row], places))
        for row, column, number in cells
    )


def has_number_column(tabs: Tabs, context: ParseContext) -> bool:
    """True if client numbers have a column of their own."""
    mapped = context.mapped.get(CLIENTS.slug, Mapped()).columns
    numbers = mapped.get("number", ())
    others = (ref for field, refs in mapped.items() if field != "number" for ref in refs)
    return "number" in _places(tabs, context) and not any(ref in numbers for ref in others)


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
    """Return the next client number that nobody ever had."""
    proposal = next_number(known)
    while proposal in taken:
        proposal = next_number(frozenset({proposal}))
    return proposal


def next_number(known: frozenset[str]) -> str:
    """Return the next client number, such as C013 after C012."""
    shapes = [(match[1], match[2]) for number in known if (match := re.fullmatch(r"(.*?)(\d{1,15})", number))]
    if not shapes:
        return "C001"
    prefix, digits = max(shapes, key=lambda shape: (int(shape[1]), shape[0]))
    return f"{prefix}{int(digits) + 1:0{len(digits)}d}"
