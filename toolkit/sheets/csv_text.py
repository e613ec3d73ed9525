"""The text of one .csv tab: read with any separator, written so that no program takes a cell for a formula."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from toolkit.book.grid import Grid, Link, OwnCell, OwnTab
from toolkit.sheets.layout import cell_text

DANGEROUS: Final = re.compile(r"'*[=+\-@\t\r\n|%＝＋－＠｜％]")
"""Starts that a spreadsheet program may run, also behind apostrophes that are already there."""

SEPARATORS: Final = ",;\t"

QUOTED: Final = re.compile(r'[,;\t"\r\n]')

IN_QUOTES: Final = re.compile(r'(?:^|(?<=[,;\t\r\n]))"(?:[^"]|"")*"')
"""A quoted cell, whichever the separator."""

LOOKED_AT: Final = 20_000
"""So many characters are enough to tell the separator."""

csv.field_size_limit(10_000_000)


def grid_of(text: str) -> Grid:
    """The cells of a tab, all of them text, "" where blank.

    The apostrophe that `defused` put before a dangerous start is taken off again.

    Raises:
        csv.Error: a quoted cell is not closed, or goes on after its closing quote.
    """
    return [[_as_meant(cell) for cell in row] for row in _records(text, separator_of(text))]


def text_of(tab: OwnTab) -> str:
    """A tab of ours as .csv text with commas; other separators are quoted too, so that none is taken for one."""
    rows = ([defused(heading) for heading in tab.headings], *(_laid(row) for row in tab.rows))
    return "".join(",".join(map(_quoted, row)) + "\r\n" for row in rows)


def separator_of(text: str) -> str:
    """The comma, semicolon or tab: whichever parts the first row that one of them parts; "," where none does.

    Only separators outside quotes count. Where several part that row, the one wins whose next rows have as many cells.
    """
    lines = IN_QUOTES.sub("", text[:LOOKED_AT]).splitlines()
    first = next((line for line in lines if any(one in line for one in SEPARATORS)), ",")
    return max(SEPARATORS, key=lambda separator: _agreement(separator, first, lines))


def with_cell(text: str, row: int, column: int, said: str) -> str:
    """The text of a tab with other words in one cell, and every other character as it was.

    Args:
        text: as people's programs wrote it, with any separator.
        row: counted from 0; it must be there.
        column: counted from 0; a row that ends before it gets blank cells.
        said: what the cell shall say.
    """
    separator = separator_of(text)
    ends = re.compile(rf'("(?:[^"]|"")*"|[^{separator}\r\n]*)({separator}|\r\n|\r|\n|\Z)')
    cells = list(islice(_of_row(ends.finditer(text), row, separator), column + 1))
    lacking, last = column + 1 - len(cells), cells[-1]
    start = last.start(1) if not lacking else last.end(1)
    return text[:start] + separator * lacking + _quoted(defused(said)) + text[last.end(1) :]


def _of_row(cells: Iterator[re.Match[str]], row: int, separator: str) -> Iterator[re.Match[str]]:
    """The cells of one row, each with what ends it."""
    for cell in cells:
        if row == 0:
            yield cell
        if cell[2] != separator:
            if row == 0:
                return
            row -= 1


def defused(text: str) -> str:
    """Text with an apostrophe before a start that a program might run: =, +, -, @, |, %, a tab, a line break."""
    return f"'{text}" if DANGEROUS.match(text) else text


def _laid(row: tuple[OwnCell, ...]) -> list[str]:
    return [defused(cell_text(cell)) if isinstance(cell, str | Link) else cell_text(cell) for cell in row]


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if QUOTED.search(cell) else cell


def _as_meant(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and DANGEROUS.match(cell) else cell


def _records(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _agreement(separator: str, first: str, lines: list[str]) -> tuple[bool, int, int]:
    cells = first.count(separator)
    return cells > 0, sum(line.count(separator) == cells for line in lines), cells
