"""The scope of a run, which is everything or the jobs that are due."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from toolkit.book import Grid
from toolkit.clock import Clock
from toolkit.config import Config
from toolkit.rules.recurrence import soonest

OCCURRENCES_SHOWN: Final = 30
"""The Week tab tells of so many occurrences that were done."""

_OCCURRENCE: Final = re.compile(r"[^@\s].*@\d{4}(-\d\d){0,2}")


@dataclass(frozen=True, slots=True)
class RunScope:
    """The campaigns of a run, and the occurrences it will have done.

    Args:
        campaigns: the names of those whose turn it is; None is all.
        done: what the Week tab then says is done: occurrence -> when and by whose computer.
    """

    campaigns: frozenset[str] | None = None
    done: Mapping[str, str] = field(default_factory=dict)


FULL_RUN: Final = RunScope()
"""The scope of a run that a person asks for."""


def next_due(config: Config, clock: Clock) -> str:
    """Return the timetable's next time on the shop's wall clock, "" without one."""
    zone = config.shop.zone
    due = soonest(config.timetable.values(), clock.now(), zone)
    return f"{due.astimezone(zone):%Y-%m-%d %H:%M}" if due else ""


def noted(week: Grid, scope: RunScope = FULL_RUN) -> Mapping[str, str]:
    """Return the occurrences done, from the Week tab and a scope, newest last."""
    in_tab = {str(row[0]): str(row[1]) for row in week if len(row) > 1 and _OCCURRENCE.fullmatch(str(row[0]))}
    known = {**in_tab, **scope.done}
    return dict(list(known.items())[-OCCURRENCES_SHOWN:])
