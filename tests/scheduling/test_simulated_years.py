"""Years of a timetable in seconds: each occurrence is done once or never, and every miss is told.

The whole soak is ten years, minute by minute, in six zones:
SHEETCLERK_SOAK=1 pytest -s tests/scheduling/test_simulated_years.py
"""

import os
from collections import Counter
from datetime import datetime

import pytest

from tests.scheduling.simulation import ZONES, Laptop, expected, live, seeded, utc
from toolkit.delivery.agenda import OccurrenceState

SOAK = bool(os.environ.get("SHEETCLERK_SOAK"))
YEARS = range(2008, 2018) if SOAK else range(2011, 2012)


def check(laptop: Laptop, owed: dict[str, datetime]) -> Counter[str]:
    """Each occurrence that was owed ended in one way, and nothing was done that was not owed."""
    rows = laptop.agenda.rows
    assert {name: rows[name].due for name in rows if name in owed} == owed
    assert set(laptop.left) <= set(rows)
    assert max(laptop.left.values()) == 1
    states = {name: rows[name].state for name in owed}
    assert set(states.values()) <= {OccurrenceState.DONE, OccurrenceState.MISSED}
    gone = {name for name, state in states.items() if state is OccurrenceState.MISSED}
    assert gone <= laptop.told
    assert laptop.told <= {name for name, one in rows.items() if one.state is OccurrenceState.MISSED}
    doubts = [name for name, state in states.items() if state is OccurrenceState.DONE and not laptop.left[name]]
    assert set(doubts) <= laptop.known
    assert len(doubts) <= laptop.happened["kills"]
    done = len(states) - len(gone) - len(doubts)
    return Counter(owed=len(owed), done=done, missed=len(gone), doubts=len(doubts), on_time=laptop.to_the_minute)


@pytest.mark.parametrize("zone", ZONES)
def test_each_occurrence_is_done_once_or_never_and_every_miss_is_told(zone: str) -> None:
    start, end = utc(YEARS[0]), utc(YEARS[-1] + 1)
    laptop = Laptop(zone, seeded(f"{zone} {len(YEARS)}"))
    live(laptop, start, end, (lambda _: 1) if SOAK else (lambda chance: chance.choice((1, 1, 10, 60))))
    owed = dict(expected(zone, start, end))
    figures = check(laptop, owed)
    assert figures["missed"] > 0
    assert laptop.happened["kills"] > 10
    if SOAK:
        print(f"\n{zone}: {dict(figures)}, {dict(laptop.happened)}")  # noqa: T201 - the soak's figures are what it is for


def test_a_laptop_that_never_sleeps_is_on_time_to_the_minute() -> None:
    start, end = utc(2011), utc(2012)
    laptop = Laptop("America/St_Johns", seeded("awake"))
    owed = expected("America/St_Johns", start, end)
    for moment in (start, *sorted(set(owed.values()))):
        laptop.turns(moment)
    assert laptop.to_the_minute == len(owed)
