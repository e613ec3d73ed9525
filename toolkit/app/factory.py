"""Shops, put together from their settings."""

import re
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path

from toolkit.app.books import Place, place_given, place_of, results_of, short_name, workbook_at
from toolkit.app.desk import Desk, nothing_to_do
from toolkit.app.google_factory import GoogleFactory, notes_in, say_nothing
from toolkit.app.mapping import mapped_of, starter_of
from toolkit.app.open_book import OpenBook
from toolkit.app.sending import JOURNAL, channels_of, data_folder, mode_of, open_outbox, see_that_mail_is_ready
from toolkit.app.shop import Shop
from toolkit.app.texts import read_texts
from toolkit.book import Lexicon, ParseContext, Tabs, TierStep, own_tabs, read_book
from toolkit.book.own_tabs import own_grid
from toolkit.campaigns.letter_history import LetterHistory
from toolkit.channels.call_list import CallList, callee_of
from toolkit.channels.channel import Channel, Mode
from toolkit.clock import Clock, FixedClock, SystemClock, new_id, today_in
from toolkit.config import Config, default_config, read_config
from toolkit.config.codes import CountryFinder
from toolkit.config.currency_words import words_of, words_of_others
from toolkit.config.numerals import numerals_in
from toolkit.errors import ConfigError, SetupError
from toolkit.letters.wording import language_names
from toolkit.plan import Choices
from toolkit.rules.bonuses.rulebook import Usual
from toolkit.rules.contact import Caps
from toolkit.rules.effective import Ladders
from toolkit.sheets.read_only import ReadOnlyWorkbook
from toolkit.sheets.workbook import Workbook
from toolkit.sheets.xlsx import XlsxWorkbook
from toolkit.snapshot import Snapshot

SETTINGS = "sheetclerk.toml"
A_YEAR = timedelta(days=366)
SHOP_ID_PATTERN = re.compile(r"[A-Za-z0-9-]{1,64}")


def open_shop(
    where: str | Path | Workbook = ".",
    *,
    book: str | Path | None = None,
    as_of: date | None = None,
    only: Iterable[str] = (),
    clock: Clock | None = None,
    tell: Callable[[str], None] = say_nothing,
) -> Shop:
    """Open a shop's folder, or any workbook without settings.

    Args:
        where: a folder with sheetclerk.toml, or a workbook: a file, a folder of .csv tabs, the address of a Google
            Sheet, or one that you made.
        book: another workbook to read with the settings of `where`.
        as_of: work as if it were this day; letters then go to the folder, whatever the settings say.
        only: client numbers to write to; empty is everybody.
        clock: where the time comes from; the computer's own if none is given.
        tell: gets a line where Google lets us wait.

    Returns:
        The shop, to be closed by `with` or `close`. A workbook that is not the settings' own is only read: our tabs,
        letters and reports are written where you stand.

    Raises:
        ConfigError: the settings cannot be used.
        WorkbookNotFound: there is no workbook.
        WorkbookError: it cannot be read now.
    """
    opening = _Opening(place_given(where) if isinstance(where, str | Path) else Path(), clock or SystemClock(), tell)
    made = None if isinstance(where, str | Path) else where
    config, workbook = opening.of_workbook(made) if made else opening.of_path(place_given(book) if book else None)
    return opening.shop(config, workbook, as_of, frozenset(only))


class _Opening:
    def __init__(self, where: Place, clock: Clock, tell: Callable[[str], None]) -> None:
        self._where = where
        self._clock = clock
        self._tell = tell
        self._settings = Path(where) / SETTINGS
        self._is_shop = self._settings.is_file()
        self._folder = Path(where) if self._is_shop else Path()
        self._is_own = False
        self._texts = read_texts(self._folder / "templates" if self._is_shop else None)

    def of_path(self, book: Place | None) -> tuple[Config, Workbook]:
        """Return the settings, and the workbook that they or the caller name."""
        if not self._is_shop:
            book = book or self._checked()
            config = default_config(short_name(book))
            return config, self._apart(config, book)
        config = read_config(self._settings)
        self._is_own = book is None
        return (_of_another_shop(config), self._apart(config, book)) if book else (config, self._own(config))

    def of_workbook(self, workbook: Workbook) -> tuple[Config, Workbook]:
        """Return the usual settings with a workbook that the caller made."""
        return default_config(Path(workbook.name).stem), workbook

    def shop(self, config: Config, workbook: Workbook, as_of: date | None, only: frozenset[str]) -> Shop:
        """Put everything together."""
        _check_language(config.shop.language, self._texts.lexicon)
        tabs = workbook.rows()
        config = self._named(_with_id(config, workbook.name, tabs, self._texts.lexicon), workbook)
        clock, choices = _clock_of(as_of, config, self._clock), _choices(config, only, as_of)
        words = self._texts.lexicon.words(config.shop.language)
        snapshot = Snapshot(tabs, self._reading(config, clock), words, choices.loyalty, choices.usual)
        open_book = OpenBook(workbook, snapshot)
        return Shop(
            config, self._folder, self._texts, choices, clock, open_book, self._desk(config, open_book, only, clock)
        )

    def _desk(self, config: Config, open_book: OpenBook, only: frozenset[str], clock: Clock) -> Desk:
        """Return the desk, which for another day has a journal of its own."""
        mode, closing = mode_of(config) if self._is_own else Mode.REHEARSAL, ExitStack()
        data = data_folder() / config.shop.id
        real = journal = data / JOURNAL
        history_of_shop: Callable[[], LetterHistory] = LetterHistory
        if is_another_day := clock is not self._clock:
            history_of_shop = partial(_history_in, real, config, mode)
            mode, journal = Mode.REHEARSAL, data / f"as-of-{today_in(config.shop.zone, clock)}.sqlite3"
        return Desk(
            config=config,
            clock=clock,
            open_book=open_book,
            channels=self._channels(config, open_book, clock, mode),
            mode=mode,
            data=data,
            open_outbox=partial(open_outbox, config, clock, journal, closing, mode),
            only=only,
            history_of_shop=history_of_shop,
            check_ready=partial(see_that_mail_is_ready, config, real) if mode is Mode.LIVE else nothing_to_do,
            closing=closing,
            keeps_records=not is_another_day,
        )

    def _channels(self, config: Config, open_book: OpenBook, clock: Clock, mode: Mode) -> tuple[Channel, ...]:
        words = open_book.snapshot.words
        by_person = CallList(
            self._folder / "calls", lambda number: callee_of(number, open_book.snapshot.book, words), words, mode
        )
        return (by_person, *channels_of(config, self._folder, clock, mode, words))

    def _reading(self, config: Config, clock: Clock) -> ParseContext:
        """Return the context for reading cells, with dates up to a year ahead."""
        today, real = (today_in(config.shop.zone, source) for source in (clock, self._clock))
        return replace(
            reading_of(config, self._texts.lexicon, today),
            latest=max(today, real) + A_YEAR,
            languages=language_names(self._texts.lexicon),
            letters=self._texts.letters,
        )

    def _own(self, config: Config) -> Workbook:
        """Return the workbook of the settings."""
        return workbook_at(place_of(self._folder, config.book.where), self._door(config))

    def _apart(self, config: Config, book: Place) -> Workbook:
        """Return a workbook that is only read, with results in the current folder."""
        read = workbook_at(book, self._door(config))
        results = XlsxWorkbook(results_of(book), self._clock.wait)
        return ReadOnlyWorkbook(read, results, _own_names(self._texts.lexicon))

    def _door(self, config: Config) -> GoogleFactory:
        words = self._texts.lexicon.words(config.shop.language)
        return GoogleFactory(config.book.key_file, self._clock, self._tell, notes_in(words))

    def _named(self, config: Config, workbook: Workbook) -> Config:
        """Return settings that name the shop, if need be after its sheet."""
        name = config.shop.name if self._is_shop else config.shop.name or workbook.name
        return replace(config, shop=replace(config.shop, name=name))

    def _checked(self) -> Place:
        where = Path(self._where)
        if where.is_dir() and not any(where.glob("*.csv")):
            raise ConfigError(
                f"no {SETTINGS} in {where.resolve()}",
                why="this folder holds no shop",
                next_step="sheetclerk init shop, or go to the shop's folder, or name a workbook with --book",
            )
        return self._where


def _check_language(code: str, lexicon: Lexicon) -> None:
    if code not in lexicon.languages:
        known = ", ".join(lexicon.languages)
        raise ConfigError(
            f'{SETTINGS}, [shop] language = "{code}"',
            why=f"there are no texts in it, only in {known}",
            next_step="choose one of these; clients get letters in any language that has templates",
        )


def _history_in(path: Path, config: Config, mode: Mode) -> LetterHistory:
    """Return the letters of the shop's own journal."""
    if not path.is_file():
        return LetterHistory()
    with ExitStack() as closing:
        return open_outbox(config, SystemClock(), path, closing, mode).already_said()


def ladder_in(where: str | Path, reading: ParseContext) -> tuple[TierStep, ...]:
    """Return the latest ladder in the Tiers tab of another workbook.

    Raises:
        ConfigError: it has none that holds together.
    """
    steps = read_book(workbook_at(place_given(where)).rows(), reading)[0].tiers
    if not steps:
        raise ConfigError(
            f"{Path(where).name} has no tiers",
            why="it has no Tiers tab with usable rows",
            next_step=f"sheetclerk check --book {where}",
        )
    return Ladders(steps).on(max(step.since for step in steps))


def _clock_of(as_of: date | None, config: Config, clock: Clock) -> Clock:
    """Return the computer's clock, or one fixed at noon of another day."""
    if as_of is None or as_of == today_in(config.shop.zone, clock):
        return clock
    return FixedClock(datetime.combine(as_of, time(12), config.shop.zone))


def _of_another_shop(config: Config) -> Config:
    """Return settings without the shop id, for a workbook that is not theirs."""
    return replace(config, shop=replace(config.shop, id=""))


def _own_names(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(words.tab(name) for words in lexicon.languages.values() for name in own_tabs.HEADINGS)


def _with_id(config: Config, name: str, tabs: Tabs, lexicon: Lexicon) -> Config:
    """Return settings with a shop id, from them, the Week tab, or new.

    Raises:
        SetupError: the workbook belongs to another shop.
    """
    known = id_in(tabs, lexicon)
    if known and not SHOP_ID_PATTERN.fullmatch(known):
        raise SetupError(
            f"{name}: its Week tab names no shop",
            why="a shop id has only letters, digits and dashes",
            next_step="clear the Week tab, then run again",
        )
    if config.shop.id and known and known != config.shop.id:
        raise SetupError(
            f"{name} belongs to another shop",
            why=f"its Week tab names the shop {known}, {SETTINGS} names {config.shop.id}",
            next_step=f"fix [book] where in {SETTINGS}, or clear the Week tab if the workbook is yours",
        )
    return replace(config, shop=replace(config.shop, id=config.shop.id or known or new_id()))


def id_in(tabs: Tabs, lexicon: Lexicon) -> str:
    """Return the shop id in the Week tab, or "" if there is none."""
    week = own_grid(own_tabs.WEEK, tabs, lexicon)
    return next((str(row[1]) for row in week if len(row) > 1 and row[0] == own_tabs.SHOP_ID), "")


def reading_of(config: Config, lexicon: Lexicon, today: date = date.max) -> ParseContext:
    """Return the context in which this shop's cells are read."""
    return ParseContext(
        decimals=config.shop.places,
        region=config.shop.country,
        lexicon=lexicon,
        region_of=CountryFinder(lexicon.languages),
        mapped=mapped_of(config),
        starter=starter_of(config),
        today=today,
        own_currency=words_of(config.shop.currency),
        foreign=words_of_others(config.shop.currency),
        numerals=numerals_in(config.shop.language, config.shop.country, config.shop.currency),
    )


def _choices(config: Config, only: frozenset[str], as_of: date | None) -> Choices:
    """Return the choices of the rules.

    A day from before the adoption is rehearsed as if the book had been in use.
    """
    sending, adopted = config.sending, config.shop.adopted or date.min
    return Choices(
        loyalty=config.loyalty.choices(config.shop.places),
        usual=Usual(config.bonus.method, config.bonus.basis),
        caps=Caps(sending.max_per_client_per_week, sending.promotional_gap_days),
        adopted=date.min if as_of is not None and as_of < adopted else adopted,
        only=only,
        off=frozenset(config.letters.off),
        best_from=config.bonus.best_from,
    )
