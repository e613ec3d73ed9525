"""One cell becomes a language that there are letters in."""

from toolkit.book.grid import Cell
from toolkit.book.i18n import plain
from toolkit.book.parse.cells import Misread, Reading, text
from toolkit.book.parse.suggest import nearest


def language(cell: Cell, reading: Reading) -> str:
    """A language as it was written, by its name or code: Kiswahili, Swahili, sw, sw-KE."""
    written = text(cell, reading)
    if reading.languages and not {plain(written), code_of(written)} & reading.languages.keys():
        near = nearest(written, reading.languages.values())
        raise Misread("language-unknown-near" if near else "language-unknown", given=written, proposal=near)
    return written


def code_of(written: str) -> str:
    """The language of a code with a country: sw-KE is sw."""
    return plain(written).replace("_", "-").split("-")[0]
