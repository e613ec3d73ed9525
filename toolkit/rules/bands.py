"""Half-open bands from one threshold to the next.

Reaching a threshold is enough, and only lower bounds are stored.

Source: RULES.md, Bands and thresholds; its published examples are this rule's tests.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final, TypeAlias


@dataclass(frozen=True, slots=True)
class Band:
    """A rate from `start` up to the start of the next band.

    Args:
        start: in minor units.
        rate: a share.
        inclusive: whether reaching `start` is enough; False for shops that say "over".
    """

    start: int | Fraction
    rate: Fraction
    inclusive: bool = True

    def is_reached(self, amount: int | Fraction) -> bool:
        """Return True if an amount stands in this band or above it."""
        return self.start <= amount if self.inclusive else self.start < amount


def band_of(amount: int | Fraction, bands: Sequence[Band]) -> Band:
    """Return the band that an amount has reached.

    An amount below the first band counts to the first.
    """
    reached = [band for band in bands if band.is_reached(amount)]
    return reached[-1] if reached else bands[0]


def whole(amount: int | Fraction, bands: Sequence[Band]) -> Fraction:
    """Apply the reached band's rate to everything.

    520 on 0/500/3000 at 25/30/40 % is 156.
    """
    return amount * band_of(amount, bands).rate


def slice_by_slice(amount: int | Fraction, bands: Sequence[Band]) -> Fraction:
    """Apply each band's rate to its own part.

    520 on 0/500/3000 at 25/30/40 % is 131.
    """
    ends = [*(band.start for band in bands[1:]), None]
    return sum((_part(amount, band.start, end) * band.rate for band, end in zip(bands, ends, strict=True)), Fraction(0))


def _part(amount: int | Fraction, start: int | Fraction, end: int | Fraction | None) -> Fraction:
    """Return how much of an amount lies between two thresholds."""
    top = amount if end is None else min(amount, end)
    return Fraction(max(top - start, 0))


def interpolate(amount: int | Fraction, bands: Sequence[Band]) -> Fraction:
    """Raise the rate evenly from each band's start to the next.

    Beyond the last band it stays.
    """
    here = band_of(amount, bands)
    above = next((band for band in bands if band.start > here.start), None)
    if above is None or amount < here.start:
        return amount * here.rate
    way = Fraction(amount - here.start) / (above.start - here.start)
    return amount * (here.rate + way * (above.rate - here.rate))


Method: TypeAlias = Callable[[Fraction, Sequence[Band]], Fraction]
"""How bands pay for an amount in minor units; exact."""

METHODS: Final[Mapping[str, Method]] = {
    "slice": slice_by_slice,
    "whole": whole,
    "interpolate": interpolate,
}
"""The named methods; none is ever guessed."""


def cliffs(bands: Sequence[Band], method: Method) -> Iterator[Band]:
    """Return the bands at whose start earning more pays less."""
    for band in bands[1:]:
        before, after = (Fraction(band.start + step) for step in ((-1, 0) if band.inclusive else (0, 1)))
        if method(after, bands) < method(before, bands):
            yield band


def falling(bands: Sequence[Band]) -> Iterator[Band]:
    """Return the bands with a lower rate than the band below."""
    return (above for below, above in pairwise(bands) if above.rate < below.rate)
