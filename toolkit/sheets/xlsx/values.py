"""Values of ours as cells that openpyxl lays: data stays data."""

from decimal import Decimal

from openpyxl.cell import Cell

from toolkit.book.grid import OwnCell
from toolkit.sheets.csv_text import words_of
from toolkit.sheets.xlsx import looks, measures
from toolkit.sheets.xlsx.cell_values import AS_TYPED, fits, format_of, kept


def lay(cell: Cell, value: OwnCell | Decimal) -> None:
    """Put a value into a cell: text never becomes a formula, a day is a real day."""
    cell.font, cell.alignment = looks.TEXT, looks.TOP
    if isinstance(value, str) or not fits(value):
        lay_text(cell, words_of(value))
        return
    number_format = format_of(value, cell.number_format)
    cell.value, cell.number_format = value, number_format  # type: ignore[assignment]  # no link stands in a new tab
    cell.alignment = looks.TOP if isinstance(value, bool) else looks.NUMBER


def lay_text(cell: Cell, text: str) -> None:
    """Put text into a cell as text, whatever it looks like."""
    cell.value = kept(text) or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(AS_TYPED)
        cell.alignment = looks.WRAPPED if measures.wraps(text) else looks.TOP
