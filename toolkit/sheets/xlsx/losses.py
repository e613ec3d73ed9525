"""What a workbook would lose if openpyxl saved it."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile

from toolkit.sheets.xlsx.reader import check_is_workbook, damaged

SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
DRAWING: Final = re.compile(r"xl/drawings/drawing\d+\.xml")
EMPTY_DRAWING: Final = re.compile(rb"<(\w+:)?wsDr\b[^<>]*(/>|>\s*</(\w+:)?wsDr>)\s*$")
STRINGS: Final = "xl/sharedStrings.xml"

HARMLESS: Final = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/_rels/workbook\.xml\.rels|xl/workbook\.xml|xl/styles\.xml"
    r"|xl/sharedStrings\.xml|xl/theme/theme\d*\.xml|xl/worksheets/[^/]+\.xml|xl/worksheets/_rels/[^/]+\.rels"
    r"|docProps/(app|core|custom)\.xml|xl/calcChain\.xml|.*/"
)
"""Parts that come back whole. calcChain.xml is only the order of calculation, which every program makes anew."""

WORDS: Final = (
    (re.compile(r"vba|macrosheet", re.IGNORECASE), "macros"),
    (re.compile(r"xl/(charts|chartsheets)/"), "charts"),
    (re.compile(r"omments|/persons/"), "comments"),
    (re.compile(r"xl/(pivot|slicer|timeline)"), "pivot tables"),
    (re.compile(r"xl/tables/"), "tables"),
    (re.compile(r"xl/(externalLinks|connections|queryTables)"), "links to other data"),
    (re.compile(r"xl/printerSettings/"), "printer settings"),
    (re.compile(r"xl/(drawings|media|ctrlProps|activeX|embeddings)/"), "pictures and shapes"),
)

LOOK_UP: Final = re.compile(r'=?IFERROR\(VLOOKUP\(\$A\d+,INDIRECT\("[^"]+!A:Z"\),\d+,FALSE(\(\))?\),""\)')
"""The one formula that we lay; LibreOffice writes FALSE() for FALSE."""

LOST_ELEMENTS: Final = {
    "extLst": "sparklines, or drop-downs and colours that lean on another tab",
    "protectedRanges": "ranges that only some may edit",
    "AlternateContent": "buttons and controls",
    "dataConsolidate": "a consolidation of data",
    "cellWatches": "watched cells",
    "ignoredErrors": "marks of errors that may be passed over",
}


def would_lose(path: Path) -> str:
    """What the people's part of an .xlsx file would lose if we wrote into it, in plain words.

    Returns:
        "" where nothing would be lost or there is no file yet; else one phrase, such as "charts".

    Raises:
        WorkbookUnsafe: it is no workbook, or is damaged.
    """
    if not path.exists():
        return ""
    check_is_workbook(path)
    try:
        with ZipFile(path) as file:
            return next(_losses(file), "")
    except (BadZipFile, ExpatError, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise damaged(path, error) from error


def _losses(file: ZipFile) -> Iterator[str]:
    for part in file.namelist():
        if not (HARMLESS.fullmatch(part) or _is_empty_drawing(file, part)):
            yield _words_for(part)
    for part in file.namelist():
        if SHEET.fullmatch(part) or part == STRINGS:
            yield from _losses_inside(file, part)


def _is_empty_drawing(file: ZipFile, part: str) -> bool:
    """Whether it is one of the drawings without a shape that LibreOffice 7 lays beside every tab (November 2026)."""
    return bool(DRAWING.fullmatch(part)) and EMPTY_DRAWING.search(file.read(part)) is not None


def _words_for(part: str) -> str:
    return next((words for pattern, words in WORDS if pattern.search(part)), f"a part of its own kind ({part})")


def _losses_inside(file: ZipFile, part: str) -> Iterator[str]:
    watch = _Watch()
    with file.open(part) as content:
        watch.read(content)
    yield from watch.losses


class _Watch:
    """Walks through one part and notes what openpyxl would drop from it."""

    def __init__(self) -> None:
        self.losses: list[str] = []
        self._formula: list[str] | None = None
        self._path: list[str] = []
        self._shared = False

    def read(self, content: IO[bytes]) -> None:
        parser = ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.ParseFile(content)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag in LOST_ELEMENTS:
            self.losses.append(LOST_ELEMENTS[tag])
        if tag == "r" and self._path[-1:] in (["si"], ["is"]):
            self.losses.append("words in several colours or fonts inside one cell")
        if tag == "f" and self._path[-1:] == ["c"]:
            self._formula = []
            self._shared = attributes.get("t") == "shared"
        self._path.append(tag)

    def _text(self, text: str) -> None:
        if self._formula is not None:
            self._formula.append(text)

    def _end(self, _name: str) -> None:
        if self._path.pop() == "f" and self._formula is not None:
            formula = "".join(self._formula)
            if not (LOOK_UP.fullmatch(formula) or (self._shared and not formula)):
                self.losses.append("the values that its formulas last showed")
            self._formula = None
