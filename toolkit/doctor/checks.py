"""The checks of a set-up, in the order in which one needs another."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from toolkit.app.factory import SETTINGS, open_shop
from toolkit.app.google_key import find_key
from toolkit.app.run_scope import next_due
from toolkit.app.sending import JOURNAL, MAIL, data_folder, mail_channel, see_that_mail_is_ready, sender_of
from toolkit.app.shop import Shop
from toolkit.clock import Clock
from toolkit.config import Config, read_config
from toolkit.doctor.finding import Finding, Mark
from toolkit.errors import SetupError, ToolkitError
from toolkit.scheduling.due_check import MOST_OFF
from toolkit.sheets.google import is_web_address


@dataclass
class Context:
    """A set-up that is checked, which `with` closes.

    Args:
        folder: where sheetclerk.toml should stand.
        clock: where the time comes from.
        tell: gets a line where Google lets us wait.
    """

    folder: Path
    clock: Clock
    tell: Callable[[str], None]
    config: Config = field(default_factory=Config, init=False)
    shop: Shop | None = field(default=None, init=False)
    _closing: ExitStack = field(default_factory=ExitStack, init=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.close()

    @property
    def is_online(self) -> bool:
        """True if the workbook is a Google Sheet."""
        return is_web_address(self.config.book.where)

    def opened(self) -> Shop:
        """Return the open shop."""
        if self.shop is None:
            shop = open_shop(self.folder, clock=self.clock, tell=self.tell)
            self.shop = self._closing.enter_context(shop)
        return self.shop


Check = Callable[[Context], str]
"""Says what is there; raises a ToolkitError where it is wrong, and Skipped where there is nothing to look at."""


class Skipped(Exception):
    """There is nothing to look at, and why."""


def settings(context: Context) -> str:
    """Check sheetclerk.toml."""
    context.config = read_config(context.folder / SETTINGS)
    shop = context.config.shop
    languages = " ".join(shop.languages or (shop.language,))
    return f"{shop.name or 'a shop without a name'}, {shop.currency}, languages {languages}"


def key(context: Context) -> str:
    """Check the key of a Google Sheet."""
    if not context.is_online:
        raise Skipped("the workbook is not a Google Sheet")
    account_key = find_key(context.config.book.key_file)
    return f"{account_key.account}, of project {account_key.project}"


def book(context: Context) -> str:
    """Check that the workbook can be read and written."""
    shop = context.opened()
    shop.open_book.require_clients()
    shop.open_book.workbook.check_writable()
    clients, purchases = len(shop.book.clients), len(shop.book.purchases)
    return f"{shop.open_book.workbook.name}: {clients:,} clients, {purchases:,} purchases"


def clock(context: Context) -> str:
    """Compare this computer's clock with Google's."""
    team = context.opened().open_book.workbook.capabilities.team
    server = team.server_now if team else None
    if server is None:
        raise Skipped("nothing to compare it with")
    off = abs(context.clock.now() - server)
    if off > MOST_OFF:
        raise SetupError(
            "this computer's clock is wrong",
            why=f"it is {off.total_seconds() / 60:.0f} minutes off Google's",
            next_step="let the system set date and time",
        )
    return f"at most {max(off.total_seconds(), 1):.0f} s off Google's"


def journal(context: Context) -> str:
    """Check the journal of letters."""
    path = data_folder() / context.opened().config.shop.id / JOURNAL
    if not path.is_file():
        raise Skipped(f"the first run creates {path}")
    said = len(context.opened().desk.outbox.already_said().letters)
    return f"{path}: {said:,} letters"


def mail(context: Context) -> str:
    """Check the mail account and the sender, without a letter."""
    config = context.config
    if config.sending.channel != MAIL:
        raise Skipped("letters go to a folder; to send them: sheetclerk connect mail")
    see_that_mail_is_ready(config, data_folder() / context.opened().config.shop.id / JOURNAL)
    channel, sender = mail_channel(config, context.clock), sender_of(config).address
    try:
        channel.check(sender)
    finally:
        channel.close()
    return f"{config.mail.host} takes {sender}"


def schedule(context: Context) -> str:
    """Check the timetable."""
    due = next_due(context.config, context.clock)
    if not due:
        raise Skipped("[timetable] has no jobs")
    return f"next due {due}; sheetclerk schedule show says what starts it"


CHECKS: Final[tuple[tuple[str, Check, tuple[str, ...]], ...]] = (
    (SETTINGS, settings, ()),
    ("key", key, (SETTINGS,)),
    ("book", book, (SETTINGS, "key")),
    ("clock", clock, ("book",)),
    ("journal", journal, ("book",)),
    ("mail", mail, ("book", "journal")),
    ("schedule", schedule, ("book", "mail")),
)
"""Each part, how it is looked at, and what must be right before."""


def findings(context: Context) -> Iterator[Finding]:
    """Yield the finding of each part."""
    wrong: list[str] = []
    for part, check, needs in CHECKS:
        before = next((need for need in needs if need in wrong), "")
        finding = Finding(part, Mark.SKIP, f"after {before} works") if before else _looked_at(part, check, context)
        if before or finding.mark is Mark.STOP:
            wrong.append(part)
        yield finding


def _looked_at(part: str, check: Check, context: Context) -> Finding:
    try:
        return Finding(part, Mark.OK, check(context))
    except Skipped as nothing:
        return Finding(part, Mark.SKIP, str(nothing))
    except ToolkitError as error:
        return Finding.wrong(part, error)
