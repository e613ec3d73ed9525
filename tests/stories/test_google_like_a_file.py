"""The same data in a file and in a Google Sheet: the same week, letter for letter and cell for cell."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import toolkit
from tests.contracts import text_form
from tests.shared_data import SHARED, needs_shared
from tests.sheets.google.sheet_desk import made_of
from tests.sheets_server.server import SheetsServer
from toolkit.app.commands.new_shop import make_shop
from toolkit.app.google_factory import EMULATOR
from toolkit.app.google_key import USUAL
from toolkit.app.texts import read_texts
from toolkit.book.grid import Tabs
from toolkit.book.own_tabs import HEADINGS, OUTBOX
from toolkit.clock import FixedClock
from toolkit.config import with_setting
from toolkit.sheets.csv_folder import CsvFolder
from toolkit.sheets.xlsx import NewColumn, NewTab, read_tabs
from toolkit.sheets.xlsx.maker import make_workbook

SATURDAY = datetime(2026, 11, 21, 6, tzinfo=UTC)
APRIL = datetime(1998, 4, 30, 6, tzinfo=UTC)


def twin(folder: Path, server: SheetsServer, config: Path) -> Path:
    """A shop of the same settings whose book is a sheet with the same cells."""
    other = folder.with_name("online")
    shutil.copytree(folder, other)
    people = made_of(server, read_tabs(folder / "clients.xlsx"))
    (other / "clients.xlsx").unlink()
    text = (folder / "sheetclerk.toml").read_text(encoding="utf-8")
    (other / "sheetclerk.toml").write_text(with_setting(text, "book", "where", people.link), encoding="utf-8")
    config.mkdir(mode=0o700)
    server.account_file(config / USUAL)
    return other


def week(folder: Path, moment: datetime, data: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, bytes], Tabs]:
    """Every letter that a run writes, and every tab that it leaves."""
    monkeypatch.setenv("SHEETCLERK_DATA", str(data))
    with toolkit.open_shop(folder, clock=FixedClock(moment)) as shop:
        toolkit.weekly_run(replace(shop, new_code=lambda: "CODE"), moment.date())
        tabs = shop.open_book.workbook.rows()
    letters = (folder / "outbox").rglob("*.eml")
    return {path.name: path.read_bytes() for path in letters}, _without_computer(tabs)


def _without_computer(tabs: Tabs) -> Tabs:
    """The tabs without the column that names the computer, which is another one for each journal."""
    lexicon = read_texts(None).lexicon
    outbox = next(name for name in tabs if lexicon.tab(name) == OUTBOX)
    by = HEADINGS[OUTBOX].index("By")
    return {**tabs, outbox: [[*row[:by], *row[by + 1 :]] for row in tabs[outbox]]}


def assert_same_weeks(folder: Path, moment: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Run both, compare, and return how many letters there were."""
    with SheetsServer() as server:
        monkeypatch.setenv(EMULATOR, server.url)
        monkeypatch.setenv("SHEETCLERK_CONFIG", str(tmp_path / "config"))
        online = twin(folder, server, tmp_path / "config")
        letters, tabs = week(folder, moment, tmp_path / "data1", monkeypatch)
        letters_online, tabs_online = week(online, moment, tmp_path / "data2", monkeypatch)
    assert letters_online == letters
    assert text_form(tabs_online) == text_form(tabs)
    return len(letters)


@pytest.mark.parametrize("language", ["en", "ky"])
def test_the_example_shop_writes_the_same_letters_from_a_sheet_as_from_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    make_shop(tmp_path / "shop", language, FixedClock(SATURDAY))

    assert assert_same_weeks(tmp_path / "shop", SATURDAY, tmp_path, monkeypatch) == 14


@needs_shared
def test_northwind_comes_to_the_same_from_a_sheet_as_from_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_shop(tmp_path / "shop", "en", FixedClock(APRIL))
    (tmp_path / "shop" / "clients.xlsx").unlink()
    tabs = [
        NewTab(name, tuple(NewColumn(str(heading)) for heading in top), tuple(map(tuple, rows)))
        for name, (top, *rows) in CsvFolder(SHARED / "northwind-tabs").rows().items()
    ]
    make_workbook(tmp_path / "shop" / "clients.xlsx", tabs)

    assert_same_weeks(tmp_path / "shop", APRIL, tmp_path, monkeypatch)
