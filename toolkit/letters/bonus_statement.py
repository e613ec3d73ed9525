"""One person's bonus, explained line by line (rules/RULES.md, Explain)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from toolkit.book import ClientBook
from toolkit.book.parse.amounts import Level
from toolkit.book.parse.shares import OWN, TEAM
from toolkit.formatting import Formatter
from toolkit.rules.bonuses.contribution import Credit
from toolkit.rules.bonuses.monthly import Bonus
from toolkit.rules.bonuses.payout import Scored, Slice
from toolkit.rules.bonuses.returns import Returned
from toolkit.rules.months import months_after
from toolkit.rules.rounding import half_up


class Part(NamedTuple):
    """One part of a statement.

    Args:
        title: the heading.
        says: sentences below the title.
        headings: of the columns, or none.
        rows: cells as text; the last cell is a sum.
    """

    title: str
    says: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Statement:
    """A whole statement, for a text or a page."""

    title: str
    lead: str
    parts: tuple[Part, ...]
    total: tuple[str, str]
    says: tuple[str, ...]


def bonus_statement(bonus: Bonus, formatter: Formatter, as_of: date, products: Mapping[str, str]) -> Statement:
    """Explain one person's month.

    Args:
        bonus: the month.
        formatter: the reader's language.
        as_of: the day for which it was worked out.
        products: names by product code.
    """
    return _StatementWriter(bonus, formatter, products).statement(as_of)


def product_names(book: ClientBook) -> Mapping[str, str]:
    """Return the names of products that have one, by code."""
    return {code: product.name for code, product in book.products_by_code.items() if product.name}


class _StatementWriter:
    def __init__(self, bonus: Bonus, formatter: Formatter, products: Mapping[str, str]) -> None:
        self._bonus = bonus
        self._format = formatter
        self._products = products

    def _say(self, key: str, **values: str) -> str:
        return self._format.say("bonus", key, **values)

    def statement(self, as_of: date) -> Statement:
        bonus, month = self._bonus, self._format.month(self._bonus.month)
        key, day = ("approved", bonus.approved_on) if bonus.approved_on else ("as_of", as_of)
        parts = (self._sales(), self._calculation(), self._returned(), self._adjusted(), self._brought())
        return Statement(
            title=self._say("title", name=bonus.staff.name or bonus.staff.number, month=month),
            lead=self._say(key, day=self._format.full_day(day)),
            parts=tuple(part for part in parts if part.rows or part.says),
            total=(self._say("total", month=month), self._format.money(bonus.amount)),
            says=tuple(self._end()),
        )

    # Sales

    def _sales(self) -> Part:
        heading = self._format.words.heading
        lines = sorted(self._bonus.sales, key=lambda credit: (credit.day, credit.sale.number, credit.sale.row))
        if not lines:
            return Part(self._say("sales"), (self._say("no_sales"),))
        names = (heading("Date"), heading("Purchase no."), heading("Product"), self._say("paid"), heading("Weight"))
        credit = sum((line.credit for line in lines), Fraction(0))
        total = (self._say("together"), "", "", "", "", "", self._format.exact_sum(credit))
        headings = (*names, self._say("part"), heading("Weighted credit"))
        return Part(self._say("sales"), (self._say("weighing"),), headings, (*map(self._sale, lines), total))

    def _sale(self, credit: Credit) -> tuple[str, ...]:
        sale, weight = credit.sale, f"{credit.weight.normalize():f}"
        return (
            credit.day.isoformat(),
            self._say("came_back", number=sale.number) if credit.back else sale.number,
            self._products.get(sale.product, sale.product),
            self._format.exact_sum(Fraction(credit.amount)),
            self._say("assumed", weight=weight) if credit.is_assumed else weight,
            self._format.share(credit.part),
            self._format.exact_sum(credit.credit),
        )

    # Calculation

    def _calculation(self) -> Part:
        bonus, payout = self._bonus, self._bonus.found
        if bonus.held:
            return Part(self._say("how"), (self._say(bonus.held),))
        rows = [*map(self._slice, payout.slices), *map(self._score, payout.scores)]
        if payout.attainment is not None:
            rows.append((self._say("reached"), self._format.share(payout.attainment)))
        if payout.shared:
            rows.append((self._say("shared"), self._format.exact_sum(payout.shared)))
        rows.append((self._say("earned"), self._format.money(half_up(payout.amount))))
        return Part(self._say("how"), tuple(self._scheme()), (), tuple(rows))

    def _scheme(self) -> Iterator[str]:
        scheme, payout = self._bonus.scheme, self._bonus.found
        method = scheme.method if scheme.pays == "bands" else scheme.pays
        at_target, times = self._format.money(scheme.at_target or 0), f"{scheme.accelerator.normalize():f}"
        yield self._say(f"how_{method}", scheme=scheme.scheme, amount=at_target, times=times, pool=self._pool())
        if scheme.measure == "attainment" and self._bonus.target:
            yield self._say("by_plan", plan=self._format.money(self._bonus.target))
        if payout.below and scheme.threshold is not None:
            yield self._say("below", threshold=self._level(scheme.threshold))
        if payout.is_capped:
            yield self._say("capped", cap=self._format.money(self._cap()))

    def _level(self, level: Level) -> str:
        return self._format.share(level) if isinstance(level, Decimal) else self._format.money(level)

    def _cap(self) -> int:
        cap, at_target = self._bonus.scheme.cap or 0, self._bonus.scheme.at_target or 0
        return half_up(Fraction(cap) * at_target) if isinstance(cap, Decimal) else cap

    def _pool(self) -> str:
        pool = self._bonus.scheme.pool
        if isinstance(pool, Decimal):
            return self._say("pool_share", share=self._format.share(pool))
        return self._format.money(pool or 0)

    def _slice(self, band: Slice) -> tuple[str, ...]:
        exact_sum = self._format.exact_sum
        start = exact_sum(band.start)
        name = (
            self._say("band_top", start=start)
            if band.end is None
            else self._say("band", start=start, end=exact_sum(band.end))
        )
        at_rate = self._say("at_rate", amount=exact_sum(band.amount), rate=self._format.share(band.rate))
        return (f"{name}: {at_rate}", exact_sum(band.pays))

    def _score(self, score: Scored) -> tuple[str, ...]:
        names = {OWN: self._say("own_plan"), TEAM: self._say("team_plan")}
        share = self._format.share
        text = self._say(
            "score" if score.counts == score.attainment else "score_capped",
            reached=share(score.attainment),
            counts=share(score.counts),
            weight=share(score.measure.weight),
        )
        weighted = share(score.counts * Fraction(score.measure.weight))
        return (f"{names.get(score.measure.name, score.measure.name)}: {text}", weighted)

    # Earlier months

    def _returned(self) -> Part:
        return Part(self._say("returned"), (), (), tuple(map(self._back, self._bonus.returned)))

    def _back(self, returned: Returned) -> tuple[str, ...]:
        month, takes = self._format.month(returned.month), self._format.exact_sum(returned.takes)
        if returned.too_late:
            days = self._bonus.scheme.returns_within or 0
            return (self._format.count("bonus", "too_late", days, number=returned.sale.number, month=month), takes)
        key = "returned_row" if returned.fixed is None else "returned_fixed"
        lost, rate = self._format.exact_sum(returned.lost.credit), self._format.share(returned.rate)
        return (self._say(key, number=returned.sale.number, month=month, lost=lost, rate=rate), takes)

    def _adjusted(self) -> Part:
        rows = [
            (self._say("adjusted_row", month=self._format.month(month)), self._format.money(amount))
            for month, amount in self._bonus.adjusted.items()
        ]
        return Part(self._say("adjusted"), (), (), tuple(rows))

    def _brought(self) -> Part:
        bonus = self._bonus
        row = (self._format.month(months_after(bonus.month, -1)), self._format.money(bonus.brought))
        return Part(self._say("brought"), (), (), (row,) if bonus.brought else ())

    # The end

    def _end(self) -> Iterator[str]:
        bonus, money = self._bonus, self._format.money
        if bonus.news:
            yield self._say("news", posted=money(bonus.posted), news=money(bonus.news))
        if bonus.carried:
            yield self._say("carried", amount=money(bonus.carried))
        elif bonus.posted + sum(bonus.adjusted.values()) + bonus.brought < 0:
            yield self._say("forgotten")
        if bonus.contribution:
            yield self._plan("of_plan", half_up(bonus.figures.credit / bonus.contribution), bonus.contribution)
        if bonus.target:
            yield self._plan("of_target", bonus.target, Fraction(bonus.credit, bonus.target))

    def _plan(self, key: str, plan: int, part: Fraction) -> str:
        money = self._format.money
        return self._say(key, credit=money(self._bonus.credit), plan=money(plan), share=self._format.share(part))


def text_lines(statement: Statement) -> Iterator[str]:
    """Return a statement as plain text to paste."""
    yield from (statement.title, statement.lead)
    yield from body_lines(statement)


def body_lines(statement: Statement) -> Iterator[str]:
    """Return all the text below title and lead."""
    for part in statement.parts:
        yield ""
        yield part.title
        yield from (f"  {sentence}" for sentence in part.says)
        yield from _table([row for row in (part.headings, *part.rows) if row])
    yield ""
    yield ": ".join(statement.total)
    yield from statement.says


def _table(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)] if rows else []
    for row in rows:
        cells = (_padded(cell, width, index) for index, (cell, width) in enumerate(zip(row, widths, strict=True)))
        yield "  " + "  ".join(cells).rstrip()


def _padded(cell: str, width: int, index: int) -> str:
    """Pad a cell, numbers of later columns to the left."""
    is_number = cell[:1] in "-−" or any(mark.isdigit() for mark in cell[-2:])
    return cell.rjust(width) if index and is_number else cell.ljust(width)
