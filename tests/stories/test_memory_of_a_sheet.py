"""What was sent is known from the sheet where a journal is not: put back from a copy, or never there."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

import toolkit
from tests.sheets.google.sheet_desk import made_of
from tests.sheets_server.people import People
from tests.sheets_server.server import SheetsServer
from toolkit.channels.memory import MemoryChannel
from toolkit.clock import FixedClock
from toolkit.errors import RunStopped
from toolkit.shop import SEEN
from toolkit.wiring.google_key import USUAL
from toolkit.wiring.sheet_door import EMULATOR

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
    people: People
    monkeypatch: pytest.MonkeyPatch
    got: Counter[str] = field(default_factory=Counter)

    def data(self, laptop: str) -> Path:
        return self.folder / laptop

    def buy(self) -> None:
        """Every client buys something, so that a thank-you is due."""
        self.people.lay("Purchases", [TABS["Purchases"][0], *BOUGHT])

    def week(self, laptop: str, limit: int | None = None, *, is_sure: bool = False) -> toolkit.RunReport:
        """One run of a laptop, of which at most so many letters leave."""
        self.monkeypatch.setenv("SHEETCLERK_DATA", str(self.data(laptop)))
        with toolkit.open_shop(self.folder, clock=FixedClock(MORNING)) as shop:
            shop.make_ready = lambda: None
            channel = MemoryChannel()
            shop.channels = (channel,)
            shop.hold()
            for letter in shop.plan_week(shop.today).letters:
                shop.outbox.journal.write_note(SEEN + letter.words_id, "looked at")
            report = toolkit.weekly_run(shop, shop.today, limit, is_sure=is_sure)
        self.got.update(one.letter.client for one in channel.envelopes)
        return report

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
        yield Street(tmp_path, people, monkeypatch)


DONE = [("C1", "Done"), ("C2", "Done"), ("C3", "Done"), ("C4", "Done")]


@pytest.mark.parametrize("bought_before", [False, True], ids=["it knew no letter", "its letters waited"])
def test_a_journal_put_back_from_an_older_copy_sends_nothing_twice(street: Street, *, bought_before: bool) -> None:
    if bought_before:
        street.buy()
    street.week("ann", 0)
    shutil.copytree(street.data("ann"), street.data("copy"))
    street.buy()
    street.week("ann")
    shutil.rmtree(street.data("ann"))
    shutil.copytree(street.data("copy"), street.data("ann"))

    for _ in range(2):
        street.week("ann")

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

    assert "the tab Outbox told of 4 letters, and tells of" in told.value.what
    assert set(street.got.values()) == {1}
    for laptop in ("ann", "ben"):
        street.week(laptop, 0)
    street.week("cyd")
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
