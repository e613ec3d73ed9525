"""A new shop's folder, with a made-up example."""

import csv
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shlex import quote
from typing import Any, Final
from zoneinfo import ZoneInfo

from toolkit.app.factory import SETTINGS
from toolkit.app.google_factory import GoogleFactory, notes_in, say_nothing
from toolkit.app.google_key import USUAL
from toolkit.app.texts import read_texts, starter
from toolkit.book import Tab, Words, own_tabs
from toolkit.book.parse.amounts import money, number, price, share, sum_of_money, weight, whole
from toolkit.book.parse.cells import YES_OR_NO, Choice, yes_no
from toolkit.book.parse.dates import DAYS, month
from toolkit.book.tab import Column
from toolkit.book.tabs import TABS
from toolkit.book.tabs.clients import CLIENTS
from toolkit.clock import Clock, SystemClock, new_id, today_in
from toolkit.config import BookSettings, Config, ShopSettings, config_text
from toolkit.errors import ConfigError, SetupError
from toolkit.rules.months import month_name, months_after
from toolkit.sheets.new_tab import Kind, NewColumn, NewTab

STORY_DAY: Final = date(2026, 11, 21)
"""The day on which the example's story stands; every date in it is moved so that this day is the day of init."""

LANGUAGES: Final = ("en", "sw", "ky", "ru")
BOOK: Final = "clients.xlsx"
ZONE: Final = ZoneInfo("Africa/Nairobi")

CHECK_WIDTH: Final = 30
"""Characters that the Check column shows: room for Mend and two headings."""

COLUMN_KINDS: Final[dict[Callable[..., object], Kind]] = {
    **dict.fromkeys(DAYS, "date"),
    number: "number",
    weight: "number",
    whole: "number",
    price: "money",
    money: "money",
    sum_of_money: "money",
    share: "share",
}
"""How a column's cells look, by what reads them; all others are text."""


@dataclass(frozen=True)
class MadeShop:
    """The result of init."""

    folder: Path
    workbook: str
    clients: int
    purchases: int
    staff: int
    languages: tuple[str, ...] = LANGUAGES


def make_shop(
    folder: Path,
    language: str = "en",
    clock: Clock | None = None,
    sheet: str = "",
    tell: Callable[[str], None] = say_nothing,
) -> MadeShop:
    """Make a shop's folder, which must not be there or be empty.

    Args:
        folder: where.
        language: of the workbook's headings and tabs.
        clock: where the day comes from to which the example's dates are moved.
        sheet: the address of a Google Sheet that its owner made and shared, for the workbook; "" is a file.
        tell: gets a line where Google lets us wait.

    Raises:
        SetupError: the folder holds something, or cannot be written.
        ConfigError: there are no words in that language, or the address leads to no sheet.
        WorkbookError: the sheet has tabs of these names, or cannot be written.
    """
    words, today = _words(language), today_in(ZONE, clock or SystemClock())
    _refuse_full(folder)
    shown = [tab for tab in TABS if (starter("shop") / f"{tab.name}.csv").is_file()]
    tabs = [_example_tab(tab, words, today) for tab in shown]
    all_tabs = [*tabs, *(_own_tab(name, words) for name in own_tabs.HEADINGS)]
    book = BOOK
    if sheet:
        book = _lay_in_sheet(GoogleFactory("", clock or SystemClock(), tell, notes_in(words)), sheet, all_tabs, words)
    try:
        _lay(folder, [] if sheet else all_tabs, words, sheet)
    except OSError as error:
        why = error.strerror or "the folder cannot be written"
        raise SetupError(f"{folder} was not made", why=why, next_step="choose a folder you can write to") from None
    counts = {tab.name: len(made.rows) for tab, made in zip(shown, tabs, strict=True)}
    return MadeShop(folder, book, counts["Clients"], counts["Purchases"], counts["Staff"])


def _lay(folder: Path, tabs: Sequence[NewTab], words: Words, sheet: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if tabs:
        from toolkit.sheets.xlsx.maker import make_workbook  # noqa: PLC0415 - openpyxl takes 0.5 s to load

        make_workbook(folder / BOOK, tabs, standing=words.tab(own_tabs.STANDING))
    shutil.copytree(starter("templates"), folder / "templates")
    (folder / SETTINGS).write_text(config_text(_settings(words.language, sheet)), encoding="utf-8")


def _lay_in_sheet(door: GoogleFactory, sheet: str, tabs: Sequence[NewTab], words: Words) -> str:
    """Add the tabs to the owner's sheet, and return its title."""
    workbook = door.open(sheet)
    workbook.lay(tabs, words.tab(own_tabs.STANDING))
    return workbook.name


def _settings(language: str, sheet: str) -> Config:
    return Config(
        book=BookSettings(where=sheet or BOOK, key_file=USUAL if sheet else ""),
        shop=ShopSettings(
            id=new_id(),
            name="Duka la Juma",
            address="Barabara ya Moi 12, Mombasa",
            currency="KES",
            zone=ZONE,
            country="KE",
            language=language,
            languages=LANGUAGES,
        ),
    )


def _words(language: str) -> Words:
    lexicon = read_texts(None).lexicon
    if language not in lexicon.languages:
        known = ", ".join(lexicon.languages)
        raise ConfigError(
            f"no texts in {language!r}", why=f"there are texts in {known}", next_step="choose one of them"
        )
    return lexicon.words(language)


def _beside(folder: Path) -> str:
    """Return another folder to propose, quoted for a shell."""
    return quote(f"{folder}-2") if folder.name else "shop"


def _refuse_full(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()):
        raise SetupError(
            f"{folder} is not empty",
            why="init never overwrites files",
            next_step=f"sheetclerk init {_beside(folder)}, or run inside {folder} if it is your shop",
        )
    if folder.exists() and not folder.is_dir():
        raise SetupError(f"{folder} is a file", why="a shop is a folder", next_step="choose another name")


def _own_tab(name: str, words: Words) -> NewTab:
    columns = tuple(NewColumn(words.heading(heading), ours=True) for heading in own_tabs.HEADINGS[name])
    return NewTab(words.tab(name), columns, ours=True)


def _example_tab(tab: Tab[Any], words: Words, today: date) -> NewTab:
    """Return one tab of the example, its dates moved to today."""
    with (starter("shop") / f"{tab.name}.csv").open(encoding="utf-8", newline="") as file:
        headings, *rows = csv.reader(file)
    by_heading = {column.heading: column for column in tab.columns}
    columns = [by_heading[heading] for heading in headings]
    laid = tuple(new_column(column, words) for column in columns)
    look_ups = tuple(_look_up(heading, words) for heading in own_tabs.LOOKED_UP) if tab is CLIENTS else ()
    moved = tuple(
        (
            *(_moved(cell, column, words, today) for cell, column in zip(row, columns, strict=True)),
            *("" for _ in look_ups),
        )
        for row in rows
    )
    return NewTab(words.tab(tab.name), (*laid, *look_ups), moved)


def new_column(column: Column, words: Words) -> NewColumn:
    """Return a column of a new tab, in the words of a language."""
    return NewColumn(
        words.heading(column.heading), COLUMN_KINDS.get(column.read, "text"), choices=_choices(column, words)
    )


def _look_up(heading: str, words: Words) -> NewColumn:
    kinds: dict[str, Kind] = {"Spent": "money", "To next tier": "money", "Discount": "share"}
    width = CHECK_WIDTH if heading == "Check" else 0
    return NewColumn(
        words.heading(heading), kinds.get(heading, "text"), ours=True, width=width, lookup=own_tabs.LOOKED_UP[heading]
    )


def _options(column: Column) -> tuple[str, ...]:
    if column.read is yes_no:
        return YES_OR_NO.options
    return column.read.options if isinstance(column.read, Choice) else ()


def _choices(column: Column, words: Words) -> tuple[str, ...]:
    return tuple(words.choice(option) for option in _options(column))


def _moved(cell: str, column: Column, words: Words, today: date) -> str:
    """Return a cell of the example as if the story's day were today."""
    if cell and column.read in DAYS:
        return (date.fromisoformat(cell) + (today - STORY_DAY)).isoformat()
    if cell and column.read is month:
        months = (today.year - STORY_DAY.year) * 12 + today.month - STORY_DAY.month
        return month_name(months_after(date.fromisoformat(f"{cell}-01"), months))
    return words.choice(cell.casefold()) if cell.casefold() in _options(column) else cell
