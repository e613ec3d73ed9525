"""Cells with an error such as #N/A, or a formula never worked out: read as blank, so they are looked up in the file."""

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from typing import Final
from xml.parsers.expat import ExpatError

from toolkit.book.grid import Cell, place_of
from toolkit.book.parse.cells import UNWORKED
from toolkit.sheets.xlsx.package import Broken, Package, PackagePart, plain_name
from toolkit.sheets.xlsx.parts import Relations
from toolkit.sheets.xlsx.sheet_part import RELATIONS
from toolkit.sheets.xlsx.tree import Draft

MARKS: Final = (b't="e"', b"t='e'")
"""What a part has in it where one of its cells holds an error."""

LISTS: Final = 2_000_000
"""So many bytes hold the lists of any workbook's parts."""

_NO_RESULT: Final = re.compile(rb"f>\s*<(?:/|(?:\w+:)?v\s*(?:/>|>\s*<))")
"""What a part has in it where a formula has no result beside it; one whose result is a blank text looks alike."""

MOST_LAID: Final = 1_000_000
"""So many cells of a tab may be rows that have nothing but formulas without results."""

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


def may_be_faulty(piece: bytes) -> bool:
    """Whether a piece of a part may hold an error, or a formula without its result."""
    has_formulas = b"f" in piece  # a single byte is found ten times as fast as a pattern (measured on 3.11)
    return any(mark in piece for mark in MARKS) or (has_formulas and _NO_RESULT.search(piece) is not None)


def put_errors(tabs: Mapping[str, list[list[Cell]]], package: Package, faulty: Collection[str]) -> None:
    """Let each error stand in its cell as people see it, and UNWORKED where a formula was never worked out.

    Args:
        tabs: the cells as they were read, from A1 on.
        package: the file.
        faulty: the plain names of the parts in which something `may_be_faulty`.
    """
    with suppress(Broken, ExpatError):  # the reader came through, and a part that only it understands stays blank
        for name, part in _parts(package):
            if plain_name(part) in faulty and name in tabs:
                _put(tabs[name], package.by_name[plain_name(part)])


def with_words(package: Package, faulty: Collection[str]) -> bytes:
    """The file with its errors as text, for a reader that refuses those which it does not know, such as #SPILL!."""
    parts = {name: package.by_name[name].content() for name in faulty}
    return package.changed({name: _CELL.sub(_as_text, part) for name, part in parts.items()})


def _as_text(cell: re.Match[bytes]) -> bytes:
    start = cell.start(1) - cell.start()
    end = start + len(cell[1])
    return cell[0][:start] + _KIND.sub(b't="str"', cell[1]) + cell[0][end:]


def tab_in(package: Package, part: str) -> str:
    """The tab that a part of a file not measured yet holds; the part's own name where its lists do not tell."""
    with suppress(Broken, ExpatError, KeyError):
        for name in package.by_name:
            if name.endswith(".rels"):
                package.by_name[name].content(LISTS)
        package.by_name[plain_name(Relations(package, "").of_kind("officeDocument"))].content(LISTS)
        return next((tab for tab, holds in _parts(package) if plain_name(holds) == plain_name(part)), part)
    return part


def _parts(package: Package) -> Iterator[tuple[str, str]]:
    """Each tab with the name of its part."""
    path = Relations(package, "").of_kind("officeDocument")
    targets, root = Relations(package, path).targets(), Draft(package.content(path) or b"").root
    for one in (sheet for sheets in root.all("sheets") for sheet in sheets.all("sheet")):
        found = one.attributes.get(f"{RELATIONS.get(root.space, '')} id", "")
        yield one.attributes.get("name", ""), targets.get(found, ("", ""))[1]


def _put(grid: list[list[Cell]], part: PackagePart) -> None:
    for attributes, words in _found(part):
        if at := _ADDRESS.search(attributes):
            row, column = place_of(at[1].decode())
            if row == len(grid) and 0 < len(grid) * len(grid[0]) < MOST_LAID:
                grid.append([""] * len(grid[0]))
            if row < len(grid) and column < len(grid[row]) and grid[row][column] == "":
                grid[row][column] = words


def _found(part: PackagePart) -> Iterator[tuple[bytes, str]]:
    """The attributes of every faulty cell, and what shall stand in it."""
    for cells in _whole_cells(part):
        for attributes, inside in _CELL.findall(cells):
            if value := _VALUE.search(inside):
                yield attributes, value[1].decode("utf-8", "replace").strip()
        yield from ((one, UNWORKED) for one in _FORMULA.findall(cells) if not _TEXT.search(one))


def _whole_cells(part: PackagePart) -> Iterator[bytes]:
    """The part in pieces that end where a cell ends; a cell may be cut by the end of a piece that is read."""
    left = b""
    for piece in part.chunks():
        looked_at = left + piece
        end = looked_at.rfind(b"c>") + 2 if b"c>" in looked_at else 0
        yield looked_at[:end]
        left = looked_at[end:]
