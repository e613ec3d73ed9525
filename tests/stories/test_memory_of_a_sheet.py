"""What was sent is known from the sheet where a journal is not: put back from a copy, or never there."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest

import toolkit
from tests.sheets.google.sheet_desk import made_of
from tests.sheets_server.accounts import Accounts
from tests.sheets_server.people import People
from tests.sheets_server.server import SheetsServer
from tests.shop_parts import with_channels, with_workbook
from toolkit.app.google_factory import EMULATOR
from toolkit.app.google_key import USUAL
from toolkit.channels.memory import MemoryChannel
from toolkit.clock import FixedClock, SystemClock
from toolkit.delivery.sample import note_seen
from toolkit.delivery.shared.remote_letters import OUTBOX_TAB_KEEPS
from toolkit.errors import RunLocked, RunStopped
from toolkit.sheets.google.lease import LEASE_LIFE
from toolkit.sheets.workbook import Capabilities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.book.grid import OwnCell, OwnTab

MORNING = datetime(2026, 11, 21, 6, tzinfo=UTC)
TABS = {
    "Clients": (
        ("Client no.", "Name", "Email", "Letters"),
        *((f"C{number}", f"Client {number}", f"c{number}@example.com", "yes") for number in range(1, 5)),
    ),
    "Purchases": (("Purchase no.", "Date", "Client no.", "Amount", "Status"),),
}
BOUGHT = [[f"P{number}", "2026-11-20", f"C{number}", 1000, "paid"] for number in range(1, 5)]


@dataclass
class Street:
    """One sheet, laptops with journals of their own, and how often each client got a letter."""

    folder: Path
    server: SheetsServer
    people: People
    monkeypatch: pytest.MonkeyPatch
    moment: datetime = MORNING
    got: Counter[str] = field(default_factory=Counter)

    def data(self, laptop: str) -> Path:
        return self.folder / laptop

    def buy(self) -> None:
        """Every client buys something, so that a thank-you is due."""
        self.people.lay("Purchases", [TABS["Purchases"][0], *BOUGHT])

    def opened(self, laptop: str) -> toolkit.Shop:
        """The shop on one laptop."""
        self.monkeypatch.setenv("SHEETCLERK_DATA", str(self.data(laptop)))
        return with_channels(toolkit.open_shop(self.folder, clock=FixedClock(self.moment)), MemoryChannel())

    def run(
        self, shop: toolkit.Shop, limit: int | None = None, *, is_sure: bool = False, stop: str = ""
    ) -> toolkit.RunReport:
        """One run of a laptop, of which at most so many letters leave, and none from that of a client on."""
        [channel] = shop.desk.channels
        assert isinstance(channel, MemoryChannel)
        channel.stop = frozenset({stop})
        before = len(channel.envelopes)
        shop.desk.hold()
        for letter in shop.plan_week(shop.today).letters:
            note_seen(shop.desk.outbox, letter.header.words_id, shop.today)
        try:
            return toolkit.weekly_run(shop, shop.today, limit, is_sure=is_sure)
        finally:
            self.got.update(envelope.header.client for envelope in channel.envelopes[before:])

    def week(
        self, laptop: str, limit: int | None = None, *, is_sure: bool = False, stop: str = ""
    ) -> toolkit.RunReport:
        """A laptop is opened, runs, and is closed."""
        with self.opened(laptop) as shop:
            return self.run(shop, limit, is_sure=is_sure, stop=stop)

    def sleep(self, shop: toolkit.Shop, by: timedelta) -> None:
        """A laptop's lid is shut for so long, in which time goes on."""
        self.moment += by
        shop.clock.wait(by.total_seconds())
        self.server.now = self.moment.timestamp

    def states(self) -> list[tuple[object, object]]:
        return sorted((str(row[1]), row[5]) for row in self.people.values("Outbox")[1:] if row)


@pytest.fixture
def street(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Street]:
    (tmp_path / "config").mkdir(mode=0o700)
    monkeypatch.setenv("SHEETCLERK_CONFIG", str(tmp_path / "config"))
    with SheetsServer() as server:
        monkeypatch.setenv(EMULATOR, server.url)
        server.account_file(tmp_path / "config" / USUAL)
        people = made_of(server, TABS)
        (tmp_path / "sheetclerk.toml").write_text(
            f'[shop]\nid = "street1"\nname = "Duka"\ncurrency = "KES"\n[book]\nwhere = "{people.link}"\n'
            '[sending]\nchannel = "mail"\n[mail]\naccount = "juma@example.com"\n'
        )
        server.accounts = Accounts(lambda: SystemClock().now().timestamp())
        server.now = MORNING.timestamp
        yield Street(tmp_path, server, people, monkeypatch)


DONE = [("C1", "Done"), ("C2", "Done"), ("C3", "Done"), ("C4", "Done")]


def as_a_new_file(copy: Path, data: Path) -> None:
    shutil.rmtree(data)
    shutil.copytree(copy, data)


def into_the_same_file(copy: Path, data: Path) -> None:
    for one in filter(Path.is_file, copy.rglob("*")):
        shutil.copyfile(one, data / one.relative_to(copy))


@pytest.mark.parametrize("bought_before", [False, True], ids=["it knew no letter", "its letters waited"])
@pytest.mark.parametrize("put_back", [as_a_new_file, into_the_same_file])
def test_a_journal_put_back_from_an_older_copy_sends_nothing_twice(
    street: Street, put_back: Callable[[Path, Path], None], *, bought_before: bool
) -> None:
    if bought_before:
        street.buy()
    street.week("ann", 0)
    shutil.copytree(street.data("ann"), street.data("copy"))
    street.buy()
    street.week("ann")
    put_back(street.data("copy"), street.data("ann"))

    for _ in range(2):
        street.week("ann")

    assert set(street.got.values()) == {1}
    assert street.states() == DONE


def test_a_laptop_set_up_from_another_one_is_another_computer(street: Street) -> None:
    street.buy()
    street.week("ann", 0)
    shutil.copytree(street.data("ann"), street.data("ben"))

    with street.opened("ann") as ann, street.opened("ben") as ben:
        ann.desk.hold()
        with pytest.raises(RunLocked):
            ben.desk.hold()
        street.run(ann, 2)
    street.week("ben")

    assert set(street.got.values()) == {1}
    assert street.states() == DONE


TIDY: dict[str, Callable[[People], object]] = {
    "deleted": lambda people: people.delete_tab("Outbox"),
    "cleared": lambda people: people.delete_rows("Outbox", 2, 4),
    "one row deleted": lambda people: people.delete_rows("Outbox", 3),
    "renamed": lambda people: people.rename("Outbox", "Old letters"),
}


@pytest.mark.parametrize("tidy", TIDY)
def test_an_outbox_tab_that_lost_letters_stops_the_computers_that_do_not_know_them(street: Street, tidy: str) -> None:
    street.buy()
    street.week("ann", 2)
    street.week("ben")
    TIDY[tidy](street.people)

    with pytest.raises(RunStopped) as told:
        street.week("cyd")

    assert "the tab Outbox listed 4 sent letters, and lists" in told.value.what
    assert set(street.got.values()) == {1}
    for laptop in ("ann", "ben"):
        street.week(laptop, 0)
    street.week("cyd")
    assert set(street.got.values()) == {1}
    assert street.states() == DONE


def test_letters_that_were_taken_and_wait_again_are_no_letters_lost(street: Street) -> None:
    street.buy()
    assert street.week("ann", stop="C2").stopped
    assert ("C3", "Waits") in street.states()

    for laptop in ("ben", "ann"):
        street.week(laptop)

    assert set(street.got.values()) == {1}
    assert street.states() == DONE


def test_a_person_may_say_that_the_outbox_tab_is_right_as_it_is(street: Street) -> None:
    street.buy()
    street.week("ann")
    street.people.delete_tab("Outbox")

    street.week("ben", is_sure=True)
    street.week("ben")

    assert set(street.got.values()) == {2}


def test_the_computer_that_knows_every_letter_writes_a_cleared_outbox_tab_anew(street: Street) -> None:
    street.buy()
    street.week("ann")
    street.people.delete_rows("Outbox", 2, 4)

    street.week("ann")

    assert street.states() == DONE


def test_letters_done_long_ago_leave_the_tab_and_are_missed_by_nobody(street: Street) -> None:
    street.buy()
    street.week("ann", 2)
    street.week("ben")
    assert street.states() == DONE
    street.moment += OUTBOX_TAB_KEEPS + timedelta(days=1)
    street.server.now = street.moment.timestamp

    for laptop in ("ann", "ben", "cyd"):
        street.week(laptop)

    assert street.states() == []
    assert set(street.got.values()) == {1}


def test_letters_that_are_lost_are_missed_however_old_the_last_count_is(street: Street) -> None:
    street.buy()
    street.week("ann")
    street.moment += OUTBOX_TAB_KEEPS
    street.server.now = street.moment.timestamp
    street.people.delete_tab("Outbox")

    with pytest.raises(RunStopped):
        street.week("ben")


class Held:
    """A sheet at whose next write of our tabs something comes before."""

    def __init__(self, book: Any, before: Callable[[], object] = lambda: None) -> None:
        self.book, self.before, self.team = book, before, book.team

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(team=self.team)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.book, name)

    def write(self, tabs: "Sequence[OwnTab]") -> str:
        if len(tabs) > 1:
            self.before()
        return str(self.book.write(tabs))


def assert_each_got_one(street: Street) -> None:
    """After some runs in peace each client has one letter, and the tab says so."""
    for _ in range(2):
        street.week("ben")
        street.week("ann")
    assert set(street.got.values()) == {1}
    assert street.states() == DONE


def test_a_laptop_that_slept_before_its_first_claim_sends_nothing_beside_another_one(street: Street) -> None:
    street.week("ben")
    street.buy()
    with street.opened("ann") as ann:
        ann.desk.hold()
        street.sleep(ann, LEASE_LIFE + timedelta(minutes=1))
        with street.opened("ben") as ben:
            street.run(with_workbook(ben, Held(ben.open_book.workbook, lambda: street.run(ann))), 1)

    assert_each_got_one(street)


@dataclass
class Drowsy:
    """What a laptop does with a shared sheet, whose lid is shut right before each append."""

    team: Any
    is_asleep: Event = field(default_factory=Event)
    wakes: Event = field(default_factory=Event)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.team, name)

    def append(self, tab: str, rows: "Sequence[Sequence[OwnCell]]") -> int:
        self.is_asleep.set()
        assert self.wakes.wait(60)
        return int(self.team.append(tab, rows))


def test_a_laptop_that_slept_while_it_claimed_sends_nothing_beside_another_one(street: Street) -> None:
    street.week("ben")
    street.buy()
    laptops: list[tuple[toolkit.Shop, Drowsy]] = []
    is_open = Event()

    def ann_at_work() -> None:
        with street.opened("ann") as ann:
            held = Held(ann.open_book.workbook)
            held.team = Drowsy(held.team)
            drowsy = with_workbook(ann, held)
            laptops.append((drowsy, held.team))
            is_open.set()
            street.run(drowsy)

    with ThreadPoolExecutor(1) as pool:
        work = pool.submit(ann_at_work)
        assert is_open.wait(60)
        [(ann, lid)] = laptops
        assert lid.is_asleep.wait(60)
        street.sleep(ann, LEASE_LIFE + timedelta(minutes=1))

        def open_lid() -> None:
            lid.wakes.set()
            work.result(60)

        with street.opened("ben") as ben:
            street.run(with_workbook(ben, Held(ben.open_book.workbook, open_lid)), 1)

    assert_each_got_one(street)
