"""The parts of a shop that its timetable needs before the workbook is opened."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from toolkit.app.factory import SETTINGS, open_shop
from toolkit.app.sending import JOURNAL, channels_of, data_folder, mode_of, open_journal, sealer_of
from toolkit.app.shop import Shop
from toolkit.app.texts import read_texts
from toolkit.book import Words
from toolkit.channels.channel import Channel
from toolkit.clock import Clock, SystemClock, new_id
from toolkit.config import Config, read_config
from toolkit.delivery.agenda import Agenda
from toolkit.delivery.computer import this_computer
from toolkit.errors import SetupError
from toolkit.letters.letter import Letter


@dataclass
class JobContext:
    """A shop's timetable, which `with` closes.

    Args:
        config: the shop's settings.
        folder: the shop's folder.
        data: this computer's folder for the shop's journal, lock and log.
        clock: where the time comes from.
        agenda: what came due, and what became of it.
        channels: the ways by which letters leave, for a word to the owner.
        words: the words in the shop's language.
        seal: makes the finished message of a letter, without Date.
        open_shop: opens the shop with its workbook.
    """

    config: Config
    folder: Path
    data: Path
    clock: Clock
    agenda: Agenda
    channels: Sequence[Channel]
    words: Words
    seal: Callable[[Letter], bytes]
    open_shop: Callable[[], Shop]
    closing: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.close()

    @property
    def computer(self) -> str:
        """This computer's name in claims, tabs and notices."""
        return this_computer(self.agenda.journal, new_id)


def open_job_context(where: Path, clock: Clock | None = None) -> JobContext:
    """Open a shop's timetable, without its workbook.

    Raises:
        ConfigError: the settings cannot be used.
        SetupError: the shop has no id yet, or its journal cannot be opened.
    """
    config, clock, closing = read_config(where / SETTINGS), clock or SystemClock(), ExitStack()
    if not config.shop.id:
        raise SetupError(
            f"{SETTINGS}, [shop] id is missing",
            why="without it nothing remembers which jobs were done",
            next_step=f'sheetclerk run, then write the Shop id of the Week tab into {SETTINGS}: id = "..."',
        )
    data = data_folder() / config.shop.id
    mode, words = mode_of(config), read_texts(where / "templates").lexicon.words(config.shop.language)
    return JobContext(
        config=config,
        folder=where,
        data=data,
        clock=clock,
        agenda=Agenda(open_journal(config, data / JOURNAL, closing), mode),
        channels=channels_of(config, where, clock, mode, words),
        words=words,
        seal=sealer_of(config),
        open_shop=partial(open_shop, where, clock=clock),
        closing=closing,
    )
