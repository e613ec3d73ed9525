"""The rows about one client, in any tab."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.book.grid import HEADING_ROWS, Cell, Grid, Tabs
from toolkit.book.i18n import plain
from toolkit.book.mapping import Mapped
from toolkit.book.parse.cells import ParseContext, shown
from toolkit.book.tabs.clients import CLIENTS


@dataclass(frozen=True)
class RowAbout:
    """One row about a client.

    Args:
        tab: the tab's name as the team wrote it.
        row: counted from 1.
        cells: heading to text, without blanks.
    """

    tab: str
    row: int
    cells: Mapping[str, str]


def rows_about(tabs: Tabs, context: ParseContext, client: str) -> Iterator[RowAbout]:
    """Yield the rows of every tab with a client's number.

    Args:
        tabs: the workbook's cells.
        context: how they are read.
        client: the client number.
    """
    headings = _headings(context)
    for name, grid in tabs.items():
        for top, column in _number_columns(grid, headings):
            for at, row in enumerate(grid[top + 1 :], start=top + 2):
                if column < len(row) and shown(row[column]) == client:
                    yield RowAbout(name, at, _cells(grid[top], row))


def numbers_in(tabs: Tabs, context: ParseContext) -> frozenset[str]:
    """Return every client number under a heading for it in any tab."""
    headings = _headings(context)
    columns = ((grid, *place) for grid in tabs.values() for place in _number_columns(grid, headings))
    return frozenset(shown(row[at]) for grid, top, at in columns for row in grid[top + 1 :] if at < len(row))


def _headings(context: ParseContext) -> frozenset[str]:
    ours = context.lexicon.headings_for("Client no.")
    theirs = context.mapped.get(CLIENTS.slug, Mapped()).columns.get("number", ())
    return frozenset(map(plain, (*ours, *(ref.heading for ref in theirs))))


def _number_columns(grid: Grid, headings: frozenset[str]) -> list[tuple[int, int]]:
    """Return the heading row and column of client numbers, if any."""
    places = (
        (top, column)
        for top, row in enumerate(grid[:HEADING_ROWS])
        for column, cell in enumerate(row)
        if plain(shown(cell)) in headings
    )
    return list(places)[:1]


def _cells(top: Sequence[Cell], row: Sequence[Cell]) -> dict[str, str]:
    pairs = ((shown(heading), shown(cell)) for heading, cell in zip(top, row, strict=False))
    return {heading: cell for heading, cell in pairs if cell and heading}
