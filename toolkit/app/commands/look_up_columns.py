"""Look-up columns beside the clients in the team's Google Sheet."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from toolkit.app.books import place_of, workbook_at
from toolkit.app.factory import SETTINGS, reading_of
from toolkit.app.google_factory import GoogleFactory, notes_in, say_nothing
from toolkit.app.texts import read_texts
from toolkit.book import Mapped, OwnTab, ParseContext, Tabs, Words, own_tabs, plain
from toolkit.book.adopt.source_columns import SourceColumn, SourceTab, source_tab
from toolkit.book.layout import tab_name
from toolkit.book.mapping import ColumnRef
from toolkit.book.own_tabs import own_name
from toolkit.book.tabs.clients import CLIENTS
from toolkit.clock import SystemClock
from toolkit.config import read_config
from toolkit.errors import ConfigError
from toolkit.sheets.new_tab import Kind, LookUp

LOOK_UP_KINDS: Final[dict[str, Kind]] = {"Spent": "money", "To next tier": "money", "Discount": "share"}


def lay_look_ups(folder: Path, tell: Callable[[str], None] = say_nothing) -> tuple[str, ...]:
    """Add the look-up columns that the Clients tab lacks, and return their headings.

    Args:
        folder: the shop's, whose book is a Google Sheet.
        tell: gets a line where Google lets us wait.

    Raises:
        ConfigError: the Clients tab has no column of client numbers.
        WorkbookError: the sheet cannot be written.
    """
    config = read_config(folder / SETTINGS)
    lexicon = read_texts(folder / "templates").lexicon
    words, reading = lexicon.words(config.shop.language), reading_of(config, lexicon)
    door = GoogleFactory(config.book.key_file, SystemClock(), tell, notes_in(words))
    sheet = workbook_at(place_of(folder, config.book.where), door)
    tabs = sheet.rows()
    clients = tab_name(CLIENTS, tabs, reading)
    standing = own_name(own_tabs.STANDING, tabs, lexicon, words)
    look_ups = tuple(_missing(source_tab(clients, tabs.get(clients, ()), reading), reading, words, standing))
    if look_ups and sheet.capabilities.look_ups:
        if standing not in tabs:
            sheet.write([OwnTab(standing, tuple(map(words.heading, own_tabs.HEADINGS[own_tabs.STANDING])), ())])
        sheet.capabilities.look_ups.lay_look_ups(clients, look_ups)
    return tuple(up.heading for up in look_ups)


def lacks_look_ups(folder: Path, tabs: Tabs) -> bool:
    """Return True if the Clients tab lacks look-up columns that could be added.

    Args:
        folder: the shop's.
        tabs: its workbook's cells.
    """
    config = read_config(folder / SETTINGS)
    lexicon = read_texts(folder / "templates").lexicon
    words, reading = lexicon.words(config.shop.language), reading_of(config, lexicon)
    clients = tab_name(CLIENTS, tabs, reading)
    try:
        return any(_missing(source_tab(clients, tabs.get(clients, ()), reading), reading, words, own_tabs.STANDING))
    except ConfigError:
        return False


def _missing(clients: SourceTab, reading: ParseContext, words: Words, standing: str) -> Iterator[LookUp]:
    known = {plain(reading.lexicon.heading(column.heading)) for column in clients.columns}
    keys = _numbers(clients, reading)
    for heading, column in own_tabs.LOOKED_UP.items():
        if plain(heading) not in known:
            kind = LOOK_UP_KINDS.get(heading, "text")
            yield LookUp(words.heading(heading), column, standing, keys.place, clients.top + 1, kind)


def _numbers(clients: SourceTab, reading: ParseContext) -> SourceColumn:
    """Return the column of client numbers, by the mapping or by its heading."""
    mapped = reading.mapped.get(CLIENTS.slug, Mapped()).columns.get("number", ())
    by_mapping = clients.find(mapped[0]) if len(mapped) == 1 and isinstance(mapped[0], ColumnRef) else None
    own = (
        candidate
        for candidate in clients.columns
        if reading.lexicon.heading(candidate.heading) == CLIENTS.columns[0].heading
    )
    if column := by_mapping or next(own, None):
        return column
    raise ConfigError(
        f"{clients.name} has no column of client numbers",
        why="look-up columns find a client by that number",
        next_step="sheetclerk check",
    )
