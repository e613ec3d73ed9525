"""Cells with errors, or with formulas without a result.

calamine reads both as blank (python-calamine 0.9.1), so they are looked up in the file. openpyxl, for one, writes
formulas without results.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from typing import Final
from xml.parsers.expat import ExpatError

from toolkit.book import Cell
from toolkit.book.grid import place_of
from toolkit.book.parse.cells import UNWORKED
from toolkit.sheets.xlsx.package import Broken, Package, PackagePart, plain_name
from toolkit.sheets.xlsx.parts import Relations
from toolkit.sheets.xlsx.sheet_part import RELATIONS
from toolkit.sheets.xlsx.tree import Draft

MARKS: Final = (b't="e"', b"t='e'")
"""Bytes in every part with an error in a cell."""

LISTS: Final = 2_000_000
"""Bytes that hold the list of parts of any workbook."""

_NO_RESULT: Final = re.compile(rb"f>\s*<(?:/|(?:\w+:)?v\s*(?:/>|>\s*<))")
"""Bytes in every part with a formula without a result; one whose result is a blank text looks alike."""

MOST_ADDED: Final = 1_000_000
"""Cells up to which rows of nothing but formulas without results are added to a tab."""

_FORMULA: Final = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*(?:/>|>\s*</(?:\w+:)?v>)\s*)?</(?:\w+:)?c>"
)
"""A cell with a formula and nothing, or a blank, as its result."""

_TEXT: Final = re.compile(rb"""\bt=["']str["']""")
_CELL: Final = re.compile(rb"""<(?:\w+:)?c\s([^>/]*\bt=["']e["'][^>/]*)>(.*?)</(?:\w+:)?c>""", re.DOTALL)
_KIND: Final = re.compile(rb"""\bt=["']e["']""")
_ADDRESS: Final = re.compile(rb"""\br=["']([A-Z]{1,3}[1-9][0-9]{0,6})["']""")
_VALUE: Final = re.compile(rb"<(?:\w+:)?v>([^<]*)<")


def may_have_errors(piece: bytes) -> bool:
    """Return True if a piece of a part may hold such cells."""
    has_formulas = b"f" in piece  # a single byte is found ten times as fast as a pattern (measured on 3.11)
    return any(mark in piece for mark in MARKS) or (has_formulas and _NO_RESULT.search(piece) is not None)


def put_errors(tabs: Mapping[str, list[list[Cell]]], package: Package, with_errors: Collection[str]) -> None:
    """Put errors, or UNWORKED, into the cells as read.

    Args:
        tabs: the cells as they were read, from A1 on.
        package: the file.
        with_errors: the plain names of the parts in which something may be in error.
    """
    with suppress(Broken, ExpatError):  # the reader came through, and a part that only it understands stays blank
        for name, part in _parts(package):
            if plain_name(part) in with_errors and name in tabs:
                _put(tabs[name], package.by_name[plain_name(part)])


def errors_as_text(package: Package, with_errors: Collection[str]) -> bytes:
    """Return the file with its errors as text.

    calamine refuses the whole tab for an error that it does not know, such as #SPILL! (python-calamine 0.9.1).
    """
    parts = {name: package.by_name[name].content() for name in with_errors}
    return package.changed({name: _CELL.sub(_as_text, part) for name, part in parts.items()})


def _as_text(cell: re.Match[bytes]) -> bytes:
    start = cell.start(1) - cell.start()
    end = start + len(cell[1])
    return cell[0][:start] + _KIND.sub(b't="str"', cell[1]) + cell[0][end:]


def tab_of_part(package: Package, part: str) -> str:
    """Return the tab that a part holds, if lists tell."""
    with suppress(Broken, ExpatError, KeyError):
        for name in package.by_name:
            if name.endswith(".rels"):
                package.by_name[name].content(LISTS)
        package.by_name[plain_name(Relations(package, "").of_kind("officeDocument"))].content(LISTS)
        return next((tab for tab, holds in _parts(package) if plain_name(holds) == plain_name(part)), part)
    return part


def _parts(package: Package) -> Iterator[tuple[str, str]]:
    """Yield each tab with the name of its part."""
    path = Relations(package, "").of_kind("officeDocument")
    targets, root = Relations(package, path).targets(), Draft(package.content(path) or b"").root
    for sheet in (sheet for sheets in root.all("sheets") for sheet in sheets.all("sheet")):
        relation = sheet.attributes.get(f"{RELATIONS.get(root.space, '')} id", "")
        yield sheet.attributes.get("name", ""), targets.get(relation, ("", ""))[1]


def _put(grid: list[list[Cell]], part: PackagePart) -> None:
    for attributes, words in _cells_in_error(part):
        if at := _ADDRESS.search(attributes):
            row, column = place_of(at[1].decode())
            if row == len(grid) and 0 < len(grid) * len(grid[0]) < MOST_ADDED:
                grid.append([""] * len(grid[0]))
            if row < len(grid) and column < len(grid[row]) and grid[row][column] == "":
                grid[row][column] = words


def _cells_in_error(part: PackagePart) -> Iterator[tuple[bytes, str]]:
    """Yield the attributes of each cell in error, and its text."""
    for cells in _whole_cells(part):
        for attributes, inside in _CELL.findall(cells):
            if value := _VALUE.search(inside):
                yield attributes, value[1].decode("utf-8", "replace").strip()
        formulas = (attributes for attributes in _FORMULA.findall(cells) if not _TEXT.search(attributes))
        yield from ((attributes, UNWORKED) for attributes in formulas)


def _whole_cells(part: PackagePart) -> Iterator[bytes]:
    """Yield pieces that end where a cell ends."""
    left = b""
    for piece in part.chunks():
        looked_at = left + piece
        end = looked_at.rfind(b"c>") + 2 if b"c>" in looked_at else 0
        yield looked_at[:end]
        left = looked_at[end:]
