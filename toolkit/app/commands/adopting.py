"""Adoption of a workbook that a team has already."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from toolkit.app.books import place_given, workbook_at
from toolkit.app.factory import A_YEAR, SETTINGS, id_in, reading_of
from toolkit.app.google_factory import GoogleFactory, say_nothing
from toolkit.app.google_key import USUAL
from toolkit.app.mapping import mapped_of
from toolkit.app.texts import read_texts
from toolkit.book import Lexicon, Mapped, ParseContext, Tabs, own_tabs, read_book
from toolkit.book.adopt.matching import Doubt
from toolkit.book.adopt.proposal import Proposal, propose
from toolkit.book.adopt.readoption import MappingChange, what_changed
from toolkit.book.adopt.source_columns import source_tab
from toolkit.clock import Clock, SystemClock, new_id, today_in
from toolkit.config import (
    BookSettings,
    Config,
    ShopSettings,
    StarterTable,
    TabMapping,
    config_of,
    config_text,
    edit_settings,
    read_config,
    with_tab,
)
from toolkit.config.codes import country_of
from toolkit.config.key import keys_of
from toolkit.config.kinds import Unusable
from toolkit.errors import ConfigError, SetupError
from toolkit.rules.bonuses.starting import starting_tables
from toolkit.sheets.files import put_all
from toolkit.sheets.google import is_web_address

STARTING_TIERS: Final = ("Bronze", "Silver", "Gold")


@dataclass(frozen=True)
class Answers:
    """The team's answers, or the values for a team that was not asked."""

    currency: str = "USD"
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    language: str = "en"


@dataclass(frozen=True)
class FirstLook:
    """A workbook that was looked at, and what is proposed for it.

    Args:
        settings: where sheetclerk.toml stands or will stand.
        workbook: the workbook's name beside it.
        tabs: its tabs.
        lexicon: the words of every language.
        proposal: how it could be read.
        before: the settings that are there already; None for a workbook that was never adopted.
        changes: against these settings.
        changed: the mappings that are different now.
        doubts: what is not sure.
        title: what people call the workbook.
    """

    settings: Path
    workbook: str
    tabs: Tabs
    lexicon: Lexicon
    proposal: Proposal
    before: Config | None = None
    changes: tuple[MappingChange, ...] = ()
    changed: Mapping[str, Mapped] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    title: str = ""

    @property
    def is_sheet(self) -> bool:
        """True for a Google Sheet, which can have look-up columns."""
        return is_web_address(self.workbook)

    @property
    def their_tabs(self) -> int:
        """The number of the team's own tabs."""
        return sum(self.lexicon.tab(name) not in own_tabs.HEADINGS for name in self.tabs)


@dataclass(frozen=True)
class Adopted:
    """The result of an adoption.

    Args:
        settings: the file.
        starters: our tabs for which tables stand in it.
        last_bought: the day of the last purchase that could be read.
        day: the day of the adoption.
        has_clients: whether any client could be read.
        country: whose phone numbers those without + are taken for; "" where nothing says it.
    """

    settings: Path
    starters: tuple[str, ...] = ()
    last_bought: date | None = None
    day: date | None = None
    has_clients: bool = True
    country: str = ""


def look_at_workbook(file: str | Path, tell: Callable[[str], None] = say_nothing) -> FirstLook:
    """Look at a workbook and propose how to read it.

    Args:
        file: a file, a folder of .csv tabs, or the address of a Google Sheet, whose settings stand where one stands.
        tell: gets a line where Google lets us wait.

    Raises:
        WorkbookNotFound: there is no such file.
        WorkbookError: it cannot be read.
        ConfigError: the sheetclerk.toml beside it cannot be used.
    """
    place = place_given(file)
    folder = Path() if isinstance(place, str) else place if place.is_dir() else place.parent
    settings = folder / SETTINGS
    workbook = workbook_at(place, GoogleFactory("", SystemClock(), tell))
    tabs = workbook.rows()
    lexicon = read_texts(folder / "templates").lexicon
    proposal = propose(tabs, ParseContext(lexicon=lexicon))
    named = place if isinstance(place, str) else "." if place.is_dir() else place.name
    look = FirstLook(settings, named, tabs, lexicon, proposal, doubts=proposal.doubts, title=workbook.name)
    return _looked_at_again(look, read_config(settings)) if settings.is_file() else look


def _looked_at_again(look: FirstLook, before: Config) -> FirstLook:
    if before.book.where != look.workbook:
        raise SetupError(
            f"{look.settings} belongs to {before.book.where}",
            why="one folder holds the settings of one workbook",
            next_step=f"put {look.workbook} into a folder of its own, then: sheetclerk adopt {look.workbook}",
        )
    theirs = {name: source_tab(name, grid, ParseContext(lexicon=look.lexicon)) for name, grid in look.tabs.items()}
    again = what_changed(mapped_of(before), look.proposal, theirs)
    return replace(look, before=before, changes=again.changes, changed=again.mapped, doubts=again.doubts)


def answer(key: str, given: str) -> Any:
    """Return an answer as its setting takes it.

    Raises:
        ConfigError: it cannot be taken.
    """
    _, setting = keys_of(ShopSettings)[key]
    try:
        return setting.reads(given)
    except Unusable as error:
        step = f'did you mean "{error.near}"?' if error.near else f"such as {setting.example}"
        raise ConfigError(f"{key}: {given}", why=error.why, next_step=step) from None


def write_adoption(look: FirstLook, answers: Answers, clock: Clock | None = None) -> Adopted:
    """Write a new sheetclerk.toml, or the changes into the one that is there.

    Raises:
        WorkbookBusy: the folder cannot be written.
        ConfigError: the settings that are there were written in a way that cannot be changed here.
    """
    if look.before is not None:
        return _write_changes(look)
    config = _new_config(look, answers, clock or SystemClock())
    today = today_in(config.shop.zone, clock or SystemClock())
    book, _ = read_book(look.tabs, replace(reading_of(config, look.lexicon, today), latest=today + A_YEAR))
    words = look.lexicon.words(answers.language)
    names = [words.say("tiers", one) for one in STARTING_TIERS]
    tables = starting_tables(book, config.shop.places, names)
    starter = {slug: StarterTable(headings=table[0], rows=table[1:]) for slug, table in tables.items()}
    put_all({look.settings: config_text(replace(config, starter=starter)).encode()})
    last = max((purchase.date for purchase in book.purchases), default=None)
    has_clients, country = bool(book.clients), config.shop.country
    return Adopted(look.settings, tuple(starter), last, config.shop.adopted, has_clients, country)


def _new_config(look: FirstLook, answers: Answers, clock: Clock) -> Config:
    languages = tuple(dict.fromkeys((answers.language, "en")))
    name = Path(look.title).stem if look.workbook != "." else look.settings.resolve().parent.name
    shop = ShopSettings(
        id=id_in(look.tabs, look.lexicon) or new_id(),
        name=name.replace("_", " ").title() if name.islower() else name,
        currency=answers.currency,
        zone=answers.zone,
        country=country_of(answers.zone.key),
        language=answers.language,
        languages=languages,
        adopted=today_in(answers.zone, clock),
    )
    tabs = {slug: mapping_of(one) for slug, one in look.proposal.mapped.items()}
    book = BookSettings(where=look.workbook, key_file=USUAL if look.is_sheet else "")
    return Config(shop=shop, book=book, tabs=tabs)


def mapping_of(mapped: Mapped) -> TabMapping:
    """Return a mapping as sheetclerk.toml has it."""
    columns = {name: tuple(map(str, places)) for name, places in mapped.columns.items()}
    return TabMapping(
        tab=mapped.tab,
        columns={name: one[0] if len(one) == 1 else one for name, one in columns.items()},
        joins=tuple(map(str, mapped.joins)),
        constants=mapped.constants,
        values={name: {word: ", ".join(said) for word, said in one.items()} for name, one in mapped.values.items()},
    )


def _write_changes(look: FirstLook) -> Adopted:
    def changed(text: str) -> str:
        for slug, mapped in look.changed.items():
            text = with_tab(text, slug, mapping_of(mapped))
        return text

    edit_settings(look.settings, changed, config_of)
    return Adopted(look.settings)
