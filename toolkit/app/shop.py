"""A shop, which is what open_shop returns."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from toolkit.app.desk import Desk
from toolkit.app.open_book import OpenBook
from toolkit.book import Client, ClientBook, Problem
from toolkit.channels.preview import held_entries, write_preview
from toolkit.clock import Clock, new_code
from toolkit.config import Config
from toolkit.delivery.letter_record import LetterFilter, Outcome
from toolkit.delivery.suppressed import closed_readers
from toolkit.errors import SetupError
from toolkit.letters.writer import ShopFace, TemplateTexts, Writer
from toolkit.plan import Choices, Plan, PlanInputs, plan_once, plan_week
from toolkit.rules.loyalty.standing import Standing, standings
from toolkit.snapshot import Snapshot


@dataclass(frozen=True, repr=False)
class Shop:
    """One shop, open for work.

    Args:
        config: its settings.
        folder: where reports and letters are written.
        texts: the templates and words of its letters.
        choices: the named choices of its rules.
        clock: where the time comes from.
        open_book: its workbook as it was read.
        desk: its journal, channels and lock.
        new_code: makes codes that cannot be guessed.
    """

    config: Config
    folder: Path
    texts: TemplateTexts
    choices: Choices
    clock: Clock
    open_book: OpenBook
    desk: Desk
    new_code: Callable[[], str] = new_code

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Shop({self.config.shop.name!r}, {self.open_book.workbook.name!r})"

    def close(self) -> None:
        """Close the journal and release every lock."""
        self.desk.closing.close()

    @property
    def today(self) -> date:
        """The day in the shop's zone."""
        return self.desk.today

    @property
    def snapshot(self) -> Snapshot:
        """The workbook's cells as they were read, and what follows from them."""
        return self.open_book.snapshot

    @property
    def book(self) -> ClientBook:
        """The clients, purchases and all else that the workbook says."""
        return self.snapshot.book

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The cells to fix in the workbook."""
        return self.snapshot.problems

    def standings(self, today: date) -> tuple[Standing, ...]:
        """Return where every client stands on a day."""
        self.open_book.require_clients()
        return standings(self.book, self.choices.loyalty, today)

    def plan_week(self, today: date, campaigns: Collection[str] | None = None) -> Plan:
        """Decide all that would be written and sent on a day.

        Args:
            today: the day.
            campaigns: the names of those whose turn it is; None is all.
        """
        return plan_week(self._plan_inputs(today), campaigns)

    def plan(self, letter: str, *, to: Iterable[Standing | Client], occasion: str, today: date) -> Plan:
        """Plan one letter to the clients that a script chose.

        Args:
            letter: the name of a template.
            to: standings or clients.
            occasion: names this time, such as 2026-Q4; the same letter is sent once for each occasion.
            today: the day for which it is planned.

        Raises:
            SetupError: there is no such letter, or the occasion has no name.
        """
        self.texts.require(letter)
        if not occasion.strip():
            why = "a letter goes once for each occasion, so each needs a name of its own"
            raise SetupError(f"the occasion of {letter} has no name", why=why, next_step="name it, such as 2026-Q4")
        clients = [client.client if isinstance(client, Standing) else client for client in to]
        return plan_once(self._plan_inputs(today), letter, clients, occasion)

    def preview(self, plan: Plan, folder: str | Path) -> Path:
        """Write a plan's letters into a folder to look at, and return its index page."""
        words = self.snapshot.words
        return write_preview(Path(folder), plan.letters, held_entries(plan.held, words), words)

    def deliver(self, plan: Plan, limit: int | None = None) -> tuple[Outcome, ...]:
        """Send a plan's letters, each once, however often this is called.

        Args:
            plan: what was decided.
            limit: at most so many letters leave now; the rest waits for the next time.
        """
        clients = frozenset(letter.header.client for letter in plan.letters)
        return self.desk.deliver(plan, limit, LetterFilter(clients)).outcomes

    def _plan_inputs(self, today: date) -> PlanInputs:
        self.open_book.require_clients()
        book = self.book
        closed = closed_readers(self.desk.suppressions, book.clients, book.staff)
        history = self.desk.history().as_now_numbered({reader.reader_no: reader.email for reader in book.readers})
        writer = Writer(_face(self.config), self.texts, book)
        return PlanInputs(book, history, writer, self.choices, today, closed)


def _face(config: Config) -> ShopFace:
    """Return the shop as its letters name it."""
    shop = config.shop
    return ShopFace(shop.id, shop.name, shop.address, shop.currency, shop.places, shop.language, tuple(shop.languages))
