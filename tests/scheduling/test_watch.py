"""`watch` with a clock that only the wait moves: the real schedule library ticks, and nobody sleeps."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

import toolkit
from tests.scheduling.conftest import NewDesk
from tests.scheduling.desk import NAIROBI, SATURDAY, WEEKLY
from toolkit.scheduling.ticker import SECONDS, watch


@dataclass
class LastingClock(toolkit.FixedClock):
    """Ctrl-C comes at its end; before that a wait may last far longer, as when a laptop's lid is shut."""

    end: datetime = SATURDAY
    sleep_at: datetime | None = None
    sleep_for: timedelta = timedelta()

    def wait(self, seconds: float) -> None:
        super().wait(seconds)
        if self.sleep_at and self.moment >= self.sleep_at:
            self.moment, self.sleep_at = self.moment + self.sleep_for, None
        if self.moment >= self.end:
            raise KeyboardInterrupt


def test_it_looks_once_a_minute() -> None:
    ticks: list[datetime] = []
    clock = LastingClock(SATURDAY, end=SATURDAY + timedelta(hours=1))
    with pytest.raises(KeyboardInterrupt):
        watch(lambda: ticks.append(clock.now()), clock)
    assert 60 <= len(ticks) <= 61
    assert max(clock.waits) <= SECONDS


def test_it_does_monday_at_nine_though_the_lid_was_shut(new_desk: NewDesk) -> None:
    clock = LastingClock(
        SATURDAY,
        end=datetime(2026, 11, 23, 9, 40, tzinfo=NAIROBI),
        sleep_at=SATURDAY + timedelta(minutes=5),
        sleep_for=timedelta(hours=45, minutes=3),
    )
    desk = new_desk(WEEKLY, clock=clock, looked=False)
    watched = desk("watch")
    assert watched.exit_code == 0
    assert watched.stdout.count("done     weekly@2026-11-23") == 1
    assert watched.stdout.endswith("Stopped watching.\n")
    assert len(desk.letters()) == 14


def test_where_there_is_no_shop_the_watch_does_not_begin(new_desk: NewDesk) -> None:
    desk = new_desk(clock=LastingClock(SATURDAY, end=SATURDAY + timedelta(minutes=4)), looked=False)
    (desk.folder / "sheetclerk.toml").unlink()
    watched = desk("watch")
    assert watched.exit_code == 4
    assert watched.stderr.count("next: ") == 1


def test_a_failure_does_not_end_the_watch(new_desk: NewDesk) -> None:
    clock = LastingClock(SATURDAY, end=SATURDAY + timedelta(minutes=4))
    desk = new_desk(clock=clock, looked=False)
    watched = desk("watch", "-q")
    assert (watched.exit_code, watched.stdout) == (0, "")
    assert watched.stderr.count("[timetable] has no jobs") >= 4
    assert len(desk.notices()) == 1
