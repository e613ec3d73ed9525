"""Approved months as our own Bonuses tab keeps them, so that every laptop reads the same figures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

from toolkit.book import own_tabs
from toolkit.book.grid import Cell, Grid, Tabs, address
from toolkit.book.own_tabs import in_order, is_called, own_places
from toolkit.book.parse.cells import ParseContext, ParseError, is_blank, shown
from toolkit.book.parse.dates import month
from toolkit.book.problem import Problem

LONGEST: Final = 30_000
"""So much text fits into one cell; Excel and Google Sheets take a little more."""
MARK: Final = 12

_PERIOD, _STAFF, _KEPT = (
    own_tabs.HEADINGS[own_tabs.BONUSES].index(one) for one in ("Period", "Staff no.", own_tabs.KEPT)
)


@dataclass(frozen=True, slots=True)
class ApprovedRow:
    """One row of an approved month.

    Args:
        month: its first day.
        staff: a staff number; "" for a piece of the rules that were used.
        text: what was kept, "" where somebody changed it.
        cells: the row as it stands, in the order of own_tabs.HEADINGS.
    """

    month: date
    staff: str
    text: str
    cells: tuple[Cell, ...] = ()


def sealed(month: date, staff: str, text: str) -> str:
    """Text with a mark that shows whether a hand changed it."""
    return f"{_mark(month, staff, text)} {text}"


def _mark(month: date, staff: str, text: str) -> str:
    return sha256(f"{month}\0{staff}\0{text}".encode()).hexdigest()[:MARK]


def pieces(text: str, people: int) -> list[str]:
    """A long text in pieces that fit into a cell each, which say how many rows they belong to."""
    cut = [text[at : at + LONGEST] for at in range(0, len(text), LONGEST)]
    return [f"{number}/{len(cut)}/{people} {piece}" for number, piece in enumerate(cut, 1)]


def joined(rows: Iterable[ApprovedRow]) -> str:
    """The text that the pieces of one month held; "" where a row of the month was changed or is missing."""
    rows = tuple(rows)
    heads = sorted((_head(row), row.text.partition(" ")[2]) for row in rows if row.text and not row.staff)
    people = sum(bool(row.staff) for row in rows)
    wanted = [(number, len(heads), people) for number in range(1, len(heads) + 1)]
    is_whole = all(row.text for row in rows) and [head for head, _ in heads] == wanted
    return "".join(piece for _, piece in heads) if is_whole else ""


def _head(row: ApprovedRow) -> tuple[int, ...]:
    return tuple(int(one) for one in row.text.partition(" ")[0].split("/"))


def read_approved(tabs: Tabs, context: ParseContext) -> tuple[tuple[ApprovedRow, ...], tuple[Problem, ...]]:
    """Every row of the Bonuses tab that an approval left there, and those that somebody changed."""
    name = next((one for one in tabs if is_called(own_tabs.BONUSES, one, context.lexicon)), "")
    found = list(_rows(name, tabs[name], context)) if name else []
    rows = tuple(row for row, _ in found)
    changed = [problem for _, problem in found if problem]
    months = {row.month for row in rows if row.month != date.min}
    broken = [one for one in sorted(months) if not joined(row for row in rows if row.month == one)]
    missing = [Problem(name, "", "", "kept-missing", {"month": f"{one:%Y-%m}"}) for one in broken if not changed]
    return rows, (*changed, *missing)


def _rows(name: str, grid: Grid, context: ParseContext) -> Iterator[tuple[ApprovedRow, Problem | None]]:
    top, places = own_places(own_tabs.BONUSES, grid, context.lexicon)
    for number, there in enumerate(grid[top + 1 :], top + 1):
        cells = in_order(there, places)
        if not is_blank(cells[_KEPT]):
            row = _row(cells, str(cells[_KEPT]), context)
            place, heading = address(number, places[_KEPT]), shown(in_order(grid[top], places)[_KEPT])
            yield row, None if row.text else Problem(name, place, heading, "kept-changed")


def _row(cells: tuple[Cell, ...], kept: str, context: ParseContext) -> ApprovedRow:
    number = "" if is_blank(cells[_STAFF]) else shown(cells[_STAFF])
    try:
        first = month(cells[_PERIOD], context)
    except ParseError:
        return ApprovedRow(date.min, number, "", cells)
    mark, _, text = kept.partition(" ")
    return ApprovedRow(first, number, text if mark == _mark(first, number, text) else "", cells)
