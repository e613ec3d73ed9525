"""New tabs of ours in a team's workbook."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.app.books import place_of, workbook_at
from toolkit.app.commands.new_shop import new_column
from toolkit.app.factory import SETTINGS, reading_of
from toolkit.app.google_factory import GoogleFactory, notes_in, say_nothing
from toolkit.app.texts import read_texts
from toolkit.book import Lexicon, Tab, Words, nearest, plain
from toolkit.book.layout import tab_name
from toolkit.book.tabs import TABS
from toolkit.clock import SystemClock
from toolkit.config import StarterTable, config_of, edit_settings, read_config, without_starter
from toolkit.errors import ConfigError, SetupError
from toolkit.sheets.new_tab import NewTab


@dataclass(frozen=True)
class Added:
    """The tab that was added.

    Args:
        tab: the new tab's name in the workbook.
        workbook: the workbook's name.
        rows: how many rows came from sheetclerk.toml.
    """

    tab: str
    workbook: str
    rows: int


def add_tab(folder: Path, asked: str, tell: Callable[[str], None] = say_nothing) -> Added:
    """Add a tab to a shop's workbook, and move its starter rows there.

    Args:
        folder: where sheetclerk.toml stands.
        asked: our tab's name in any language.
        tell: gets a line where Google lets us wait.

    Raises:
        ConfigError: there is no shop, or no tab of that name.
        SetupError: the workbook has that tab already.
        WorkbookError: it cannot be written, or would lose something.
    """
    settings = folder / SETTINGS
    config = read_config(settings)
    lexicon = read_texts(folder / "templates").lexicon
    words = lexicon.words(config.shop.language)
    door = GoogleFactory(config.book.key_file, SystemClock(), tell, notes_in(words))
    tab, workbook = _tab(asked, lexicon), workbook_at(place_of(folder, config.book.where), door)
    tabs = workbook.rows()
    name = tab_name(tab, tabs, reading_of(config, lexicon))
    if name in tabs:
        raise SetupError(
            f"{workbook.name} has {name} already",
            why="a tab is only added where there is none",
            next_step="fill that tab, or rename it and run this again",
        )
    starter = config.starter.get(tab.slug, StarterTable())
    rows = tuple(_rows(tab, starter, words))
    columns = tuple(new_column(column, words) for column in tab.columns)
    workbook.add_tab(NewTab(words.tab(tab.name), columns, rows))
    if tab.slug in config.starter:
        edit_settings(settings, lambda text: without_starter(text, tab.slug), config_of)
    return Added(words.tab(tab.name), workbook.name, len(rows))


def _tab(asked: str, lexicon: Lexicon) -> Tab[Any]:
    english = plain(lexicon.tab(asked)).replace("_", " ")
    match = next((tab for tab in TABS if plain(tab.name) == english), None)
    if match is None:
        near = nearest(asked, [tab.name for tab in TABS])
        names = ", ".join(tab.name for tab in TABS)
        raise ConfigError(
            f"there is no tab {asked}",
            why=f"the tabs are {names}",
            next_step=f'sheetclerk add "{near}"' if near else "name one of them",
        )
    return match


def _rows(tab: Tab[Any], starter: StarterTable, words: Words) -> Iterator[tuple[str, ...]]:
    """Yield starter rows in the order of the tab's columns."""
    places = {plain(heading): place for place, heading in enumerate(starter.headings)}
    for row in starter.rows:
        cells = [
            row[places[plain(column.heading)]] if plain(column.heading) in places else "" for column in tab.columns
        ]
        yield tuple(words.choice(cell) if cell in ("yes", "no") else cell for cell in cells)
