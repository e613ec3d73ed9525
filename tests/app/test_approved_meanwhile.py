"""A month that another laptop approves while a run or an approval is at work is never lost."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

import toolkit
from tests.app.test_approving import SHOP
from tests.shop_parts import with_channels
from tests.tables import table
from toolkit.app.commands.approving import approve
from toolkit.app.run import weekly_run
from toolkit.book.grid import OwnTab
from toolkit.channels.channel import Mode, Receipt
from toolkit.channels.memory import MemoryChannel
from toolkit.errors import RunLocked, RunStopped
from toolkit.letters.letter import Envelope
from toolkit.sheets.memory import MemoryWorkbook

SEPTEMBER, OCTOBER, TODAY = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 5)
NOON: Final = datetime(2026, 11, 5, 12, tzinfo=UTC)
Laptop = Callable[[str], AbstractContextManager[toolkit.Shop]]


@dataclass
class Meanwhile(MemoryChannel):
    """Lets something happen while a letter is on its way."""

    happens: Callable[[], None] = field(default=lambda: None)

    def send(self, envelope: Envelope, on_the_way: Callable[[], None]) -> Receipt:
        self.happens()
        return super().send(envelope, on_the_way)


class Slow(MemoryWorkbook):
    """A workbook in which something happens right before somebody asks whether it can be written."""

    happens: Callable[[], None] = staticmethod(lambda: None)

    def check_writable(self) -> None:
        self.happens()
        super().check_writable()


@pytest.fixture
def workbook() -> Slow:
    return Slow(
        {**SHOP, "Purchases": [*SHOP["Purchases"], *table("P8 | 2026-11-04 | C001 | Cotton | 1 | 100 | Ann | paid |")]}
    )


@pytest.fixture
def laptop(workbook: Slow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Laptop:
    """Opens the one workbook on a laptop with a journal and a lock of its own."""
    monkeypatch.chdir(tmp_path)

    def opened(name: str, at: datetime = NOON) -> toolkit.Shop:
        monkeypatch.setenv("SHEETCLERK_DATA", str(tmp_path / name))
        return toolkit.open_shop(workbook, clock=toolkit.FixedClock(at))

    with opened("first", NOON - timedelta(days=8)) as shop:
        weekly_run(shop, shop.today)
    return opened


def approved(workbook: MemoryWorkbook) -> list[tuple[object, object]]:
    """Month and staff number of every row that an approval left."""
    return [(row[0], row[1]) for row in workbook.rows()["Bonuses"][1:] if row[-1]]


ROWS: Final = [("2026-10", "S1"), ("2026-10", "S2"), ("2026-10", "")]


def test_an_approval_during_a_run_is_still_there_after_it(laptop: Laptop, workbook: Slow) -> None:
    def approve_elsewhere() -> None:
        with laptop("second") as other:
            approve(other, OCTOBER)

    with laptop("first") as shop:
        channel = Meanwhile(mode=Mode.REHEARSAL, happens=approve_elsewhere)
        report = weekly_run(with_channels(shop, channel), TODAY)
        assert [one.header.campaign for one in report.handled] == ["thank_you"]
    assert approved(workbook) == ROWS
    with laptop("third") as shop:
        assert [one.amount for one in shop.snapshot.bonuses.month(OCTOBER)] == [17_600, 1200]
        assert [one.approved_on for one in shop.snapshot.bonuses.month(OCTOBER)] == [TODAY, TODAY]


def approving(month: date, laptop: Laptop, workbook: Slow) -> Callable[[], None]:
    """What another laptop does meanwhile: it approves a month, once."""

    def approve_elsewhere() -> None:
        workbook.happens = lambda: None
        with laptop("second") as other:
            approve(other, month)

    return approve_elsewhere


def test_of_two_approvals_at_once_the_first_stands_and_the_second_is_refused(laptop: Laptop, workbook: Slow) -> None:
    with laptop("first") as shop:
        workbook.happens = approving(OCTOBER, laptop, workbook)
        with pytest.raises(RunStopped, match="2026-10 was not approved: the Bonuses tab was changed meanwhile"):
            approve(shop, OCTOBER)
    assert approved(workbook) == ROWS


def test_an_earlier_month_that_was_approved_at_the_same_time_is_not_written_over(
    laptop: Laptop, workbook: Slow
) -> None:
    with laptop("first") as shop:
        workbook.happens = approving(SEPTEMBER, laptop, workbook)
        with pytest.raises(RunStopped, match="2026-10 was not approved"):
            approve(shop, OCTOBER)
    assert {month for month, _ in approved(workbook)} == {"2026-09"}
    with laptop("first") as shop:
        approve(shop, OCTOBER)
    assert {month for month, _ in approved(workbook)} == {"2026-09", "2026-10"}


def test_an_approval_that_a_careless_hand_took_away_during_a_run_is_written_again(
    laptop: Laptop, workbook: Slow
) -> None:
    with laptop("first") as shop:
        approve(shop, OCTOBER)

    def clear() -> None:
        workbook.write((OwnTab("Bonuses", tuple(map(str, workbook.rows()["Bonuses"][0])), ()),))

    with laptop("first") as shop:
        channel = Meanwhile(mode=Mode.REHEARSAL, happens=clear)
        weekly_run(with_channels(shop, channel), TODAY)
    assert approved(workbook) == ROWS


def test_on_one_computer_nobody_approves_while_a_run_is_at_work(laptop: Laptop) -> None:
    with laptop("first") as running:
        running.desk.hold()
        with laptop("first") as shop, pytest.raises(RunLocked):
            approve(shop, OCTOBER)
