"""How fast letters leave, side by side in one run: `python -m tests.bench.bench_mail [letters]` prints the ratios.

Each side sends its own thank-yous to smtp-sink behind TLS (`apt-get install postfix`; extras test and bench). Ours
plans, renders and seals each letter, writes it down before and after it leaves (journal FULL), and sends it over one
verified line; limits and pace are set aside. The rivals (rivals.py) write nothing down. What the disk and the line
cost alone is shown too. Nothing is asserted but that every letter arrived: a busy computer is no fault of ours.
"""

import csv
import math
import os
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

from jinja2 import Environment

from tests.bench.letters_desk import TODAY, desk
from tests.bench.rivals import RIVALS, rows
from tests.bench.sink import Sink
from tests.channel_contract import NAIROBI
from tests.crash.sending_run import at_once
from tests.mail.authority import Authority
from tests.mail.post_office import PASSWORD, USER
from toolkit.channels.account import MailAccount
from toolkit.channels.channel import NO_RULES, Mode
from toolkit.channels.mail import MailChannel
from toolkit.clock import SystemClock
from toolkit.delivery.journal import Journal
from toolkit.delivery.letter_record import State
from toolkit.delivery.loop import Delivery, LiveContext
from toolkit.delivery.outbox import Outbox
from toolkit.letters.letter import Envelope, Letter
from toolkit.letters.message import Sender, seal
from toolkit.plan import plan_week

ROOT: Final = Path(__file__).parents[2]
BODY: Final = """
<h1>Thank you, {{ greeting }}!</h1>
<p>We have received your payment for the purchase of {{ date }}. This is what you bought:</p>
<table class="lines" role="presentation"><tr><td>{{ product }}</td><td class="n">{{ amount }}</td></tr>
<tr class="tot"><th>Total</th><td class="n">{{ total }}</td></tr></table>
<div class="tier"><b>{{ tier }}</b><p class="small">{{ missing }}</p></div>
<p>Is anything not as you wished? <b>Reply to this letter</b>, I read it myself.</p>
"""
FRAME: Final = {
    "language": "en",
    "letter.subject": "Thank you, {{ greeting }}!",
    "preview": "We have received your payment. Here is what you bought.",
    "shop.name": "Duka la Juma",
    "body": BODY,
}
HEADS: Final = ("email", "greeting", "date", "product", "amount", "total", "tier", "missing")
RENDERED: Final = 10_000
ROUNDS: Final = 3
INLINED: Final = 100
"""premailer takes long: so many letters tell what one costs."""
Work: TypeAlias = Callable[[Sink], float]
SEAL: Final = partial(seal, sender=Sender("Duka la Juma", USER, secret=b"bench"))


def lay_out(folder: Path, letters: int) -> None:
    """The rivals' table, and our own layout as a plain jinja2 page with the same words."""
    lines = (ROOT / "templates" / "layout.html").read_text(encoding="utf-8").splitlines()
    page = "\n".join(line for line in lines if "{%" not in line)
    for field, words in FRAME.items():
        page = page.replace(f"{{{{ {field} }}}}", words)
    (folder / "letter.html").write_text(page, encoding="utf-8")
    with (folder / "rows.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(HEADS)
        for n in range(letters):
            bought = (f"Asha Juma {n}", "20 November 2026", f"Cotton no. {n % 40}", "KES 137.00", "KES 285.00")
            table.writerow([f"c{n:05}@example.com", *bought, "Bronze", "KES 715.00 more and you are Silver"])


def account(sink: Sink) -> MailAccount:
    return MailAccount(USER, lambda: PASSWORD, "localhost", sink.port, USER, tls=sink.authority.client)


def ours(sink: Sink, letters: int) -> float:
    """What a run does once its sheet is read: plan, render, seal, write down, send."""
    clock, work = SystemClock(), desk(letters)
    mail, live = MailChannel(account(sink), policy=NO_RULES), LiveContext(at_once, lambda: 0.0)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, Journal(Path(folder) / "journal.sqlite") as journal:
        outbox = Outbox(journal, Mode.LIVE, SEAL, clock.now, NAIROBI)
        told = tuple(Delivery(outbox, [mail], TODAY, live=live).run(plan_week(work).letters))
    took = time.perf_counter() - began
    assert [one.state for one in told] == [State.SENT] * letters
    return took


def line_alone(sink: Sink, letters: list[tuple[Letter, bytes]]) -> float:
    """Finished letters over our one line, with no journal."""
    now, mail = SystemClock().now(), MailChannel(account(sink))
    began = time.perf_counter()
    for letter, message in letters:
        mail.send(Envelope(letter.header, message, now), lambda: None)
    mail.close()
    return time.perf_counter() - began


def disk_alone(folder: Path, letters: int) -> float:
    """As many durable commits of one small row as there are letters."""
    with Journal(folder / "commits.sqlite") as journal:
        began = time.perf_counter()
        for n in range(letters):
            journal.write_note("n", str(n))
        return time.perf_counter() - began


def rival(sink: Sink, name: str) -> float:
    command = [sys.executable, "-m", "tests.bench.rivals", name, str(sink.port), str(sink.folder)]
    environment = os.environ | {"SSL_CERT_FILE": str(sink.authority.file), "PYTHONPATH": os.pathsep.join(sys.path)}
    began = time.perf_counter()
    # mailmerge asks for the password: without a terminal of its own it reads it from here.
    subprocess.run(
        command,
        check=True,
        capture_output=True,
        input=f"{PASSWORD}\n".encode(),
        env=environment,
        cwd=ROOT,
        start_new_session=True,
    )
    return time.perf_counter() - began


def rendering(folder: Path) -> None:
    """Both by the processor's own time, since neither waits for anything."""
    import premailer  # noqa: PLC0415 - only here

    work = desk(RENDERED)
    began = time.process_time()
    plan = plan_week(work)
    planned = (time.process_time() - began) / RENDERED
    began = time.process_time()
    for letter in plan.letters:
        SEAL(letter)
    sealed = (time.process_time() - began) / RENDERED
    page = Environment(autoescape=True).from_string((folder / "letter.html").read_text(encoding="utf-8"))
    began = time.process_time()
    for row in rows(folder)[:INLINED]:
        premailer.transform(page.render(row), cssutils_logging_level="FATAL")
    theirs = (time.process_time() - began) / INLINED
    say(f"{RENDERED:,} letters planned and rendered {planned * RENDERED:6.2f} s  {planned * 1e3:6.2f} ms a letter")
    say(f"{'sealed':30} {sealed * RENDERED:6.2f} s  {sealed * 1e3:6.2f} ms a letter")
    say(f"jinja2 and premailer                   {theirs * 1e3:6.2f} ms a letter: {theirs / planned:.1f} times ours\n")


def sending(folder: Path, letters: int) -> None:
    """Rounds in turns; the best of each counts, since other work on the computer only ever makes one slower."""
    authority, best = Authority(folder), dict[str, float]()
    finished = [(one, SEAL(one)) for one in plan_week(desk(letters)).letters]
    over_the_line: dict[str, Work] = {
        **{name: partial(rival, name=name) for name in RIVALS},
        "sheetclerk": partial(ours, letters=letters),
        "our line, nothing kept": partial(line_alone, letters=finished),
    }
    for _ in range(ROUNDS):
        for name, work in over_the_line.items():
            with Sink(folder, authority, letters) as sink:
                best[name] = min(work(sink), best.get(name, math.inf))
        best["one commit a letter"] = min(disk_alone(folder, letters), best.get("one commit a letter", math.inf))
    say(f"{letters:,} letters, the best of {ROUNDS} rounds")
    for name, seconds in best.items():
        speed = f"{letters / seconds:7.0f}/s {seconds / letters * 1e3:7.2f} ms"
        say(f"{name:24} {seconds:7.2f} s {speed} {best['plain yagmail'] / seconds:6.1f} times")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(letters: int) -> None:
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lay_out(folder, max(letters, INLINED))
        rendering(folder)
        lay_out(folder, letters)
        sending(folder, letters)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
