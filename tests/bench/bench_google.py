"""How many requests a weekly run makes to Google, beside a script that updates one row a request.

python -m tests.bench.bench_google                 10,000 clients, 5,000 letters
python -m tests.bench.bench_google 1000 500        a tenth of it

Letters leave by a channel that takes them at once, while the shop's clock moves as if 20 left a minute; the script is
what people write: gspread's get_all_records, then update_cell for each client. Google's quota is 60 a minute each.
"""

import os
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import gspread
from gspread.http_client import HTTPClient
from requests import Session

import toolkit
from tests.sheets.google.sheet_desk import made_of
from tests.sheets_server.people import People
from tests.sheets_server.server import SheetsServer
from tests.shop_parts import with_channels
from toolkit.app.google_factory import EMULATOR
from toolkit.app.google_key import USUAL
from toolkit.book.grid import Grid
from toolkit.book.own_tabs import HEADINGS, OUTBOX
from toolkit.channels.channel import ChannelPolicy
from toolkit.channels.memory import MemoryChannel
from toolkit.clock import FixedClock
from toolkit.delivery.sample import note_seen
from toolkit.sheets.google.account_key import Login
from toolkit.sheets.google.http_client import API

MORNING = datetime(2026, 11, 21, 6, tzinfo=UTC)
QUOTA = 60
"""Writes that Google takes in a minute."""

BY_HAND = 200
"""Clients of whom the script really updates a cell; more of them are as many requests more."""


@dataclass(frozen=True)
class Requests:
    """What one way came to."""

    reads: int
    writes: int
    seconds: float

    def __str__(self) -> str:
        return f"{self.reads:6,} reads {self.writes:6,} writes   {self.seconds:6.1f} s"


def tabs(clients: int, letters: int) -> dict[str, Grid]:
    """Clients with consent, of whom so many bought something yesterday."""
    people = [
        (f"C{n:05}", f"Asha Juma {n}", "Asha", "Juma", f"asha{n}@example.com", "sw", "yes") for n in range(clients)
    ]
    bought = [(f"P{n:05}", date(2026, 11, 20), f"C{n:05}", "Tea", 1, 1000, "paid") for n in range(letters)]
    return {
        "Clients": [("Client no.", "Name", "First name", "Surname", "Email", "Language", "Letters"), *people],
        "Purchases": [
            ("Purchase no.", "Date", "Client no.", "Product", "Quantity", "Amount", "Status"),
            *bought,
        ],
        "Outbox": [HEADINGS[OUTBOX]],
    }


def settings(folder: Path, people: People) -> None:
    (folder / "sheetclerk.toml").write_text(
        f'[shop]\nid = "bench1"\nname = "Duka"\ncurrency = "KES"\n[book]\nwhere = "{people.link}"\n'
        '[sending]\nchannel = "mail"\nmax_per_run = 100000\n'
        '[mail]\naccount = "juma@example.com"\nper_day = 100000\n',
        encoding="utf-8",
    )


def week(folder: Path) -> int:
    """One weekly run; how many letters left."""
    taken = MemoryChannel(policy=ChannelPolicy(per_minute=20))
    with with_channels(toolkit.open_shop(folder, clock=FixedClock(MORNING)), taken) as shop:
        shop.desk.hold()
        for letter in shop.plan_week(shop.today).letters:
            note_seen(shop.desk.outbox, letter.header.words_id, shop.today)
        toolkit.weekly_run(shop, shop.today, is_sure=True)
        return len(taken.envelopes)


def script(server: SheetsServer, people: People) -> None:
    """What people write: read records, then one update a row."""

    def session() -> Session:
        made = Session()
        made.auth = Login(server.account())
        made.mount(API, server.detour())
        return made

    client = gspread.Client(auth=None, session=session(), http_client=HTTPClient)  # type: ignore[arg-type]  # a session
    tab = client.open_by_key(people.id).worksheet("Clients")
    for row, _ in enumerate(tab.get_all_records()[:BY_HAND], start=2):
        tab.update_cell(row, 8, "Bronze")


def counted(server: SheetsServer, work: Callable[[], object]) -> Requests:
    server.forget()
    start = time.perf_counter()
    work()
    return Requests(server.count("read"), server.count("write"), time.perf_counter() - start)


def is_sign_of_life(body: Any) -> bool:
    """Whether a request only says that we are still at it: the guard of the lease, and its new value."""
    names = [name for one in body.get("requests", ()) for name in one]
    return names == ["createDeveloperMetadata", "deleteDeveloperMetadata", "updateDeveloperMetadata"]


def main(clients: int, letters: int) -> None:
    say = sys.stdout.write
    with tempfile.TemporaryDirectory() as name, SheetsServer(strict=False) as server:
        folder = Path(name)
        os.environ |= {"SHEETCLERK_DATA": name, "SHEETCLERK_CONFIG": name, EMULATOR: server.url}
        server.account_file(folder / USUAL)
        people = made_of(server, tabs(clients, letters))
        settings(folder, people)
        left: list[int] = []
        server.bodies = deque()
        ours = counted(server, lambda: left.append(week(folder)))
        claims = sum(one.path.endswith(":append") for one in server.seen)
        beats = sum(is_sign_of_life(body) for body in server.bodies)
        by_hand = counted(server, lambda: script(server, people))
    say(f"{clients:,} clients, {left[0]:,} letters\n")
    say(f"sheetclerk      {ours}\n")
    say(f"  of these      {claims:,} appends and {claims:,} reads for batches of claims, {beats:,} signs of life\n")
    say(f"  the rest      {ours.reads - claims} reads, {ours.writes - claims - beats} writes\n")
    say(f"one update a row, {BY_HAND} clients   {by_hand}\n")
    say(f"  for {clients:,} clients {clients + 3:,} requests: {clients // QUOTA} minutes of Google's quota\n")


if __name__ == "__main__":
    main(*(int(one) for one in sys.argv[1:])) if len(sys.argv) > 1 else main(10_000, 5_000)
