"""The big list of naughty strings as client names, notes and products: they come back as they were, and stay words."""

import json
import re
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.contracts import TABS
from tests.shared_data import SHARED, needs_shared
from tests.sheets.xlsx.office import converted, needs_office
from tests.sheets.xlsx.test_xlsx_workbook import lay
from toolkit.book.grid import Link, OwnTab
from toolkit.sheets.xlsx import XlsxWorkbook, read_tabs

pytestmark = needs_shared

HEADINGS = ("Name", "Note", "Product", "Where")
CANNOT_STAND_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ACTIVE = re.compile(rb"<f[ >/]|<f>|ddeLink|externalLink|<script|oleObject|TargetMode")


@pytest.fixture(scope="module")
def naughty() -> list[str]:
    strings: list[str] = json.loads((SHARED / "corpora" / "blns" / "blns.json").read_text(encoding="utf-8"))
    return strings


@pytest.fixture
def path(tmp_path: Path, naughty: list[str]) -> Path:
    path = lay(tmp_path / "clients.xlsx", TABS)
    rows = tuple((text, f"{text}!", f"={text}", Link(text or "-", "Clients", "A2")) for text in naughty)
    XlsxWorkbook(path).write([OwnTab("Problems", HEADINGS, rows)])
    return path


def meant(text: str) -> str:
    """What can stand in a cell: line ends are one character, and what XML cannot hold is shown as �."""
    return CANNOT_STAND_IN_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def test_every_naughty_string_comes_back_equal(path: Path, naughty: list[str]) -> None:
    rows = read_tabs(path)["Problems"][1:]

    assert len(naughty) == 515
    assert [row[0] for row in rows] == [meant(text) for text in naughty]
    assert [row[1] for row in rows] == [meant(f"{text}!") for text in naughty]
    assert [row[2] for row in rows] == [meant(f"={text}") for text in naughty]
    assert [row[3] for row in rows] == [meant(text or "-") for text in naughty]


def test_nothing_of_it_is_a_formula_or_active(path: Path) -> None:
    with ZipFile(path) as file:
        ours = file.read("xl/worksheets/sheet3.xml")
        rest = [file.read(name) for name in file.namelist()]

    assert ours.count(b't="inlineStr"') > 4 * 500
    assert not ACTIVE.search(ours)
    assert not any(b'TargetMode="External"' in part for part in rest)


@needs_office
def test_libreoffice_reads_the_same_words_and_no_formula(path: Path, naughty: list[str], tmp_path: Path) -> None:
    (made,) = converted([path], tmp_path / "made")

    rows = read_tabs(made)["Problems"][1:]
    same = [row[0] == meant(text) for row, text in zip(rows, naughty, strict=True)]
    with ZipFile(made) as file:
        sheets = [file.read(name) for name in file.namelist() if name.startswith("xl/worksheets/sheet")]

    assert not any(re.search(rb"<f[ >]", sheet) for sheet in sheets)
    assert sum(same) >= 510
