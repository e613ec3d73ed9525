"""Earnings of each person from a month's own sales."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from toolkit.book import Purchase, Scheme, StaffMember
from toolkit.rules.bands import METHODS
from toolkit.rules.bonuses.contribution import Credit, summed
from toolkit.rules.bonuses.payout import Earned, Month, bands_of, earned, pool_of, pool_shares
from toolkit.rules.bonuses.returns import CameBack, Returned, Sales
from toolkit.rules.bonuses.rulebook import Rulebook
from toolkit.rules.largest_remainder import natural, parted
from toolkit.rules.rounding import half_up


@dataclass(frozen=True, slots=True)
class Person:
    """One person's month before returns of earlier sales.

    Credits are exact, in minor units.

    Args:
        credit: all weighted credit.
        counted: what of it the scheme pays for; sales whose payout is shared are paid on their own.
        earned: how the scheme and the shared sales came to their sum.
        from_counted: what the scheme alone pays, exact.
        sales: the lines behind it.
    """

    scheme: Scheme
    credit: Fraction
    counted: Fraction
    earned: Earned
    from_counted: Fraction
    sales: tuple[Credit, ...]


class Earnings:
    """A month's sales under the rules of that month.

    Args:
        rules: of the month.
        sales: of every month.
    """

    def __init__(self, rules: Rulebook, sales: Sales) -> None:
        self.rules = rules
        self._sales = sales
        self._schemes = {member.number: rules.scheme_of(member) for member in rules.staff}
        self._persons: dict[str, Person] = {}

    def person(self, member: StaffMember) -> Person:
        """Work out the earnings of a staff member's sales."""
        if member.number not in self._persons:
            self._persons[member.number] = self._person(member)
        return self._persons[member.number]

    @cached_property
    def credits(self) -> tuple[Credit, ...]:
        """Credit every line that counts to its staff.

        These are sales, and returns of the month's own sales.
        """
        month = self.rules.month
        sold = ((line, line.amount, line) for line in self._sales.sold(month))
        back = [
            (returned.sale, returned.line.amount, returned.line)
            for returned in self._sales.returned(month)
            if self._is_own(returned)
        ]
        found = (
            replace(credit, day=line.date, back=line is not sale)
            for sale, amount, line in (*sold, *back)
            for credit in self.rules.weights.credits(sale, amount)
            if self._counts(sale, credit.staff) and self._counts(line, credit.staff)
        )
        return tuple(found)

    def _is_own(self, back: CameBack) -> bool:
        return back.month >= self.rules.month

    def _counts(self, sale: Purchase, staff: str) -> bool:
        scheme = self._schemes.get(staff)
        basis = scheme.basis if scheme else self.rules.usual.basis
        return sale.is_paid or basis == "ordered"

    @cached_property
    def _by_person(self) -> Mapping[str, tuple[Credit, ...]]:
        found: dict[str, list[Credit]] = {}
        for credit in self.credits:
            found.setdefault(credit.staff, []).append(credit)
        return {who: tuple(credits_) for who, credits_ in found.items()}

    @cached_property
    def _sums(self) -> Mapping[str, Fraction]:
        return summed(self.credits)

    @cached_property
    def team(self) -> Fraction:
        """Return the exact weighted credit of everybody."""
        return sum(self._sums.values(), Fraction(0))

    # one person

    def _person(self, member: StaffMember) -> Person:
        scheme = self._schemes.get(member.number) or self.rules.scheme_of(member)
        sales = self._by_person.get(member.number, ())
        alone = [sale for sale in sales if self._lead(sale.sale)]
        credit = sum((part.credit for part in sales), Fraction(0))
        counted = credit - sum((part.credit for part in alone), Fraction(0))
        found = earned(
            scheme, self.rules.bands_of(scheme), self._month(member, counted), self._from_pool(member, scheme)
        )
        shared = sum((self._shared(part) for part in alone), Fraction(0))
        return Person(
            scheme, credit, counted, replace(found, amount=found.amount + shared, shared=shared), found.amount, sales
        )

    def _month(self, member: StaffMember, counted: Fraction) -> Month:
        sales = self._by_person.get(member.number, ())
        is_of = self.rules.weights.is_of
        return Month(
            credit=counted,
            target=self.rules.target(member.number),
            team=self.team,
            plan=self.rules.target(),
            credit_of=lambda what: sum((part.credit for part in sales if is_of(part.sale.product, what)), Fraction(0)),
            target_of=lambda what: self.rules.target(member.number, what),
        )

    def _from_pool(self, member: StaffMember, scheme: Scheme) -> Fraction:
        if scheme.pays != "pool":
            return Fraction(0)
        mates = [member.number for member in self.rules.staff if self._schemes[member.number].scheme == scheme.scheme]
        sums = {who: self._sums.get(who, Fraction(0)) for who in mates}
        plans = {who: self.rules.target(who) or 0 for who in mates}
        pool = half_up(pool_of(scheme, sum(sums.values(), Fraction(0))))
        return Fraction(parted(pool, pool_shares(scheme, sums, plans)).get(member.number, 0))

    # sales whose payout is shared

    def _lead(self, sale: Purchase) -> Scheme | None:
        """Return the scheme that pays for a shared sale on its own.

        It is that of the largest part; None where credit is shared.
        """
        if len(sale.credits) < 2:  # noqa: PLR2004 - a sale of one person is not shared
            return None
        lead = min(_shares(sale).items(), key=lambda share: (-share[1], natural(share[0])))[0]
        scheme = self._schemes.get(lead)
        return scheme if scheme and scheme.shared == "payout" and not scheme.faults else None

    def _shared(self, credit: Credit) -> Fraction:
        """Return a person's part of what a shared sale pays.

        Returns take their proportion back.
        """
        scheme = self._lead(credit.sale)
        if scheme is None or not credit.part or not credit.sale.amount:
            return Fraction(0)
        bands = bands_of(self.rules.bands_of(scheme), Fraction(1))
        whole = half_up(METHODS[scheme.method](credit.sale.amount * Fraction(credit.weight), bands)) if bands else 0
        shares = _shares(credit.sale)
        part = parted(whole, shares).get(credit.staff, 0)
        return part * (credit.part / shares[credit.staff]) * Fraction(credit.amount, credit.sale.amount)

    # returns of earlier sales

    @cached_property
    def returns(self) -> tuple[Returned, ...]:
        """Yield each person's part of returns of earlier months' sales.

        Their rate is not known yet.
        """
        return tuple(
            lost
            for back in self._sales.returned(self.rules.month)
            if not self._is_own(back)
            for lost in self._lost(back)
        )

    def _lost(self, back: CameBack) -> Iterator[Returned]:
        for whole in self.rules.weights.credits(back.sale, back.line.amount):
            scheme = self._schemes.get(whole.staff, Scheme(""))
            full = scheme.returns == "full"
            lost = replace(whole, amount=-back.sale.amount if back.first else 0) if full else whole
            days = (back.line.date - back.sale.date).days
            too_late = scheme.returns_within is not None and days > scheme.returns_within
            fixed = self._shared(lost) if self._lead(back.sale) else None
            if self._counts(back.sale, whole.staff) and self._counts(back.line, whole.staff):
                yield Returned(whole.staff, back.sale, back.line.date, lost, too_late, fixed=fixed)


def _shares(sale: Purchase) -> Mapping[str, Fraction]:
    """Return each person's share of a sale.

    The share of unknown people stands under "".
    """
    found: dict[str, Fraction] = {}
    for who, share in sale.credits:
        found[who] = found.get(who, Fraction(0)) + Fraction(share)
    rest = 1 - sum(found.values(), Fraction(0))
    return {**found, "": rest} if rest else found
