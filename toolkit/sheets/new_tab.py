"""New tabs and look-up columns of a workbook."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from toolkit.book import Cell, OwnTab
from toolkit.errors import WorkbookUnsafe

Kind: TypeAlias = Literal["text", "number", "date", "share", "money"]
"""How a column's cells look and what typed text becomes."""

NUMBER: Final = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
SHARE: Final = re.compile(r"(-?\d+(?:\.\d+)?)\s*%")


@dataclass(frozen=True, slots=True)
class NewColumn:
    """One column of a new tab.

    Args:
        heading: row 1.
        kind: how its cells look.
        ours: whether the heading is grey, since we fill the column.
        choices: what its drop-down offers; another value is warned of, not refused. No commas, at most 255 characters.
        width: in characters; 0 fits it to what stands there.
        lookup: for a look-up column, the column of the Standing tab that it shows, counted from 1; else None.
    """

    heading: str
    kind: Kind = "text"
    ours: bool = False
    choices: tuple[str, ...] = ()
    width: int = 0
    lookup: int | None = None


@dataclass(frozen=True, slots=True)
class NewTab:
    """One tab of a new workbook.

    Args:
        name: the tab's name.
        columns: its columns from A on.
        rows: its rows from row 2 on. Text in a column of another kind becomes a number, a day or a share where it reads
            as one and stays text where it does not. What stands in a look-up column is passed over.
        ours: whether the whole tab is ours: grey and protected.
    """

    name: str
    columns: tuple[NewColumn, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()
    ours: bool = False


@dataclass(frozen=True, slots=True)
class LookUp:
    """A column that shows a column of Standing beside each client.

    Args:
        heading: what stands above it.
        column: the column of Standing that it shows, counted from 1.
        standing: the name of the Standing tab.
        keys: the column with the client numbers, counted from 0.
        heading_row: the row of the headings, counted from 1; the rows above stay blank.
        kind: how its cells look.
    """

    heading: str
    column: int
    standing: str
    keys: int = 0
    heading_row: int = 1
    kind: Kind = "text"


def name_taken(workbook: str, tab: str) -> WorkbookUnsafe:
    """Return the error for a new tab whose name is taken."""
    return WorkbookUnsafe(
        f"{workbook} has a tab {tab} already",
        why="a tab is added only where there is none, so that nothing of yours is lost",
        next_step="rename that tab, then run again; nothing was changed",
    )


def typed_tab(tab: NewTab) -> OwnTab:
    """Return a new tab with typed values."""
    kinds = [column.kind for column in tab.columns]
    rows = tuple(tuple(typed(cell, kind) for cell, kind in zip(row, kinds, strict=True)) for row in tab.rows)
    return OwnTab(tab.name, tuple(column.heading for column in tab.columns), rows, is_ours=tab.ours)


def typed(cell: Cell, kind: Kind) -> Cell:
    """Return text as a spreadsheet reads it in a column."""
    if not isinstance(cell, str) or kind == "text":
        return cell
    text = cell.strip()
    if kind == "date":
        return _day(text)
    if kind == "share" and (share := SHARE.fullmatch(text)):
        return float(Decimal(share[1]) / 100)
    return _number(text) if NUMBER.fullmatch(text) else cell


def _day(text: str) -> Cell:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _number(text: str) -> Cell:
    return float(text) if "." in text else int(text)
