"""Blank cells of people's tabs in an .xlsx file."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property
from typing import Final
from xml.sax.saxutils import escape

from toolkit.book import Filled, Filling, address
from toolkit.book.filling import FORMULA, MERGED
from toolkit.book.grid import place_of
from toolkit.sheets.xlsx.cell_values import kept
from toolkit.sheets.xlsx.package import Broken, Package
from toolkit.sheets.xlsx.parts import Parts, Unfit
from toolkit.sheets.xlsx.patch import finish, sheet_named, styles_of
from toolkit.sheets.xlsx.tree import Draft, Element, as_utf8, cells_of

ROW: Final = re.compile(rb"""<(?:[^\s/<>:"'=]+:)?row(?=[\s/>])(?:[^<>"']|"[^"]*"|'[^']*')*>""")
ROW_END: Final = re.compile(rb"</(?:[^\s/<>:]+:)?row\s*>")
ROW_NUMBER: Final = re.compile(rb"""\sr\s*=\s*["'](\d{1,9})["']""")
SPREAD: Final = re.compile(
    rb"""<(?:[^\s/<>:]+:)?f\s(?=[^<>]*t=["'](?:array|dataTable)["'])[^<>]*ref=["']([A-Z0-9:]+)["']"""
)
"""A formula that fills more cells than its own."""


class PeopleTab:
    """One worksheet part of people's.

    Args:
        content: its bytes.
        rows: those that will be looked at, counted from 0.
    """

    def __init__(self, content: bytes, rows: Collection[int]) -> None:
        self._content = as_utf8(content)
        start, end = cells_of(self._content)
        self._cells = range(start, end)
        self._rest = Draft(self._content[:start] + self._content[end:])
        self._rows = {number: self._row(span) for number, span in self._spans(frozenset(rows))}

    @property
    def is_guarded(self) -> bool:
        """True if people protected the tab."""
        guard = self._rest.root.first("sheetProtection")
        return guard is not None and guard.attributes.get("sheet") in {"1", "true"}

    def obstacle(self, row: int, column: int) -> str:
        """Return the obstacle to filling a cell, else ""."""
        cell = self._row_at(row).cells.get(column)
        if (cell is not None and cell.first("f") is not None) or _is_in(row, column, self._spread):
            return FORMULA
        return MERGED if _is_in(row, column, self._merged) else ""

    def fill(self, row: int, column: int, text: str, as_text: Callable[[int], int]) -> None:
        """Put text into a cell, which keeps its look.

        Args:
            row: counted from 0.
            column: counted from 0.
            text: what the cell shall say.
            as_text: gives the number of the look for text that is like another look.
        """
        target = self._row_at(row)
        cell = target.cells.get(column)
        style = cell.attributes.get("s", "0") if cell is not None else target.style or self._style_of(column)
        target.put(column, f'r="{address(row, column)}" s="{as_text(int(style))}"', text)

    def written(self) -> bytes:
        """Return the part with its filled cells."""
        pieces, at = [], 0
        for row in self._rows.values():
            pieces += [self._content[at : row.span.start], row.written()]
            at = row.span.stop
        return b"".join((*pieces, self._content[at:]))

    def _row_at(self, row: int) -> "_Row":
        if row not in self._rows:
            raise Broken(f"its row {row + 1} cannot be found")
        return self._rows[row]

    def _spans(self, rows: Collection[int]) -> Iterator[tuple[int, range]]:
        """Yield the places of rows in the bytes."""
        number = 0
        for row in ROW.finditer(self._content, self._cells.start, self._cells.stop):
            address = ROW_NUMBER.search(row[0])
            number = int(address[1]) if address else number + 1
            if number - 1 in rows:
                end = row if row[0].endswith(b"/>") else ROW_END.search(self._content, row.end())
                yield number - 1, range(row.start(), end.end() if end else row.end())

    def _row(self, span: range) -> "_Row":
        root = self._rest.root
        return _Row(self._content[: root.inside], self._content[span.start : span.stop], span, root)

    @cached_property
    def _merged(self) -> list[str]:
        merges = self._rest.root.first("mergeCells")
        return [area.attributes.get("ref", "A1") for area in (merges.children if merges else ())]

    @cached_property
    def _spread(self) -> list[str]:
        return [match[1].decode() for match in SPREAD.finditer(self._content, self._cells.start, self._cells.stop)]

    def _style_of(self, column: int) -> str:
        """Return the style of a column's blank cells."""
        cols = self._rest.root.first("cols")
        for span in cols.children if cols else ():
            if int(span.attributes.get("min", "1")) <= column + 1 <= int(span.attributes.get("max", "1")):
                return span.attributes.get("style", "0")
        return "0"


class _Row:
    """One row, as a part of its own.

    Args:
        head: the bytes of the tab up to the end of its first tag.
        row: the bytes of the row.
        span: where they stand in the tab.
        root: the tab.
    """

    def __init__(self, head: bytes, row: bytes, span: range, root: Element) -> None:
        self._head, self._tail = head, f"</{root.prefix}{root.tag}>".encode()
        self._draft = Draft(head + row + self._tail)
        self.span = span
        self._row = self._draft.root.children[0]
        self.cells = dict(_placed(self._row.all("c")))

    @property
    def style(self) -> str:
        """The style of its blank cells, else ""."""
        is_own = self._row.attributes.get("customFormat") in {"1", "true"}
        return self._row.attributes.get("s", "") if is_own else ""

    def put(self, column: int, attributes: str, text: str) -> None:
        """Put a cell with text among the others."""
        p = self._row.prefix
        words = f'<{p}is><{p}t xml:space="preserve">{escape(kept(text))}</{p}t></{p}is>'
        xml = f'<{p}c {attributes} t="inlineStr">{words}</{p}c>'
        left = [cell for place, cell in self.cells.items() if place <= column]
        if column in self.cells:
            self._draft.take_out(self.cells[column])
        if left:
            self._draft.add_after(left[-1], xml)
        else:
            self._draft.add_first(self._row, xml)
        self._widen(column)

    def written(self) -> bytes:
        """Return its bytes."""
        return self._draft.written()[len(self._head) : -len(self._tail)]

    def _widen(self, column: int) -> None:
        """Fit the row's "spans" to a new column."""
        first, _, last = self._row.attributes.get("spans", "").partition(":")
        if first.isdigit() and last.isdigit():
            spans = f"{min(int(first), column + 1)}:{max(int(last), column + 1)}"
            self._draft.set_attribute(self._row, "spans", spans)


def _placed(cells: list[Element]) -> Iterator[tuple[int, Element]]:
    """Yield cells by column, also those without an address."""
    column = -1
    for cell in cells:
        place = cell.attributes.get("r", "")
        column = place_of(place)[1] if place else column + 1
        yield column, cell


def _is_in(row: int, column: int, areas: list[str]) -> bool:
    for area in areas:
        (top, left), (bottom, right) = place_of(area.partition(":")[0]), place_of(area.rpartition(":")[2])
        if top <= row <= bottom and left <= column <= right:
            return True
    return False


def fill_cells(package: Package, fillings: Filled) -> tuple[Filled, bytes]:
    """Return the file with text in blank cells.

    Args:
        package: the file as it is.
        fillings: the cells to fill, each where its row stands in this file.

    Raises:
        Broken: a part that is needed is missing or damaged.
        Unfit: it must not be written.
    """
    parts = Parts(package)
    places = {name: _part_of(parts, name) for name in {cell.tab for cell in fillings.done}}
    tabs = {name: _open_tab(package, name, part, fillings.done) for name, part in places.items()}
    free = fillings.without(lambda cell: tabs[cell.tab].obstacle(cell.row, cell.column))
    styled = styles_of(parts)
    for cell in free.done:
        tabs[cell.tab].fill(cell.row, cell.column, cell.text, styled[1].as_text)
    changed = {places[name]: tabs[name].written() for name in {cell.tab for cell in free.done}}
    return free, finish(parts, styled, changed)


def _part_of(parts: Parts, name: str) -> str:
    sheet = sheet_named(parts.sheets, name)
    if sheet is None or sum(other.part == sheet.part for other in parts.sheets) > 1:
        raise Broken(f"its tab {name} has no part of its own")
    return sheet.part


def _open_tab(package: Package, name: str, part: str, fillings: Iterable[Filling]) -> PeopleTab:
    tab = PeopleTab(package.content(part) or b"", {cell.row for cell in fillings if cell.tab == name})
    if tab.is_guarded:
        raise Unfit(f"its tab {name} is protected", "take the protection off under Review, Unprotect Sheet")
    return tab
