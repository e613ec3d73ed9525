"""The layout of a tab, with its headings and totals."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from toolkit.book.grid import Cell, Grid, address, likeliest_row
from toolkit.book.i18n import Lexicon, plain
from toolkit.book.mapping import Mapped, as_spelt
from toolkit.book.own_tabs import is_called
from toolkit.book.parse.cells import ParseContext, is_blank, is_error, shown
from toolkit.book.parse.suggest import nearest
from toolkit.book.problem import Problem
from toolkit.book.tab import Column, Tab

ALIKE: Final = 0.72
"""How alike a heading must be to be pointed out: E-mial and Email are 0.73, Account and Country 0.71."""

_DIGIT: Final = re.compile(r"\d")


def tab_name(tab: Tab[Any], tabs: Iterable[str], context: ParseContext) -> str:
    """Return the team's name of a tab, or ours."""
    mapped = context.mapped.get(tab.slug, Mapped()).tab
    if mapped:
        return as_spelt(mapped, tabs)
    return next((name for name in tabs if is_called(tab.name, name, context.lexicon)), tab.name)


# headings


def heading_row(tab: Tab[Any], grid: Grid, context: ParseContext) -> int:
    """Return the heading row of a tab, counted from 0."""
    mapped = context.mapped.get(tab.slug, Mapped())
    known = _columns_by_heading(tab, context).keys() | {plain(heading) for heading in mapped.headings_in("")}
    return likeliest_row(grid, lambda row: sum(not known.isdisjoint(_spellings(cell, context)) for cell in row))


def _spellings(cell: Cell, context: ParseContext) -> tuple[str, str]:
    written = shown(cell)
    return plain(written), plain(context.lexicon.heading(written))


def _columns_by_heading(tab: Tab[Any], context: ParseContext) -> dict[str, Column]:
    """Return our columns by their possible headings."""
    mapped = context.mapped.get(tab.slug, Mapped())
    headings = mapped.headings
    own = {plain(column.heading): column for column in tab.columns if column.field not in mapped.fields}
    return own | {plain(headings[column.field]): column for column in tab.columns if column.field in headings}


@dataclass(frozen=True)
class _Headings:
    """The headings of one tab.

    Args:
        places: field to the column in which it stands.
        unknown: headings that are none of ours, each with its column.
        twice: headings that stand over a second column.
    """

    places: dict[str, int]
    unknown: list[tuple[int, str]]
    twice: list[Problem]


def places_of(
    tab: Tab[Any], name: str, grid: Grid, top: int, context: ParseContext
) -> tuple[dict[str, int], list[Problem]]:
    """Return the column of each field, and problems of headings."""
    headings = _find_headings(tab, name, grid, top, context)
    mapped = context.mapped.get(tab.slug, Mapped())
    used = {plain(heading) for heading in mapped.headings_in("")}
    foreign = [(place, heading) for place, heading in headings.unknown if plain(heading) not in used]
    strangers = {
        heading: place for place, heading in reversed(foreign) if context.lexicon.heading(heading) not in tab.ours
    }
    gone = {field: heading for field, heading in mapped.headings.items() if field not in headings.places}
    absent = [column for column in tab.columns if column.field not in (headings.places.keys() | mapped.fields)]
    missing = [context.lexicon.headings_for(column.heading)[0] for column in absent if column.expected]
    optional = [
        heading for column in absent if not column.expected for heading in context.lexicon.headings_for(column.heading)
    ]
    problems = [*headings.twice, *_gone(name, top, gone, strangers), *_missing(name, top, missing, strangers)]
    return headings.places, [*problems, *_nearly_right(name, top, strangers, optional)]


def _find_headings(tab: Tab[Any], name: str, grid: Grid, top: int, context: ParseContext) -> _Headings:
    by_heading = _columns_by_heading(tab, context)
    headings = _Headings({}, [], [])
    for place, cell in enumerate(grid[top] if grid else ()):
        written = shown(cell) if not is_blank(cell) else ""
        column = by_heading.get(plain(written)) or by_heading.get(plain(context.lexicon.heading(written)))
        if column is None:
            headings.unknown.extend([(place, written)] if written else [])
        elif column.field in headings.places:
            values = {"first": address(top, headings.places[column.field])}
            headings.twice.append(Problem(name, address(top, place), written, "heading-twice", values))
        else:
            headings.places[column.field] = place
    return headings


def _gone(name: str, top: int, gone: Mapping[str, str], strangers: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each mapped column that is gone."""
    for field, heading in gone.items():
        near = nearest(heading, strangers)
        code = "mapped-column-gone-near" if near else "mapped-column-gone"
        yield Problem(name, f"{top + 1}:{top + 1}", heading, code, {"field": field, "near": near})


def _missing(name: str, top: int, headings: Iterable[str], strangers: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each expected heading that is missing."""
    for heading in headings:
        near = nearest(heading, strangers)
        code = "heading-missing-near" if near else "heading-missing"
        yield Problem(name, f"{top + 1}:{top + 1}", heading, code, {"heading": heading, "near": near})


def _nearly_right(name: str, top: int, strangers: Mapping[str, int], headings: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for each heading nearly like ours."""
    for written, place in strangers.items():
        if near := nearest(written, headings, ALIKE):
            values = {"near": written, "heading": near}
            yield Problem(name, address(top, place), written, "heading-near", values)


BROKEN: Final = "#REF!"
"""What Google Sheets shows in an ARRAYFORMULA's own cell where a typed value or a table is in its way."""


def broken_look_ups(tab: str, row: int, headings: Sequence[Cell]) -> tuple[Problem, ...]:
    """Return a problem for each look-up column that is broken.

    Args:
        tab: the team's name of the Clients tab.
        row: the heading row, counted from 0.
        headings: its cells.
    """
    wrong = (place for place, cell in enumerate(headings) if cell == BROKEN)
    return tuple(Problem(tab, address(row, place), BROKEN, "look-up-broken") for place in wrong)


# rows of totals


def total_words(lexicon: Lexicon) -> frozenset[str]:
    """Return the plain words that stand before a total, in every language."""
    totals = {plain(words.say("letter", "total")) for words in lexicon.languages.values()}
    return frozenset(totals | {"total", "grand total", "sum"})


def total_rows(grid: Grid, top: int, lexicon: Lexicon) -> dict[int, str]:
    """Return the rows of totals, from 1, with the cell that says so."""
    words = total_words(lexicon)
    starts = tuple({word.split()[0] for word in words})
    rows = (row for row in range(top + 1, len(grid)) if _may_be_total(grid[row], starts))
    cells = ((row + 1, total_cell(row, grid[row], words)) for row in rows)
    return {row: cell for row, cell in cells if cell}


def _may_be_total(cells: Sequence[Cell], starts: tuple[str, ...]) -> bool:
    """True if a row deserves a closer look."""
    first = cells[0] if cells else None
    if isinstance(first, str):
        return not first or first.isspace() or first.lstrip().casefold().startswith(starts)
    return first is None


def total_cell(row: int, cells: Sequence[Cell], words: Container[str]) -> str:
    """Return the address of a row's first cell if it says Total.

    A number may follow, as in "Total: 6 clients", if no other cell has words. Total Energies is a client.

    Args:
        row: counted from 0.
        cells: its cells.
        words: the plain words that say Total.
    """
    first = next((place for place, cell in enumerate(cells) if not is_blank(cell)), None)
    if first is None or not isinstance(cells[first], str):
        return ""
    text = plain(str(cells[first]))
    is_total = text in words or (_before_number(text) in words and not any(map(_has_words, cells[first + 1 :])))
    return address(row, first) if is_total else ""


def _before_number(text: str) -> str:
    """Return the words before the first digit, if any."""
    digit = _DIGIT.search(text)
    return text[: digit.start()].rstrip(" :=(-–—") if digit else ""


def _has_words(cell: Cell) -> bool:
    return isinstance(cell, str) and not is_error(cell) and any(map(str.isalpha, cell))
