"""One person's bonus, line by line, in words that can be pasted to the person who asks (RULES.md, Explain)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Final, NamedTuple

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from toolkit.book.i18n import Words
from toolkit.book.parse.amounts import Level
from toolkit.book.parse.shares import OWN, TEAM
from toolkit.letters.speech import day, money, share
from toolkit.rules.bonuses.contribution import Credit
from toolkit.rules.bonuses.monthly import Bonus
from toolkit.rules.bonuses.payout import Scored, Slice
from toolkit.rules.bonuses.returns import Returned
from toolkit.rules.months import months_after
from toolkit.rules.rounding import half_up

DIGITS: Final = 6
"""So many digits behind the point are enough for any weight times any share of a sum."""
NO_NAMES: Final[Mapping[str, str]] = {}


class Part(NamedTuple):
    """One part of a statement.

    Args:
        title: what it holds.
        says: sentences below the title.
        headings: of the rows; none where the rows speak for themselves.
        rows: cells as texts; the last one is a sum.
    """

    title: str
    says: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Statement:
    """A whole statement, ready to be laid out as text or as a page."""

    title: str
    lead: str
    parts: tuple[Part, ...]
    total: tuple[str, str]
    says: tuple[str, ...]


@dataclass(frozen=True)
class Pen:
    """How sums, shares and days are written.

    Args:
        words: the words of one language.
        currency: three letters.
        decimals: how many digits its minor units have.
    """

    words: Words
    currency: str
    decimals: int

    def say(self, key: str, **values: str) -> str:
        """A sentence."""
        return self.words.say("bonus", key, **values)

    def money(self, minor: int) -> str:
        """A whole number of minor units with its currency."""
        return money(minor, self.currency, self.decimals, self.words.language)

    def sum(self, minor: Fraction) -> str:
        """An exact sum, with all its digits: 12,648.006."""
        exact = Decimal(half_up(minor * 10**DIGITS)).scaleb(-DIGITS - self.decimals).normalize()
        places = max(self.decimals, -int(exact.as_tuple().exponent))
        return str(format_decimal(exact, f"#,##0{'.' if places else ''}{'0' * places}", locale=self._locale))

    def share(self, part: Fraction | Decimal) -> str:
        """A share as a percentage of at most two decimals."""
        return share(Decimal(half_up(Fraction(part) * 10_000)) / 10_000, self.words.language)

    def level(self, level: Level) -> str:
        """A threshold: a sum or a share."""
        return self.share(level) if isinstance(level, Decimal) else self.money(level)

    def day(self, when: date) -> str:
        """A day with its year."""
        return f"{day(when, self.words.language)} {when.year}"

    def month(self, first: date) -> str:
        """A month by its name: April 1998."""
        return str(format_date(first, "LLLL yyyy", locale=self._locale))

    @cached_property
    def _locale(self) -> Locale:
        return Locale.parse("en_GB" if self.words.language == "en" else self.words.language, sep="_")


def statement(bonus: Bonus, pen: Pen, as_of: date, names: Mapping[str, str] = NO_NAMES) -> Statement:
    """One person's month in words.

    Args:
        bonus: the month.
        pen: how it is written.
        as_of: the day for which it was worked out.
        names: what products are called, by product.
    """
    return _Account(bonus, pen, names).statement(as_of)


class _Account:
    def __init__(self, bonus: Bonus, pen: Pen, names: Mapping[str, str]) -> None:
        self._bonus = bonus
        self._pen = pen
        self._names = names

    def statement(self, as_of: date) -> Statement:
        bonus, pen = self._bonus, self._pen
        day_key, when = ("approved", bonus.approved_on) if bonus.approved_on else ("as_of", as_of)
        parts = (self._sales(), self._how(), self._returned(), self._adjusted(), self._brought())
        return Statement(
            title=pen.say("title", name=bonus.staff.name or bonus.staff.number, month=pen.month(bonus.month)),
            lead=pen.say(day_key, day=pen.day(when)),
            parts=tuple(part for part in parts if part.rows or part.says),
            total=(pen.say("total", month=pen.month(bonus.month)), pen.money(bonus.amount)),
            says=tuple(self._end()),
        )

    # what was sold

    def _sales(self) -> Part:
        say, heading = self._pen.say, self._pen.words.heading
        lines = sorted(self._bonus.sales, key=lambda one: (one.day, one.sale.number, one.sale.row))
        if not lines:
            return Part(say("sales"), (say("no_sales"),))
        names = (heading("Date"), heading("Purchase no."), heading("Product"), say("paid"), heading("Weight"))
        total = (say("together"), "", "", "", "", "", self._pen.sum(self._credit))
        rows = (*map(self._sale, lines), total)
        return Part(say("sales"), (say("weighing"),), (*names, say("part"), heading("Weighted credit")), rows)

    @property
    def _credit(self) -> Fraction:
        return sum((one.credit for one in self._bonus.sales), Fraction(0))

    def _sale(self, one: Credit) -> tuple[str, ...]:
        weight = f"{one.weight.normalize():f}"
        return (
            one.day.isoformat(),
            self._pen.say("came_back", number=one.sale.number) if one.back else one.sale.number,
            self._names.get(one.sale.product, one.sale.product),
            self._pen.sum(Fraction(one.amount)),
            self._pen.say("assumed", weight=weight) if one.is_assumed else weight,
            self._pen.share(one.part),
            self._pen.sum(one.credit),
        )

    # how the bonus comes of it

    def _how(self) -> Part:
        bonus, pen = self._bonus, self._pen
        if bonus.held:
            return Part(pen.say("how"), (pen.say(bonus.held),))
        shared = bonus.found.shared
        rows = (
            *map(self._slice, bonus.found.slices),
            *map(self._score, bonus.found.scores),
            *([(pen.say("reached"), pen.share(bonus.found.attainment))] if bonus.found.attainment is not None else []),
            *([(pen.say("shared"), pen.sum(shared))] if shared else []),
            (pen.say("earned"), pen.money(half_up(bonus.found.amount))),
        )
        return Part(pen.say("how"), tuple(self._how_says()), (), rows)

    def _how_says(self) -> Iterator[str]:
        scheme, pen = self._bonus.scheme, self._pen
        name = scheme.method if scheme.pays == "bands" else scheme.pays
        at_target, times = pen.money(scheme.at_target or 0), f"{scheme.accelerator.normalize():f}"
        yield pen.say(f"how_{name}", scheme=scheme.scheme, amount=at_target, times=times, pool=self._pool())
        if scheme.measure == "attainment" and self._bonus.target:
            yield pen.say("by_plan", plan=pen.money(self._bonus.target))
        if self._bonus.found.below and scheme.threshold is not None:
            yield pen.say("below", threshold=pen.level(scheme.threshold))
        if self._bonus.found.is_capped:
            yield pen.say("capped", cap=pen.money(self._cap()))

    def _cap(self) -> int:
        cap, at_target = self._bonus.scheme.cap or 0, self._bonus.scheme.at_target or 0
        return half_up(Fraction(cap) * at_target) if isinstance(cap, Decimal) else cap

    def _pool(self) -> str:
        pool = self._bonus.scheme.pool
        if isinstance(pool, Decimal):
            return self._pen.say("pool_share", share=self._pen.share(pool))
        return self._pen.money(pool or 0)

    def _slice(self, one: Slice) -> tuple[str, ...]:
        start, pen = self._pen.sum(one.start), self._pen
        name = (
            pen.say("band_top", start=start) if one.end is None else pen.say("band", start=start, end=pen.sum(one.end))
        )
        at_rate = pen.say("at_rate", amount=pen.sum(one.amount), rate=pen.share(one.rate))
        return (f"{name}: {at_rate}", pen.sum(one.pays))

    def _score(self, one: Scored) -> tuple[str, ...]:
        names = {OWN: self._pen.say("own_plan"), TEAM: self._pen.say("team_plan")}
        key = "score" if one.counts == one.attainment else "score_capped"
        shares: dict[str, Fraction | Decimal] = {
            "reached": one.attainment,
            "counts": one.counts,
            "weight": one.measure.weight,
        }
        said = self._pen.say(key, **{name: self._pen.share(part) for name, part in shares.items()})
        counts = self._pen.share(one.counts * Fraction(one.measure.weight))
        return (f"{names.get(one.measure.name, one.measure.name)}: {said}", counts)

    # earlier months

    def _returned(self) -> Part:
        return Part(self._pen.say("returned"), (), (), tuple(map(self._back, self._bonus.returned)))

    def _back(self, one: Returned) -> tuple[str, ...]:
        pen = self._pen
        key = "too_late" if one.too_late else "returned_row" if one.fixed is None else "returned_fixed"
        values = {
            "number": one.sale.number,
            "month": pen.month(one.month),
            "days": str(self._bonus.scheme.returns_within),
            "lost": pen.sum(one.lost.credit),
            "rate": pen.share(one.rate),
        }
        return (pen.say(key, **values), pen.sum(one.takes))

    def _adjusted(self) -> Part:
        pen = self._pen
        rows = [
            (pen.say("adjusted_row", month=pen.month(month)), pen.money(amount))
            for month, amount in self._bonus.adjusted.items()
        ]
        return Part(pen.say("adjusted"), (), (), tuple(rows))

    def _brought(self) -> Part:
        pen, bonus = self._pen, self._bonus
        row = (pen.month(months_after(bonus.month, -1)), pen.money(bonus.brought))
        return Part(pen.say("brought"), (), (), (row,) if bonus.brought else ())

    # the end

    def _end(self) -> Iterator[str]:
        bonus, pen = self._bonus, self._pen
        if bonus.news:
            yield pen.say("news", posted=pen.money(bonus.posted), news=pen.money(bonus.news))
        sum_ = bonus.posted + sum(bonus.adjusted.values()) + bonus.brought
        if bonus.carried:
            yield pen.say("carried", amount=pen.money(bonus.carried))
        elif sum_ < 0:
            yield pen.say("forgotten")
        if bonus.contribution is not None and bonus.contribution:
            yield self._plan("of_plan", half_up(bonus.figures.credit / bonus.contribution), bonus.contribution)
        if bonus.target:
            yield self._plan("of_target", bonus.target, Fraction(bonus.credit, bonus.target))

    def _plan(self, key: str, plan: int, part: Fraction) -> str:
        pen = self._pen
        return pen.say(key, credit=pen.money(self._bonus.credit), plan=pen.money(plan), share=pen.share(part))


def text_lines(one: Statement) -> Iterator[str]:
    """A statement as plain text to paste."""
    yield from (one.title, one.lead)
    yield from body_lines(one)


def body_lines(one: Statement) -> Iterator[str]:
    """All of it that stands below title and lead."""
    for part in one.parts:
        yield ""
        yield part.title
        yield from (f"  {said}" for said in part.says)
        yield from _table([row for row in (part.headings, *part.rows) if row])
    yield ""
    yield ": ".join(one.total)
    yield from one.says


def _table(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)] if rows else []
    for row in rows:
        places = enumerate(zip(row, widths, strict=True))
        cells = [
            cell.rjust(width) if place and _is_number(cell) else cell.ljust(width) for place, (cell, width) in places
        ]
        yield "  " + "  ".join(cells).rstrip()


def _is_number(cell: str) -> bool:
    return cell[:1] in "-−" or any(mark.isdigit() for mark in cell[-2:])
