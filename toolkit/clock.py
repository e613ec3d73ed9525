"""Time, waiting and chance."""

import random
import secrets
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """A source of time."""

    def now(self) -> datetime:
        """Return this moment, in UTC."""
        ...

    def wait(self, seconds: float) -> None:
        """Return after so many seconds."""
        ...


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """Return this moment, in UTC."""
        return datetime.now(UTC)

    def wait(self, seconds: float) -> None:
        """Sleep."""
        time.sleep(seconds)


@dataclass
class FixedClock:
    """A clock for tests and rehearsals that moves only when somebody waits.

    Args:
        moment: its time, with a zone.
        waits: every wait so far, in seconds.
    """

    moment: datetime
    waits: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        """Return its time, in UTC."""
        return self.moment.astimezone(UTC)

    def wait(self, seconds: float) -> None:
        """Move on by so many seconds, at once."""
        self.waits.append(seconds)
        self.moment += timedelta(seconds=seconds)


def chance() -> float:
    """Return a random number from 0 up to 1."""
    return random.random()  # noqa: S311 - it keeps letters apart, and hides nothing


def today_in(zone: ZoneInfo, clock: Clock) -> date:
    """Return the day in the shop's zone."""
    return clock.now().astimezone(zone).date()


def new_code() -> str:
    """Return a random code of 12 letters and digits without look-alikes."""
    marks = [secrets.choice("23456789ABCDEFGHJKMNPQRSTUVWXYZ") for _ in range(12)]
    return "-".join("".join(marks[start : start + 4]) for start in (0, 4, 8))


def new_id() -> str:
    """Return a random id of 20 hex digits."""
    return secrets.token_hex(10)
