"""Runs that send mail and may be killed: a server of forks, so that a thousand kills take minutes.

It reads one JSON object a line from standard input, forks, lets the fork run for so long, kills it with SIGKILL if it
is still there, and answers "done" or "killed".
"""

import json
import os
import select
import signal
import sys
import traceback
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import filelock  # noqa: F401 - loaded once, before the forks
import yagmail  # noqa: F401 - as above

from tests.channel_contract import NAIROBI, a_letter, sealed
from tests.delivery.made_up import deliver
from tests.mail.post_office import PASSWORD, USER
from tests.mail.trust import trusting
from toolkit.channels.account import MailAccount, Timeouts
from toolkit.channels.channel import NO_RULES, Mode
from toolkit.channels.mail import MailChannel
from toolkit.clock import SystemClock
from toolkit.delivery.journal import Journal
from toolkit.delivery.lock import run_lock
from toolkit.delivery.loop import LiveContext
from toolkit.delivery.outbox import Outbox
from toolkit.letters.letter import Letter


@dataclass(frozen=True)
class Job:
    """One run.

    Args:
        folder: where journal and lock lie.
        port: the server's.
        authority: the file of the authority that its certificate comes from.
        letters: how many the plan holds.
        hours: how far the clock is ahead, so that retries come due.
        kill_after: seconds; None lets it come to its end.
    """

    folder: str
    port: int
    authority: str
    letters: int
    hours: int
    kill_after: float | None

    def now(self) -> datetime:
        return SystemClock().now() + timedelta(hours=self.hours)


def plan(number: int) -> list[Letter]:
    clients = [f"C{n:05}" for n in range(number)]
    return [a_letter(one, address=f"{one.lower()}@example.com", expires=date(2090, 1, 1)) for one in clients]


def at_once(_: float) -> None:
    """No wait."""


def send(job: Job) -> None:
    folder, tls = Path(job.folder), lambda: trusting(job.authority)
    mail = MailChannel(
        MailAccount(
            USER, lambda: PASSWORD, "localhost", job.port, USER, tls_first=False, tls=tls, patience=Timeouts(5, 5, 5)
        ),
        policy=NO_RULES,
    )
    with run_lock(folder, "shop"), Journal(folder / "journal.sqlite") as journal:
        outbox = Outbox(journal, Mode.LIVE, sealed, job.now, NAIROBI)
        today = datetime.now(UTC).date()  # noqa: TID251 - a real run on a real day
        deliver(outbox, plan(job.letters), mail, today=today, live=LiveContext(at_once, lambda: 0.0))


def forked(job: Job) -> str:
    child = os.fork()
    if child == 0:
        try:
            send(job)
        except BaseException:  # noqa: BLE001 - a fork that failed must be seen, and must end here
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    watched = os.pidfd_open(child)
    ready, _, _ = select.select([watched], [], [], job.kill_after)
    if not ready:
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(watched)
    return "done" if ready else "killed"


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(forked(Job(**json.loads(line))) + "\n")
        sys.stdout.flush()
