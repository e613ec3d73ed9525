from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from toolkit.rules.recurrence import Every, Recurrence, moment_of, ordinal, soonest

BERLIN = ZoneInfo("Europe/Berlin")
NAIROBI = ZoneInfo("Africa/Nairobi")
DAILY = Recurrence(Every.DAY, time(8))
MONDAYS = Recurrence(Every.WEEK, time(9), weekdays=(0,))
FIRST = Recurrence(Every.MONTH, time(10))
LAST_DAY = Recurrence(Every.MONTH, time(10), day=31)
LEAP = Recurrence(Every.YEAR, time(10), day=29, month=2)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def days(rule: Recurrence, start: date, number: int) -> list[str]:
    return [day.isoformat() for day in islice(rule.days_from(start), number)]


def test_each_rule_has_its_days() -> None:
    saturday = date(2026, 11, 21)
    assert days(DAILY, saturday, 2) == ["2026-11-21", "2026-11-22"]
    assert days(MONDAYS, saturday, 2) == ["2026-11-23", "2026-11-30"]
    assert days(Recurrence(Every.WEEK, time(9), weekdays=(0, 3)), saturday, 3) == [
        "2026-11-23",
        "2026-11-26",
        "2026-11-30",
    ]
    assert days(FIRST, saturday, 2) == ["2026-12-01", "2027-01-01"]


def test_the_31st_is_the_last_day_of_a_month_and_29_february_the_28th_in_common_years() -> None:
    assert days(LAST_DAY, date(2027, 1, 31), 4) == ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]
    assert days(Recurrence(Every.MONTH, time(10), day=30), date(2028, 2, 1), 2) == ["2028-02-29", "2028-03-30"]
    assert days(LEAP, date(2026, 3, 1), 3) == ["2027-02-28", "2028-02-29", "2029-02-28"]


@pytest.mark.parametrize(
    ("rule", "name"), [(DAILY, "2026-11-23"), (MONDAYS, "2026-11-23"), (FIRST, "2026-11"), (LEAP, "2026")]
)
def test_an_occurrence_is_named_by_its_day_month_or_year(rule: Recurrence, name: str) -> None:
    assert rule.name_of(date(2026, 11, 23)) == name


@pytest.mark.parametrize(
    ("zone", "day", "at", "moment"),
    [
        ("Europe/Berlin", date(2026, 3, 28), time(2, 30), "2026-03-28T01:30"),
        ("Europe/Berlin", date(2026, 3, 29), time(2, 30), "2026-03-29T01:00"),  # 02:00 to 03:00 is left out
        ("Europe/Berlin", date(2026, 3, 29), time(3), "2026-03-29T01:00"),
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30), "2026-10-25T00:30"),  # comes twice, the first is in summer
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-03T15:30"),  # a gap of half an hour
        ("America/St_Johns", date(2010, 3, 14), time(0, 30), "2010-03-14T03:31"),  # from 00:01 to 01:01
        ("America/St_Johns", date(2010, 11, 6), time(23, 30), "2010-11-07T02:00"),  # the 6th comes back at 00:01
        ("Pacific/Apia", date(2011, 12, 30), time(9), "2011-12-30T10:00"),  # a day that never was
        ("Africa/Cairo", date(2026, 4, 24), time(0), "2026-04-23T22:00"),  # midnight is left out
    ],
)
def test_a_gap_runs_at_the_first_minute_after_and_a_double_hour_the_first_time(
    zone: str, day: date, at: time, moment: str
) -> None:
    assert moment_of(day, at, ZoneInfo(zone)) == utc(moment)


def test_what_comes_due_lies_after_one_moment_and_until_the_other() -> None:
    due = utc("2026-11-23T06:00")
    assert list(MONDAYS.between(due - timedelta(minutes=1), due, NAIROBI)) == [(date(2026, 11, 23), due)]
    assert list(MONDAYS.between(due, due + timedelta(days=6), NAIROBI)) == []
    assert len(list(DAILY.between(due, due + timedelta(days=30), BERLIN))) == 30


def test_the_soonest_of_all_rules_is_known() -> None:
    now = utc("2026-11-23T06:00")
    assert soonest([MONDAYS, FIRST], now, NAIROBI) == utc("2026-11-30T06:00")
    assert soonest([], now, NAIROBI) is None


@pytest.mark.parametrize(
    ("rule", "day", "late", "until"),
    [
        (FIRST, date(2026, 12, 1), 3, "2026-12-04T21:00"),  # the end of the 4th in Nairobi
        (DAILY, date(2026, 12, 1), 0, "2026-12-01T21:00"),
        (DAILY, date(2026, 12, 1), 7, "2026-12-02T05:00"),  # the next day has its own turn
        (MONDAYS, date(2026, 11, 23), 7, "2026-11-30T06:00"),
        (LAST_DAY, date(2026, 11, 30), 3, "2026-11-30T21:00"),  # not in December what is November's
        (Recurrence(Every.YEAR, time(10), day=31, month=12), date(2026, 12, 31), 3, "2026-12-31T21:00"),
    ],
)
def test_each_has_a_last_chance(rule: Recurrence, day: date, late: int, until: str) -> None:
    assert rule.last_chance(day, NAIROBI, late) == utc(until)


def by_minutes(rule: Recurrence, zone: ZoneInfo, start: datetime, minutes: int) -> Iterator[tuple[date, datetime]]:
    """The plain way: the first minute of each day on which the wall clock has reached the time."""
    reached: set[date] = set()
    first = start.astimezone(zone).date()
    for ahead in range(minutes):
        moment = start + timedelta(minutes=ahead)
        wall = moment.astimezone(zone)
        passed = wall.date() if wall.time() >= rule.at else wall.date() - timedelta(days=1)
        if passed not in reached and next(rule.days_from(passed)) == passed and passed > first:
            reached.add(passed)
            yield passed, moment


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Africa/Cairo"])
@pytest.mark.parametrize("at", [time(0), time(0, 1), time(2, 15), time(23, 45)])
def test_the_quick_way_and_minute_by_minute_agree_around_a_change_of_the_clocks(zone: str, at: time) -> None:
    here, rule = ZoneInfo(zone), Recurrence(Every.DAY, at)
    for start in (utc("2010-03-12T12:00"), utc("2010-11-05T12:00"), utc("2026-10-02T12:00"), utc("2026-10-23T12:00")):
        plain = list(by_minutes(rule, here, start, 4 * 24 * 60))
        quick = [one for one in rule.between(start, plain[-1][1], here) if one[0] > start.astimezone(here).date()]
        assert quick == plain


@pytest.mark.parametrize(("number", "words"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (22, "22nd")])
def test_ordinals(number: int, words: str) -> None:
    assert ordinal(number) == words
