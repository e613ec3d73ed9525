"""Text of a new tab as a spreadsheet would take it had somebody typed it."""

import re
from datetime import date
from decimal import Decimal
from typing import Final

from toolkit.book.grid import Cell, OwnTab
from toolkit.sheets.xlsx.new_tab import Kind, NewTab

NUMBER: Final = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
SHARE: Final = re.compile(r"(-?\d+(?:\.\d+)?)\s*%")


def filled(tab: NewTab) -> OwnTab:
    """A new tab with its typed values, to be laid behind the others of a workbook that is there already."""
    kinds = [column.kind for column in tab.columns]
    rows = tuple(tuple(typed(cell, kind) for cell, kind in zip(row, kinds, strict=True)) for row in tab.rows)
    return OwnTab(tab.name, tuple(column.heading for column in tab.columns), rows, is_ours=tab.ours)


def typed(cell: Cell, kind: Kind) -> Cell:
    """What a spreadsheet makes of text typed into a column of this kind; what it cannot read stays text."""
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
