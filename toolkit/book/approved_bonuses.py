"""Approved months, as our own Bonuses tab keeps them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

from toolkit.book import own_tabs
from toolkit.book.grid import Cell, Grid, Tabs, address
from toolkit.book.own_tabs import in_order, is_called, own_places
from toolkit.book.parse.cells import ParseContext, ParseError, is_blank, shown
from toolkit.book.parse.dates import month as parse_month
from toolkit.book.problem import Problem

LONGEST_CELL: Final = 30_000
"""The characters that we write into one cell. Excel takes 32,767 and Google Sheets 50,000 (2026-11)."""

MARK_LENGTH: Final = 12

_PERIOD, _STAFF, _KEPT = (
    own_tabs.HEADINGS[own_tabs.BONUSES].index(heading) for heading in ("Period", "Staff no.", own_tabs.KEPT)
)


@dataclass(frozen=True, slots=True)
class ApprovedRow:
    """One row of an approved month.

    Args:
        month: its first day.
        staff: a staff number; "" for a piece of the rules that were used.
        text: the figures or rules that were kept; "" if somebody changed them.
        cells: the row as it stands, in the order of own_tabs.HEADINGS.
    """

    month: date
    staff: str
    text: str
    cells: tuple[Cell, ...] = ()


def sealed(month: date, staff: str, text: str) -> str:
    """Return text behind a mark that shows if somebody changed it."""
    return f"{_mark(month, staff, text)} {text}"


def _mark(month: date, staff: str, text: str) -> str:
    return sha256(f"{month}\0{staff}\0{text}".encode()).hexdigest()[:MARK_LENGTH]


def pieces(text: str, people: int) -> list[str]:
    """Cut a long text into numbered pieces of one cell each."""
    parts = [text[at : at + LONGEST_CELL] for at in range(0, len(text), LONGEST_CELL)]
    return [f"{number}/{len(parts)}/{people} {piece}" for number, piece in enumerate(parts, 1)]


def joined(rows: Iterable[ApprovedRow]) -> str:
    """Join the pieces of one month.

    The text is "" if a row was changed or is missing.
    """
    rows = tuple(rows)
    heads = sorted((_head(row), row.text.partition(" ")[2]) for row in rows if row.text and not row.staff)
    people = sum(bool(row.staff) for row in rows)
    expected = [(number, len(heads), people) for number in range(1, len(heads) + 1)]
    is_whole = all(row.text for row in rows) and [head for head, _ in heads] == expected
    return "".join(piece for _, piece in heads) if is_whole else ""


def _head(row: ApprovedRow) -> tuple[int, ...]:
    return tuple(int(part) for part in row.text.partition(" ")[0].split("/"))


def read_approved(tabs: Tabs, context: ParseContext) -> tuple[tuple[ApprovedRow, ...], tuple[Problem, ...]]:
    """Read the approved rows of the Bonuses tab, and problems of changed ones."""
    name = next((tab for tab in tabs if is_called(own_tabs.BONUSES, tab, context.lexicon)), "")
    pairs = list(_rows(name, tabs[name], context)) if name else []
    rows = tuple(row for row, _ in pairs)
    changed = [problem for _, problem in pairs if problem]
    months = {row.month for row in rows if row.month != date.min}
    broken = [month for month in sorted(months) if not joined(row for row in rows if row.month == month)]
    missing = [Problem(name, "", "", "kept-missing", {"month": f"{month:%Y-%m}"}) for month in broken if not changed]
    return rows, (*changed, *missing)


def _rows(name: str, grid: Grid, context: ParseContext) -> Iterator[tuple[ApprovedRow, Problem | None]]:
    top, places = own_places(own_tabs.BONUSES, grid, context.lexicon)
    for number, written in enumerate(grid[top + 1 :], top + 1):
        cells = in_order(written, places)
        if not is_blank(cells[_KEPT]):
            row = _row(cells, str(cells[_KEPT]), context)
            place, heading = address(number, places[_KEPT]), shown(in_order(grid[top], places)[_KEPT])
            yield row, None if row.text else Problem(name, place, heading, "kept-changed")


def _row(cells: tuple[Cell, ...], kept: str, context: ParseContext) -> ApprovedRow:
    number = "" if is_blank(cells[_STAFF]) else shown(cells[_STAFF])
    try:
        first = parse_month(cells[_PERIOD], context)
    except ParseError:
        return ApprovedRow(date.min, number, "", cells)
    mark, _, text = kept.partition(" ")
    return ApprovedRow(first, number, text if mark == _mark(first, number, text) else "", cells)
