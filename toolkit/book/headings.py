"""Where a tab's headings stand; those that are missing, doubled or nearly right are told."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from toolkit.book.grid import Cell, Grid, address, likeliest_row
from toolkit.book.i18n import plain
from toolkit.book.mapping import Mapped
from toolkit.book.parse.cells import Reading, is_blank, shown
from toolkit.book.parse.suggest import nearest
from toolkit.book.problem import Problem
from toolkit.book.tab import Column, Tab

NEARLY = 0.72
"""How alike a heading must be to be pointed out: E-mial and Email are 0.73, Account and Country 0.71."""


def heading_row(tab: Tab[Any], grid: Grid, reading: Reading) -> int:
    """The row among the first ten in which most of our headings, or of the mapping's, stand; counted from 0."""
    mapped = reading.mapped.get(tab.slug, Mapped())
    known = _columns_by_heading(tab, reading).keys() | {plain(heading) for heading in mapped.headings_in("")}
    return likeliest_row(grid, lambda row: sum(not known.isdisjoint(_spellings(cell, reading)) for cell in row))


def _spellings(cell: Cell, reading: Reading) -> tuple[str, str]:
    written = shown(cell)
    return plain(written), plain(reading.lexicon.heading(written))


def places_of(tab: Tab[Any], name: str, grid: Grid, top: int, reading: Reading) -> tuple[dict[str, int], list[Problem]]:
    """Where each field's column stands; headings that are missing, doubled or nearly right are told."""
    by_heading = _columns_by_heading(tab, reading)
    places: dict[str, int] = {}
    unknown: list[tuple[int, str]] = []
    problems: list[Problem] = []
    for place, cell in enumerate(grid[top] if grid else ()):
        written = shown(cell) if not is_blank(cell) else ""
        column = by_heading.get(plain(written)) or by_heading.get(plain(reading.lexicon.heading(written)))
        if column is None:
            unknown.extend([(place, written)] if written else [])
        elif column.field in places:
            values = {"first": address(top, places[column.field])}
            problems.append(Problem(name, address(top, place), written, "heading-twice", values))
        else:
            places[column.field] = place
    mapped = reading.mapped.get(tab.slug, Mapped())
    used = {plain(heading) for heading in mapped.headings_in("")}
    foreign = [(place, one) for place, one in unknown if plain(one) not in used]
    strangers = {one: place for place, one in reversed(foreign) if reading.lexicon.heading(one) not in tab.ours}
    gone = {field: one for field, one in mapped.headings.items() if field not in places}
    absent = [column for column in tab.columns if column.field not in (places.keys() | mapped.fields)]
    missing = [reading.lexicon.headings_for(column.heading)[0] for column in absent if column.expected]
    optional = [one for column in absent if not column.expected for one in reading.lexicon.headings_for(column.heading)]
    problems += [*_told_gone(name, top, gone, strangers), *_told_missing(name, top, missing, strangers)]
    return places, [*problems, *_told_near(name, top, strangers, optional)]


def _columns_by_heading(tab: Tab[Any], reading: Reading) -> dict[str, Column]:
    """Our columns by what their heading may be, plain: a mapped field has the team's heading, and no other."""
    mapped = reading.mapped.get(tab.slug, Mapped())
    headings = mapped.headings
    own = {plain(column.heading): column for column in tab.columns if column.field not in mapped.fields}
    return own | {plain(headings[column.field]): column for column in tab.columns if column.field in headings}


def _told_gone(name: str, top: int, gone: Mapping[str, str], strangers: Iterable[str]) -> Iterator[Problem]:
    """Columns that the mapping names and that are not there."""
    for name_of_field, heading in gone.items():
        near = nearest(heading, strangers)
        code = "mapped-column-gone-near" if near else "mapped-column-gone"
        yield Problem(name, f"{top + 1}:{top + 1}", heading, code, {"field": name_of_field, "near": near})


def _told_missing(name: str, top: int, headings: Iterable[str], strangers: Iterable[str]) -> Iterator[Problem]:
    """What is told of headings without which a tab cannot be read."""
    for heading in headings:
        near = nearest(heading, strangers)
        code = "heading-missing-near" if near else "heading-missing"
        yield Problem(name, f"{top + 1}:{top + 1}", heading, code, {"heading": heading, "near": near})


def _told_near(name: str, top: int, strangers: Mapping[str, int], headings: Sequence[str]) -> Iterator[Problem]:
    """What is told of unknown headings that are nearly one of ours."""
    for written, place in strangers.items():
        if near := nearest(written, headings, NEARLY):
            values = {"near": written, "heading": near}
            yield Problem(name, address(top, place), written, "heading-near", values)
