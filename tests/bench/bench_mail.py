"""How fast letters leave, side by side in one run: `python -m tests.bench.bench_mail [letters]` prints the ratio.

Ours plans and seals each letter, writes it down three times (journal FULL) and sends it over one verified line. The
plain script is what people write: yagmail's own `send`, one call a letter, with its defaults but for trust in the
tests' authority.
"""

import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import yagmail

from tests.channel_contract import NAIROBI
from tests.crash.sending_run import WITHOUT_END, at_once, plan
from tests.mail.authority import Authority
from tests.mail.post_office import PASSWORD, USER, PostOffice
from toolkit.channels.account import Account
from toolkit.channels.channel import Lane
from toolkit.channels.mail import MailChannel
from toolkit.clock import SystemClock
from toolkit.letters.letter import Letter
from toolkit.letters.message import Sender, seal
from toolkit.outbox.delivery import Road
from toolkit.outbox.journal import Journal
from toolkit.outbox.limits import Limits, Pace
from toolkit.outbox.outbox import Outbox


def ours(office: PostOffice, authority: Authority, letters: list[Letter], folder: Path) -> None:
    clock = SystemClock()
    account = Account(USER, lambda: PASSWORD, "localhost", office.port, USER, tls_first=False, tls=authority.client)
    road = Road(Limits(WITHOUT_END, WITHOUT_END), Pace(WITHOUT_END, clock.now, at_once, lambda: 0.0))
    sealed = partial(seal, sender=Sender("Duka", USER))
    with Journal(folder / "journal.sqlite") as journal:
        outbox = Outbox(journal, Lane.POST, sealed, clock.now, NAIROBI, road)
        outbox.deliver(letters, [MailChannel(account)], clock.now().date())


def plain(office: PostOffice, authority: Authority, letters: list[Letter]) -> None:
    yag = yagmail.SMTP(
        USER, PASSWORD, "localhost", office.port, smtp_ssl=False, smtp_starttls={"context": authority.client()}
    )
    for one in letters:
        yag.send(one.address, one.subject, one.html)
    yag.close()


def rate(office: PostOffice, number: int, began: float) -> float:
    assert len(office.taken) == number
    office.taken.clear()
    return number / (time.perf_counter() - began)


def main(number: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, letters = Path(name), plan(number)
        authority = Authority(folder)
        with PostOffice(authority.server()) as office:
            began = time.perf_counter()
            plain(office, authority, letters)
            slow = rate(office, number, began)
            began = time.perf_counter()
            ours(office, authority, letters, folder)
            fast = rate(office, number, began)
    sys.stdout.write(f"{number} letters: ours {fast:.0f}/s, plain yagmail {slow:.0f}/s, {fast / slow:.1f} times\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
