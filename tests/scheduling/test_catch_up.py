from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.scheduling.memory_agenda import MemoryAgenda
from toolkit.config import Hours, SendingSettings
from toolkit.delivery.agenda import OccurrenceState
from toolkit.errors import RunStopped
from toolkit.rules.recurrence import Every, Recurrence
from toolkit.scheduling.claims import FolderClaims
from toolkit.scheduling.due_check import PAUSES, DueCheck, check_clock
from toolkit.scheduling.jobs import Job, Timetable

NAIROBI = ZoneInfo("Africa/Nairobi")
MONDAYS = Job("weekly", Recurrence(Every.WEEK, time(9), weekdays=(0,)), frozenset({"thank_you"}), 7)
DAILY = Job("birthdays", Recurrence(Every.DAY, time(8)), frozenset({"birthday"}), 0)
SATURDAY = datetime(2026, 11, 21, 9, tzinfo=NAIROBI)


def here(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=NAIROBI).astimezone(UTC)


def wake(
    agenda: MemoryAgenda, now: datetime, folder: Path, sending: SendingSettings | None = None, computer: str = "a"
) -> DueCheck:
    timetable = Timetable((MONDAYS, DAILY), NAIROBI, sending or SendingSettings())
    return DueCheck(agenda, timetable, FolderClaims(folder, f"{computer}-laptop"), now)


def names(agenda: MemoryAgenda, state: OccurrenceState) -> list[str]:
    return sorted(one.id for one in agenda.rows.values() if one.state is state)


def test_the_first_look_only_marks_the_beginning(tmp_path: Path) -> None:
    agenda = MemoryAgenda()
    assert wake(agenda, here(24, 12), tmp_path).look().ready == ()
    assert agenda.rows == {}


def test_three_mondays_passed_one_goes_now_and_two_are_too_late(tmp_path: Path) -> None:
    agenda = MemoryAgenda()
    agenda.note(here(8, 12), [])
    late = wake(agenda, here(24, 12), tmp_path)
    found = late.look()
    assert [one.id for one in found.ready] == ["weekly@2026-11-23", "birthdays@2026-11-24"]
    late.settle()
    begun = late.begin()
    assert begun == tuple(agenda.rows[one.id] for one in found.ready)
    late.finish(begun)
    assert names(agenda, OccurrenceState.DONE) == ["birthdays@2026-11-24", "weekly@2026-11-23"]
    assert [one for one in names(agenda, OccurrenceState.MISSED) if "weekly" in one] == [
        "weekly@2026-11-09",
        "weekly@2026-11-16",
    ]
    assert len(agenda.untold()) == 2 + 15  # and the birthdays of 9 to 23 November


def test_quiet_hours_and_days_let_a_job_rest_until_they_end(tmp_path: Path) -> None:
    agenda, quiet = MemoryAgenda(), SendingSettings(quiet_hours=Hours(time(20), time(10)), quiet_days=("Sunday",))
    agenda.note(here(22, 7), [])
    assert [one.id for one in wake(agenda, here(22, 12), tmp_path, quiet).look().resting] == ["birthdays@2026-11-22"]
    assert [one.id for one in wake(agenda, here(23, 9, 30), tmp_path, quiet).look().resting] == [
        "birthdays@2026-11-23",
        "weekly@2026-11-23",
    ]
    assert len(wake(agenda, here(23, 10), tmp_path, quiet).look().ready) == 2


def test_after_a_failure_the_job_rests_longer_each_time(tmp_path: Path) -> None:
    agenda, now = MemoryAgenda(), here(23, 9)
    agenda.note(here(23, 8, 30), [])
    for pause in (*PAUSES, PAUSES[-1]):
        failed = wake(agenda, now, tmp_path)
        assert len(failed.look().ready) == 1
        failed.begin()
        failed.put_off()
        assert len(wake(agenda, now + pause - timedelta(seconds=1), tmp_path).look().resting) == 1
        now += pause


def test_what_was_begun_and_broken_off_is_told_as_such(tmp_path: Path) -> None:
    agenda = MemoryAgenda()
    agenda.note(here(23, 8, 30), [])
    broken = wake(agenda, here(23, 9), tmp_path)
    broken.look()
    broken.begin()
    later = wake(agenda, here(30, 9), tmp_path)
    later.look()
    later.settle()
    assert agenda.rows["weekly@2026-11-23"].words == "begun and broken off"


def test_two_computers_with_a_folder_in_common_do_an_occurrence_once(tmp_path: Path) -> None:
    mine, theirs = MemoryAgenda(), MemoryAgenda()
    for agenda in (mine, theirs):
        agenda.note(here(23, 8, 30), [])
    first, second = wake(mine, here(23, 9), tmp_path), wake(theirs, here(23, 9), tmp_path, computer="b")
    first.look()
    second.look()
    assert [one.id for one in first.begin()] == ["weekly@2026-11-23"]
    assert second.begin() == ()
    assert theirs.rows["weekly@2026-11-23"].words == "a-laptop"
    assert [one.id for one in first.begin()] == ["weekly@2026-11-23"], "its own claim is taken up again after a crash"


def test_what_another_computer_has_is_no_miss(tmp_path: Path) -> None:
    mine, theirs = MemoryAgenda(), MemoryAgenda()
    for agenda in (mine, theirs):
        agenda.note(here(23, 8, 30), [])
    first = wake(mine, here(23, 9), tmp_path)
    first.look()
    first.begin()
    second = wake(theirs, here(30, 9), tmp_path, computer="b")
    second.look()
    second.settle()
    assert names(theirs, OccurrenceState.ELSEWHERE) == ["weekly@2026-11-23"]


def test_what_the_workbook_says_is_done_is_not_done_again(tmp_path: Path) -> None:
    agenda = MemoryAgenda()
    agenda.note(here(23, 8, 30), [])
    one = wake(agenda, here(23, 9), tmp_path)
    one.look()
    assert one.begin({"weekly@2026-11-23": "2026-11-23 09:00, ann-laptop"}) == ()
    assert names(agenda, OccurrenceState.ELSEWHERE) == ["weekly@2026-11-23"]


def test_what_we_had_begun_and_the_workbook_says_is_done_was_done_here(tmp_path: Path) -> None:
    agenda = MemoryAgenda()
    agenda.note(here(23, 8, 30), [])
    broken = wake(agenda, here(23, 9), tmp_path)
    broken.look()
    broken.begin()
    assert wake(agenda, here(23, 9, 10), tmp_path).begin({"weekly@2026-11-23": "2026-11-23 09:00, a-laptop"}) == ()
    assert names(agenda, OccurrenceState.DONE) == ["weekly@2026-11-23"]


@pytest.mark.parametrize("away", [timedelta(minutes=-1), timedelta(), timedelta(days=60)])
def test_a_clock_that_goes_on_is_trusted(away: timedelta) -> None:
    check_clock(SATURDAY, SATURDAY + away)
    check_clock(None, SATURDAY)


@pytest.mark.parametrize(
    ("away", "how"), [(-timedelta(hours=3), "before the last run"), (timedelta(days=61), "more than 60 days after")]
)
def test_a_clock_that_jumped_sends_nothing_and_says_why(tmp_path: Path, away: timedelta, how: str) -> None:
    agenda = MemoryAgenda()
    agenda.note(SATURDAY, [])
    with pytest.raises(RunStopped, match=how) as stopped:
        wake(agenda, SATURDAY + away, tmp_path).look()
    assert stopped.value.exit_code == 6
    assert agenda.seen() == SATURDAY
    assert agenda.rows == {}
