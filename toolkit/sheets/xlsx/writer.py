"""Writing our tabs into an .xlsx file with openpyxl, where that harms nothing."""

import io
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.book.grid import Cell, Grid, OwnCell, OwnTab, address
from toolkit.errors import WorkbookUnsafe
from toolkit.sheets.csv_text import words_of
from toolkit.sheets.placing import put_all
from toolkit.sheets.xlsx import looks
from toolkit.sheets.xlsx.reader import damaged, read_tabs
from toolkit.sheets.xlsx.values import lay, lay_text

Places: TypeAlias = frozenset[tuple[int, int]]
"""Cells of one tab as (row, column), both counted from 0."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What an owner may have changed about a column of ours, and what init laid there."""

    width: float
    number_format: str


def write_tabs(path: Path, tabs: Sequence[OwnTab]) -> None:
    """Put our tabs into the file, each in its old place or last; a file that is not there yet is made.

    `losses.would_lose` must have said that this harms nothing. The new file is read again beside the old one, and takes
    its place only if the people's tabs are still the same; values that our look-up formulas last showed don't count.

    Raises:
        WorkbookBusy: the file cannot be written.
        WorkbookUnsafe: the file is damaged, or a cell of the people's would change.
    """
    book = _loaded(path) if path.exists() else _blank()
    formulas = {sheet.title: _formulas(sheet) for sheet in book.worksheets}
    for tab in tabs:
        _replace(book, tab)
    before = _people(path, tabs, formulas)
    put_all({path: _bytes(book)}, lambda staged: _check_same(path, before, _people(staged, tabs, formulas)))


def _loaded(path: Path) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            warnings.filterwarnings("ignore", message="Workbook contains no default style")
            return load_workbook(io.BytesIO(path.read_bytes()))
    except UserWarning as warning:
        raise _would_change(path, f"openpyxl says: {warning}") from warning
    except Exception as error:  # openpyxl lets raw IndexError, KeyError and TypeError out (3.1.5, November 2026)
        raise damaged(path, error) from error


def _blank() -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    return book


def _bytes(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _replace(book: Workbook, tab: OwnTab) -> None:
    old = {sheet.title: sheet for sheet in book.worksheets}.get(tab.name)
    place = book.index(old) if old else len(book.sheetnames)
    kept = _looks_of(old) if old else {}
    if old:
        book.remove(old)
    _lay_tab(book.create_sheet(tab.name, place), tab, kept)


def _looks_of(sheet: Worksheet) -> dict[str, _Look]:
    headings = enumerate(next(sheet.iter_rows(max_row=1, values_only=True), ()), start=1)
    whole = ((str(heading), sheet.column_dimensions.get(get_column_letter(place))) for place, heading in headings)
    return {heading: _Look(column.width, column.number_format) for heading, column in whole if column}


def _lay_tab(sheet: Worksheet, tab: OwnTab, kept: Mapping[str, _Look]) -> None:
    for place, heading in enumerate(tab.headings, start=1):
        column = [row[place - 1] for row in tab.rows]
        look = _look_for(heading, column, kept.get(heading))
        cell = looks.cell_at(sheet, 1, place)
        lay_text(cell, heading)
        looks.dress_heading(cell, ours=True)
        whole = sheet.column_dimensions[get_column_letter(place)]
        whole.width, whole.font, whole.number_format = look.width, looks.TEXT, look.number_format
        for row, value in enumerate(column, start=2):
            cell = looks.cell_at(sheet, row, place)
            cell.number_format = look.number_format
            lay(cell, value)
            looks.make_room(sheet, row, words_of(value), look.width)
    looks.dress_tab(sheet, len(tab.headings), len(tab.rows))
    looks.protect(sheet)


def _look_for(heading: str, column: Sequence[OwnCell], kept: _Look | None) -> _Look:
    width = looks.width_for(heading, [words_of(value) for value in column])
    return _Look(max(width, kept.width), kept.number_format) if kept else _Look(width, looks.PLAIN)


def _formulas(sheet: Worksheet) -> Places:
    rows = enumerate(sheet.iter_rows())
    return frozenset((r, c) for r, row in rows for c, cell in enumerate(row) if cell.data_type == "f")


def _people(path: Path, tabs: Sequence[OwnTab], formulas: Mapping[str, Places]) -> dict[str, list[list[Cell]]]:
    if not path.exists():
        return {}
    ours = {tab.name for tab in tabs}
    return {
        name: _typed_in(grid, formulas.get(name, frozenset()))
        for name, grid in read_tabs(path).items()
        if name not in ours
    }


def _typed_in(grid: Grid, formulas: Places) -> list[list[Cell]]:
    rows = [_trimmed(["" if (r, c) in formulas else cell for c, cell in enumerate(row)]) for r, row in enumerate(grid)]
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _trimmed(row: list[Cell]) -> list[Cell]:
    while row and row[-1] in ("", None):
        row.pop()
    return row


def _check_same(path: Path, before: Mapping[str, list[list[Cell]]], after: Mapping[str, list[list[Cell]]]) -> None:
    if list(before) != list(after):
        raise _would_change(path, "a tab would be lost")
    for name, rows in before.items():
        if rows != after[name]:
            raise _would_change(path, f"{name}!{_first_difference(rows, after[name])} would change")


def _first_difference(rows: list[list[Cell]], others: list[list[Cell]]) -> str:
    row = next((r for r, pair in enumerate(zip(rows, others, strict=False)) if pair[0] != pair[1]), None)
    if row is None:
        return address(min(len(rows), len(others)), 0)
    pairs = enumerate(zip(rows[row], others[row], strict=False))
    shorter = min(len(rows[row]), len(others[row]))
    return address(row, next((c for c, pair in pairs if pair[0] != pair[1]), shorter))


def _would_change(path: Path, why: str) -> WorkbookUnsafe:
    return WorkbookUnsafe(
        f"{path.name} was not written",
        why=why,
        next_step="nothing was changed; keep the results in a workbook of their own beside it",
    )
