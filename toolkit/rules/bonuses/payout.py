"""One person's earnings of a month under a scheme (RULES.md, Bonus)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from toolkit.book import Scheme
from toolkit.book.parse.amounts import Level
from toolkit.book.parse.shares import OWN, TEAM, Measure
from toolkit.book.tabs.ladders import BonusBand
from toolkit.rules.bands import METHODS, Band

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Month:
    """A month as a scheme sees it.

    Credits and plans are in minor units.

    Args:
        credit: the person's weighted credit.
        target: the person's own plan; None without one.
        team: the weighted credit of everybody.
        plan: the plan of the whole; None without one.
        credit_of: the person's weighted credit for a product or category.
        target_of: the person's own plan for it; None without one.
    """

    credit: Fraction
    target: int | None
    team: Fraction
    plan: int | None
    credit_of: Callable[[str], Fraction]
    target_of: Callable[[str], int | None]

    def attainment(self, what: str = OWN) -> Fraction | None:
        """Return the share of a plan that was reached, or None."""
        pairs = {OWN: (self.credit, self.target), TEAM: (self.team, self.plan)}
        credit, target = pairs[what] if what in pairs else (self.credit_of(what), self.target_of(what))
        return credit / target if target else None


class Scored(NamedTuple):
    """One measure of a scorecard with the part that counts."""

    measure: Measure
    attainment: Fraction
    counts: Fraction


class Slice(NamedTuple):
    """One part of a credit and its pay before rounding.

    The end is None at the top.
    """

    start: Fraction
    end: Fraction | None
    amount: Fraction
    rate: Fraction
    pays: Fraction


@dataclass(frozen=True, slots=True)
class Earned:
    """A scheme's pay before rounding, with its steps.

    Args:
        amount: exact, in minor units; with shared.
        attainment: what it was measured by; None where a scheme looks at no plan.
        slices: the bands that paid.
        scores: the measures of a scorecard.
        below: whether the threshold was not reached.
        is_capped: whether the cap took something away.
        held: why nothing could be worked out: "no-plan", "no-scheme"; "" where it could.
        shared: what sales pay whose payout is shared.
    """

    amount: Fraction = ZERO
    attainment: Fraction | None = None
    slices: tuple[Slice, ...] = ()
    scores: tuple[Scored, ...] = ()
    below: bool = False
    is_capped: bool = False
    held: str = ""
    shared: Fraction = ZERO


def earned(scheme: Scheme, bands: Sequence[BonusBand], month: Month, from_pool: Fraction = ZERO) -> Earned:
    """Work out what a person's month earns.

    Args:
        scheme: with its method named.
        bands: the scheme's rows that hold that month.
        month: what was sold and planned.
        from_pool: the person's part of the pool, for schemes that share one.
    """
    if scheme.faults or (scheme.pays == "bands" and not bands):
        return Earned(held="no-scheme")
    if scheme.pays == "pool":
        return Earned(from_pool)
    if scheme.pays == "bands" and scheme.measure == "amount":
        return _capped(scheme, _by_bands(scheme, bands, month, Fraction(1)))
    return _capped(scheme, _by_plan(scheme, bands, month))


def _by_plan(scheme: Scheme, bands: Sequence[BonusBand], month: Month) -> Earned:
    scores = tuple(_scores(scheme, month))
    if any(score is None for score in scores) or (scheme.pays != "scorecard" and not month.target):
        return Earned(held="no-plan")
    if scheme.pays == "bands":
        return _by_bands(scheme, bands, month, Fraction(month.target or 1))
    known = tuple(score for score in scores if score)
    reached = (
        sum((score.counts * Fraction(score.measure.weight) for score in known), ZERO) if known else month.attainment()
    )
    return _by_attainment(scheme, month, reached or ZERO, known)


def _scores(scheme: Scheme, month: Month) -> Iterator[Scored | None]:
    for measure in scheme.scorecard if scheme.pays == "scorecard" else ():
        reached = month.attainment(measure.name)
        cap = None if measure.cap is None else Fraction(measure.cap)
        yield None if reached is None else Scored(measure, reached, reached if cap is None else min(reached, cap))


def _by_attainment(scheme: Scheme, month: Month, reached: Fraction, scores: tuple[Scored, ...]) -> Earned:
    """Pay evenly up to 100 %, faster above, nothing below the threshold."""
    if is_below(scheme.threshold, month.credit, reached):
        return Earned(attainment=reached, scores=scores, below=True)
    over = max(reached - 1, ZERO)
    part = max(min(reached, Fraction(1)), ZERO) + over * Fraction(scheme.accelerator)
    return Earned(part * (scheme.at_target or 0), reached, scores=scores)


def is_below(threshold: Level | None, credit: Fraction, reached: Fraction | None) -> bool:
    """Return True if there is a threshold and it was missed.

    Reaching the number is enough.
    """
    if isinstance(threshold, Decimal):
        return reached is None or reached < Fraction(threshold)
    return threshold is not None and credit < threshold


def _by_bands(scheme: Scheme, bands: Sequence[BonusBand], month: Month, unit: Fraction) -> Earned:
    """Pay by bands over a credit.

    Bands of an attainment start at shares of the person's own plan.
    """
    credit, reached = max(month.credit, ZERO), month.attainment()
    if is_below(scheme.threshold, month.credit, reached):
        return Earned(attainment=reached, below=True)
    held = bands_of(bands, unit)
    amount = METHODS[scheme.method](credit, held)
    shown = reached if scheme.measure == "attainment" else None
    return Earned(amount, shown, tuple(_slices(scheme.method, credit, held)))


def bands_of(rows: Sequence[BonusBand], unit: Fraction) -> tuple[Band, ...]:
    """Turn rows into bands over minor units."""
    return tuple(Band(Fraction(row.from_amount) * unit, Fraction(row.rate)) for row in rows)


def _slices(method: str, credit: Fraction, bands: Sequence[Band]) -> Iterator[Slice]:
    """Return the parts that paid.

    With slice each band pays its own part, else one rate pays all.
    """
    if method != "slice":
        amount = METHODS[method](credit, bands)
        reached = [band for band in bands if band.start <= credit][-1:]
        start = Fraction(reached[0].start) if reached else ZERO
        yield Slice(start, None, credit, amount / credit if credit else ZERO, amount)
        return
    for place, band in enumerate(bands):
        end = Fraction(bands[place + 1].start) if place + 1 < len(bands) else None
        amount = max((credit if end is None else min(credit, end)) - band.start, ZERO)
        if amount or place == 0:
            yield Slice(Fraction(band.start), end, amount, band.rate, amount * band.rate)


def _capped(scheme: Scheme, found: Earned) -> Earned:
    if scheme.cap is None:
        return found
    is_share = isinstance(scheme.cap, Decimal)
    most = Fraction(scheme.cap) * (scheme.at_target or 0) if is_share else Fraction(scheme.cap)
    return replace(found, amount=most, is_capped=True) if found.amount > most else found


def pool_of(scheme: Scheme, team: Fraction) -> Fraction:
    """Return the exact sum that a pool shares out.

    It is a fixed sum, or a share of the team's weighted credit.
    """
    if scheme.pool is None:
        return ZERO
    return max(team, ZERO) * Fraction(scheme.pool) if isinstance(scheme.pool, Decimal) else Fraction(scheme.pool)


def pool_shares(
    scheme: Scheme, credits_: Mapping[str, Fraction], own_plans: Mapping[str, int]
) -> Mapping[str, Fraction]:
    """Return the credit of everybody who reached the pool's threshold."""
    shares = {}
    for who, credit in credits_.items():
        plan = own_plans.get(who)
        if credit > 0 and not is_below(scheme.threshold, credit, credit / plan if plan else None):
            shares[who] = credit
    return shares
