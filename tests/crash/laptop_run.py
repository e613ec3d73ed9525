"""One of two laptops at one Google Sheet: a server of forks, each a whole weekly run that may be killed.

It reads one JSON object a line from standard input, forks, lets the fork run for so long, kills it with SIGKILL if it
is still there, and answers with one word: done, locked, stopped or killed. A letter that left is a line in a file.
"""

import json
import os
import select
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import filelock  # noqa: F401 - loaded once, before the forks
import gspread  # noqa: F401 - as above

import toolkit
from tests.shop_parts import with_channels
from toolkit.app.google_factory import EMULATOR
from toolkit.channels.channel import NO_RULES, ChannelPolicy, Mode, Receipt, SendResult
from toolkit.clock import FixedClock
from toolkit.delivery.sample import note_seen
from toolkit.errors import RunLocked, ToolkitError
from toolkit.letters.letter import Envelope, LetterHeader
from toolkit.rules.contact import RouteKind
from toolkit.sheets.google import workbook  # noqa: F401 - loaded once, before the forks

TRIES = 60

WORDS = {0: "done", 3: "locked", 4: "stopped"}


@dataclass(frozen=True)
class Job:
    """One run.

    Args:
        shop: the shop's folder on this laptop.
        data: its folder of journals.
        config: where its key lies.
        server: the Sheets server's address.
        post: the file in which each letter that left is a line.
        moment: what this laptop's clock shows, ISO.
        kill_after: seconds; None lets it come to its end.
    """

    shop: str
    data: str
    config: str
    server: str
    post: str
    moment: str
    kill_after: float | None = None


@dataclass(frozen=True)
class PostBox:
    """A channel whose letters are lines of a file that all laptops share."""

    path: str
    mode: Mode = Mode.LIVE
    routes: frozenset[RouteKind] = frozenset(RouteKind)
    policy: ChannelPolicy = NO_RULES
    name: str = "mail"

    def carries(self, letter: LetterHeader) -> bool:  # noqa: ARG002 - the shape of every channel
        return True

    def send(self, envelope: Envelope, on_the_way: Callable[[], None]) -> Receipt:
        on_the_way()
        file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(file, f"{envelope.header.key} {envelope.header.client}\n".encode())
        os.close(file)
        return Receipt(SendResult.SENT, "250 taken")

    def close(self) -> None:
        """Nothing is open."""


def run(job: Job) -> None:
    os.environ |= {"SHEETCLERK_DATA": job.data, "SHEETCLERK_CONFIG": job.config, EMULATOR: job.server}
    clock = FixedClock(datetime.fromisoformat(job.moment))
    with with_channels(toolkit.open_shop(job.shop, clock=clock), PostBox(job.post)) as shop:
        hold(shop)
        for letter in shop.plan_week(shop.today).letters:
            note_seen(shop.desk.outbox, letter.header.words_id, shop.today)
        toolkit.weekly_run(shop, shop.today, is_sure=True)


def hold(shop: toolkit.Shop) -> None:
    """Try for a while: where a lease grows old meanwhile, both laptops are at work at once."""
    for _ in range(TRIES):
        with suppress(RunLocked):
            shop.desk.hold()
            return
    shop.desk.hold()


def exit_code(job: Job) -> int:
    try:
        run(job)
    except RunLocked:
        return 3
    except ToolkitError:
        return 4
    except BaseException:  # noqa: BLE001 - a fork that failed must be seen, and must end here
        traceback.print_exc()
        return 1
    return 0


def forked(job: Job) -> str:
    child = os.fork()
    if child == 0:
        os._exit(exit_code(job))
    watched = os.pidfd_open(child)
    ready, _, _ = select.select([watched], [], [], job.kill_after)
    if not ready:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(watched)
    return WORDS.get(os.waitstatus_to_exitcode(status), "broken") if ready else "killed"


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(forked(Job(**json.loads(line))) + "\n")
        sys.stdout.flush()
