"""The text of .csv tabs."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from toolkit.book import Grid, Link, OwnCell, OwnTab
from toolkit.sheets.layout import cell_text

DANGEROUS: Final = re.compile(r"'*[=+\-@\t\r\n|%＝＋－＠｜％]")
"""Starts that a spreadsheet program may run, in full width too, also behind apostrophes that are there already."""

SEPARATORS: Final = ",;\t"

QUOTED: Final = re.compile(r'[,;\t"\r\n]')

IN_QUOTES: Final = re.compile(r'(?:^|(?<=[,;\t\r\n]))"(?:[^"]|"")*"')
"""A quoted cell, whichever the separator."""

SAMPLE_SIZE: Final = 20_000
"""Characters that are enough to tell the separator."""

csv.field_size_limit(10_000_000)


def grid_of(text: str) -> Grid:
    """Return the cells of a tab as text, "" where blank.

    The apostrophe that `defused` put before a dangerous start is taken off again.

    Raises:
        csv.Error: a quoted cell is not closed, or goes on after its closing quote.
    """
    return [[_without_guard(cell) for cell in row] for row in _records(text, separator_of(text))]


def text_of(tab: OwnTab) -> str:
    """Return a tab of ours as .csv text with commas.

    Cells with another separator are quoted too, since Excel splits at semicolons where a comma is the decimal sign.
    """
    rows = ([defused(heading) for heading in tab.headings], *(_row_texts(row) for row in tab.rows))
    return "".join(",".join(map(_quoted, row)) + "\r\n" for row in rows)


def separator_of(text: str) -> str:
    """Return the separator that parts the first row, "," by default.

    Only separators outside quotes count. Where several part that row, the one wins whose next rows have as many cells.
    """
    lines = IN_QUOTES.sub("", text[:SAMPLE_SIZE]).splitlines()
    first = next((line for line in lines if any(separator in line for separator in SEPARATORS)), ",")
    return max(SEPARATORS, key=lambda separator: _agreement(separator, first, lines))


def with_cell(text: str, row: int, column: int, words: str) -> str:
    """Return a tab with other words in one cell.

    Every other character stays as it was.

    Args:
        text: as people's programs wrote it, with any separator.
        row: counted from 0; it must be there.
        column: counted from 0; a row that ends before it gets blank cells.
        words: the new text of the cell.
    """
    separator = separator_of(text)
    ends = re.compile(rf'("(?:[^"]|"")*"|[^{separator}\r\n]*)({separator}|\r\n|\r|\n|\Z)')
    cells = list(islice(_of_row(ends.finditer(text), row, separator), column + 1))
    lacking, last = column + 1 - len(cells), cells[-1]
    start = last.start(1) if not lacking else last.end(1)
    return text[:start] + separator * lacking + _quoted(defused(words)) + text[last.end(1) :]


def _of_row(cells: Iterator[re.Match[str]], row: int, separator: str) -> Iterator[re.Match[str]]:
    """Yield the cells of one row with their separators."""
    for cell in cells:
        if row == 0:
            yield cell
        if cell[2] != separator:
            if row == 0:
                return
            row -= 1


def defused(text: str) -> str:
    """Return text that no program runs (OWASP, CSV injection)."""
    return f"'{text}" if DANGEROUS.match(text) else text


def _row_texts(row: tuple[OwnCell, ...]) -> list[str]:
    return [defused(cell_text(cell)) if isinstance(cell, str | Link) else cell_text(cell) for cell in row]


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if QUOTED.search(cell) else cell


def _without_guard(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and DANGEROUS.match(cell) else cell


def _records(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _agreement(separator: str, first: str, lines: list[str]) -> tuple[bool, int, int]:
    cells = first.count(separator)
    return cells > 0, sum(line.count(separator) == cells for line in lines), cells
