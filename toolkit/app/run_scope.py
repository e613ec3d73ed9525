"""What a run is for: everything, as a person asks for it, or the jobs of the timetable that are due."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from toolkit.app.shop import Shop
from toolkit.rules.recurrence import soonest

KEPT: Final = 30
"""The Week tab tells of so many occurrences that were done."""

_OCCURRENCE: Final = re.compile(r"[^@\s].*@\d{4}(-\d\d){0,2}")


@dataclass(frozen=True, slots=True)
class RunScope:
    """What a run is for.

    Args:
        campaigns: the names of those whose turn it is; None is all.
        done: what the Week tab then says is done: occurrence -> when and by whose computer.
    """

    campaigns: frozenset[str] | None = None
    done: Mapping[str, str] = field(default_factory=dict)


EVERYTHING: Final = RunScope()
"""What a person asks for."""


def next_due(shop: Shop) -> str:
    """When the shop's timetable has its next turn, on the shop's wall clock; "" without a timetable."""
    zone = shop.config.shop.zone
    due = soonest(shop.config.timetable.values(), shop.clock.now(), zone)
    return f"{due.astimezone(zone):%Y-%m-%d %H:%M}" if due else ""


def noted(shop: Shop, errand: RunScope = EVERYTHING) -> Mapping[str, str]:
    """The occurrences that the Week tab says are done, on whichever computer, and those of an errand; newest last."""
    there = {str(row[0]): str(row[1]) for row in shop.week if len(row) > 1 and _OCCURRENCE.fullmatch(str(row[0]))}
    known = {**there, **errand.done}
    return dict(list(known.items())[-KEPT:])
