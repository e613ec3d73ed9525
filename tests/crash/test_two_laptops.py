"""Two laptops with journals of their own send from one Google Sheet, on a bad line, killed now and then."""

import json
import os
import random  # noqa: TID251 - kills and people come at random; the seed is told
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from tests.crash.laptop_run import Job
from tests.sheets.google.sheet_desk import made_of
from tests.sheets_server.accounts import Accounts
from tests.sheets_server.faults import first_of, lost_reply, now_and_then, refuse
from tests.sheets_server.people import People
from tests.sheets_server.server import SheetsServer
from toolkit.app.google_key import USUAL
from toolkit.book.own_tabs import HEADINGS, OUTBOX
from toolkit.channels.channel import Mode
from toolkit.clock import SystemClock
from toolkit.delivery.journal import Journal
from toolkit.delivery.letter_record import State
from toolkit.sheets.google.lease import LEASE_LIFE

ROOT: Final = Path(__file__).parents[2]
MORNING: Final = datetime(2026, 11, 21, 6, tzinfo=UTC)
NEW_A_ROUND: Final = 6
SORTED: Final = 0.10
STOLEN: Final = 0.04
KILLED: Final = 0.4

pytestmark = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="only Linux can watch a process by pidfd")


@dataclass
class Laptop:
    """One process that forks runs, and the folders of its own."""

    process: "subprocess.Popen[str]"
    job: Job

    def begin(self, moment: datetime, kill_after: float | None) -> None:
        job = Job(**asdict(self.job) | {"moment": moment.isoformat(), "kill_after": kill_after})
        assert self.process.stdin
        self.process.stdin.write(json.dumps(asdict(job)) + "\n")
        self.process.stdin.flush()

    def end(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def states(self) -> dict[str, State]:
        """Each letter that its journal knows."""
        found = next(Path(self.job.data).rglob("journal.sqlite3"), None)
        if found is None:
            return {}
        with Journal(found) as journal:
            return {one.key: one.state for one in journal.records(Mode.LIVE)}


@dataclass
class Street:
    """The sheet, its people, two laptops, and everything that goes wrong."""

    server: SheetsServer
    people: People
    laptops: list[Laptop]
    post: Path
    chance: random.Random
    ends: Counter[str] = field(default_factory=Counter)
    moment: datetime = MORNING
    ahead: timedelta = timedelta()
    clients: int = 0
    sorts: int = 0
    thefts: int = 0
    longest: float = 2.0

    def bad_days(self) -> None:
        seed = str(self.chance.random())
        self.server.weather = first_of(
            now_and_then(refuse(503), 0.05, seed=f"{seed}a"),
            now_and_then(refuse(503, applied=True), 0.05, seed=f"{seed}b"),
            now_and_then(lost_reply(), 0.10, seed=f"{seed}c"),
        )
        self.server.between = self._people_work

    def good_days(self) -> None:
        self.server.weather = lambda _: None
        self.server.between = lambda _: None

    def _people_work(self, _seen: object) -> None:
        if OUTBOX in self.people.titles() and self.chance.random() < SORTED:
            self.people.sort(OUTBOX, self.chance.randint(1, 10), down=self.chance.random() < 0.5)
            self.sorts += 1
        if self.chance.random() < STOLEN:
            self.thefts += 1
            self.pass_time()

    def pass_time(self) -> None:
        """A lease that nobody keeps alive grows old, by Google's clock."""
        self.ahead += LEASE_LIFE + timedelta(minutes=1)
        self.server.now = (MORNING + self.ahead).timestamp

    def new_clients(self) -> None:
        """People type some clients and what they bought."""
        for _ in range(NEW_A_ROUND):
            self.clients += 1
            number, row = f"C{self.clients:04}", self.clients + 1
            for tab in TABS:
                self.people.book.sheet(tab).grow(rows=row)
            cells = (number, f"Client {self.clients}", f"{number.lower()}@example.com", "yes")
            for letter, cell in zip("ABCD", cells, strict=True):
                self.people.type("Clients", f"{letter}{row}", cell)
            bought = (f"P{self.clients}", "2026-11-21", number, "1000", "paid")
            for letter, cell in zip("ABCDE", bought, strict=True):
                self.people.type("Purchases", f"{letter}{row}", cell)

    def round(self) -> None:
        self.new_clients()
        kills = [self.chance.uniform(0.2, 1) * self.longest if self.chance.random() < KILLED else None for _ in "ab"]
        for laptop, kill in zip(self.laptops, kills, strict=True):
            laptop.begin(self.moment, kill)
        before = len(self.copies)
        ends = [laptop.end() for laptop in self.laptops]
        self.ends.update(ends)
        if any(kills):
            self.longest *= 1.25 if "killed" in ends and len(self.copies) == before else 0.9
        if self.chance.random() < 0.5:
            self.pass_time()

    def settle(self) -> None:
        """Everything works again, and each laptop runs in peace."""
        self.good_days()
        for laptop in self.laptops * 2:
            self.pass_time()
            laptop.begin(self.moment, None)
            assert laptop.end() == "done"

    @property
    def copies(self) -> Counter[str]:
        lines = self.post.read_text(encoding="utf-8").split("\n") if self.post.exists() else []
        return Counter(line.split()[0] for line in lines if line)

    @property
    def sent_to(self) -> set[str]:
        return {line.split()[1] for line in self.post.read_text(encoding="utf-8").split("\n") if line}

    def shown(self) -> dict[str, tuple[str, str]]:
        """What the Outbox tab says: the first 16 digits of a key, then client and state."""
        key, client, state = (HEADINGS[OUTBOX].index(name) for name in ("Key", "Client no.", "State"))
        rows = [row for row in self.people.values(OUTBOX)[1:] if row]
        return {str(row[key]): (str(row[client]), str(row[state])) for row in rows}


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("--laptop-rounds"))


@pytest.fixture
def street(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Street]:
    seed = random.SystemRandom().randrange(10**9)
    request.node.add_report_section("call", "seed", str(seed))
    with ExitStack() as closing:
        server = closing.enter_context(SheetsServer(strict=False))
        server.accounts = Accounts(lambda: SystemClock().now().timestamp())
        server.now = MORNING.timestamp
        people = made_of(server, TABS)
        laptops = [Laptop(_process(closing), _job(tmp_path / name, server, people)) for name in ("ann", "ben")]
        yield Street(server, people, laptops, tmp_path / "post", random.Random(seed))  # noqa: S311 - no secret


TABS: Final = {
    "Clients": (("Client no.", "Name", "Email", "Letters"),),
    "Purchases": (("Purchase no.", "Date", "Client no.", "Amount", "Status"),),
}


def _process(closing: ExitStack) -> "subprocess.Popen[str]":
    paths = os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))
    return closing.enter_context(
        subprocess.Popen(
            [sys.executable, str(ROOT / "tests" / "crash" / "laptop_run.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": paths},
        )
    )


def _job(folder: Path, server: SheetsServer, people: People) -> Job:
    shop, config = folder / "shop", folder / "config"
    shop.mkdir(parents=True)
    config.mkdir(mode=0o700)
    server.account_file(config / USUAL)
    shutil.copytree(ROOT / "templates", shop / "templates")
    (shop / "sheetclerk.toml").write_text(
        f'[shop]\nid = "street1"\nname = "Duka"\ncurrency = "KES"\n[book]\nwhere = "{people.link}"\n'
        '[sending]\nchannel = "mail"\nmax_per_run = 100000\n'
        '[mail]\naccount = "juma@example.com"\nper_day = 100000\nper_minute = 1000\n',
        encoding="utf-8",
    )
    return Job(str(shop), str(folder / "data"), str(config), server.url, str(folder.parent / "post"), "")


def test_two_laptops_never_send_a_letter_twice_and_lose_none_in_silence(street: Street, rounds: int) -> None:
    street.bad_days()
    for _ in range(rounds):
        street.round()
    street.settle()

    assert street.ends["broken"] == 0
    assert max(street.copies.values()) == 1, "no letter left twice"
    shown = street.shown()
    assert {client for client, _ in shown.values()} >= {f"C{n:04}" for n in range(1, street.clients + 1)}
    lost = [client for client, state in shown.values() if state == "Done" and client not in street.sent_to]
    assert lost == [], "what the tab calls done has left"
    unsent = {client: state for client, state in shown.values() if client not in street.sent_to}
    assert set(unsent.values()) <= {"In doubt", "Waits"}, "what has not left is shown"
    doubt = sum(state == "In doubt" for _, state in shown.values())
    sys.stdout.write(
        f"{rounds} rounds, {dict(street.ends)}, {street.sorts} sorts, {street.thefts} leases grown old: "
        f"{len(street.copies)} letters, 0 twice, {doubt} shown in doubt, of these {len(unsent)} unsent\n"
    )
