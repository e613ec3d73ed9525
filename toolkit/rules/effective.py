"""Which rows of a ladder hold on a day: those of the latest From date that is not after it."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar


class Dated(Protocol):
    """A row with a From date and a threshold in minor units, or of an attainment."""

    @property
    def since(self) -> date:
        """From which day it holds."""
        ...

    @property
    def from_amount(self) -> int | Decimal:
        """From which amount it holds."""
        ...


Step = TypeVar("Step", bound=Dated)


def ladder_on(steps: Iterable[Step], day: date) -> tuple[Step, ...]:
    """The whole ladder of a day, lowest step first; empty before the first From date."""
    held = [step for step in steps if step.since <= day]
    latest = max((step.since for step in held), default=None)
    return tuple(sorted((step for step in held if step.since == latest), key=lambda step: step.from_amount))


def reached(amount: int, ladder: tuple[Step, ...]) -> Step | None:
    """The highest step that an amount has reached; a net return below zero still stands on the first."""
    steps = [step for step in ladder if step.from_amount <= max(amount, 0)]
    return steps[-1] if steps else None


def next_step(amount: int, ladder: tuple[Step, ...]) -> Step | None:
    """The lowest step that an amount has not reached."""
    return next((step for step in ladder if step.from_amount > max(amount, 0)), None)
