"""An explanation as sentences that can be pasted to the person who asks."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from toolkit.book.ladders import DiscountStep, TierStep
from toolkit.book.nearest import nearest
from toolkit.book.purchases import Purchase
from toolkit.book.staff import staff_names
from toolkit.config import Config
from toolkit.errors import SetupError
from toolkit.letters.speech import share as percent
from toolkit.report import bonus_told
from toolkit.rules.explain import ClientExplained, ClientLine, Counts, explain_client
from toolkit.rules.spend import spent
from toolkit.shop import Shop


@dataclass(frozen=True)
class Pen:
    """How sums are written."""

    currency: str
    decimals: int

    @classmethod
    def of(cls, config: Config) -> "Pen":
        """The pen of a shop."""
        return cls(config.shop.currency, config.shop.places)

    def money(self, minor: int) -> str:
        """A sum with all of its decimals: 1,265.50 USD."""
        return f"{Decimal(minor).scaleb(-self.decimals):,.{self.decimals}f} {self.currency}"


def explain_lines(shop: Shop, asked: str, today: date) -> Iterator[str]:
    """Explain a client or a staff member, named by number or by name.

    Raises:
        SetupError: nobody has that number or name, or two people have.
    """
    kind, number = _found(shop, asked)
    pen = Pen.of(shop.config)
    if kind == "client":
        client = explain_client(shop.book, shop.choices.window, number, today)
        return client_lines(client, pen) if client else iter(())
    return bonus_told.explain_lines(shop, number, today.replace(day=1))


def as_json(lines: Iterable[str]) -> Iterator[str]:
    """What `explain --json` prints."""
    yield json.dumps({"lines": list(lines)}, ensure_ascii=False, indent=1)


def _found(shop: Shop, asked: str) -> tuple[str, str]:
    word = asked.casefold()
    clients = {
        ("client", one.number) for one in shop.book.clients if word in (one.number.casefold(), one.name.casefold())
    }
    names = staff_names(shop.book.staff)
    found = clients | ({("staff", names[word])} if word in names else set())
    if len(found) == 1:
        return next(iter(found))
    if found:
        both = ", ".join(f"{kind} {number}" for kind, number in sorted(found))
        raise SetupError(f"{asked} is more than one", why=f"it could be {both}", next_step="name the one that you mean")
    known = [*(one.number for one in shop.book.clients), *(one.name for one in shop.book.clients), *names]
    near = nearest(asked, filter(None, known))
    raise SetupError(
        f"{asked} is nobody in {shop.workbook.name}",
        why="no client or staff member has that number or name",
        next_step=f"sheetclerk explain {near}" if near else "look the number up in the workbook",
    )


def client_lines(told: ClientExplained, pen: Pen) -> Iterator[str]:
    """Where a client stands and why."""
    one = told.standing
    in_window = [line for line in told.lines if line.counts is Counts.WINDOW]
    before = [line for line in told.lines if line.counts is Counts.LIFETIME]
    yield f"{_who(one.client.number, one.client.name)} on {one.as_of}: {one.tier or 'no tier'}"
    since = f"from {told.starts} to {one.as_of}" if told.starts > date.min else f"to {one.as_of}"
    yield f"Counted for the tier: paid purchases {since}, less returns."
    yield from _purchase_lines(in_window, pen)
    yield f"  Sum: {pen.money(one.counted)}. Each line was rounded half up to the last decimal of {pen.currency}."
    if before:
        first, last = before[0].purchase.date, before[-1].purchase.date
        earlier = spent(line.purchase for line in before)
        yield f"Before that: {len(before)} lines from {first} to {last}, {pen.money(earlier)}."
        yield from _purchase_lines(before, pen)
    yield f"Lifetime: {pen.money(one.spent)}."
    yield from _left_out(told.lines, pen)
    yield from _tier_lines(told, pen)
    yield _discount_line(told, pen)


def _purchase_lines(lines: Iterable[ClientLine], pen: Pen) -> Iterator[str]:
    for line in lines:
        yield f"  {_purchase(line.purchase)}: {pen.money(line.purchase.amount)}"


def _purchase(one: Purchase) -> str:
    number = f", purchase {one.number}" if one.number else ""
    what = f", {one.quantity.normalize():f} x {one.product}" if one.product else ""
    return f"{one.date}{number}{what}{f', return of {one.return_of}' if one.return_of else ''}"


def _left_out(lines: Iterable[ClientLine], pen: Pen) -> Iterator[str]:
    left = [line for line in lines if line.counts not in (Counts.WINDOW, Counts.LIFETIME)]
    if left:
        yield "Not counted:"
    for line in left:
        yield f"  {_purchase(line.purchase)}: {pen.money(line.purchase.amount)}, {line.counts}"


def _tier_lines(told: ClientExplained, pen: Pen) -> Iterator[str]:
    if not told.tiers:
        yield "Tier: no ladder holds on that day."
        return
    one = told.standing
    steps = ", ".join(f"{step.tier} from {_from(step, pen)}" for step in told.tiers)
    yield f"Tiers since {told.tiers[0].since}: {steps}; reaching the sum is enough."
    more = f" {pen.money(one.to_next)} more reach {one.next_tier}." if one.to_next is not None else ""
    yield f"Tier: {pen.money(one.counted)} reach {one.tier}.{more}"


def _from(step: TierStep | DiscountStep, pen: Pen) -> str:
    return pen.money(step.from_amount)


def _discount_line(told: ClientExplained, pen: Pen) -> str:
    discount = told.standing.discount
    if discount.because == "none":
        return "Discount: none."
    because = f"the tier {told.standing.tier} gives it"
    if discount.because == "ladder":
        reached = [step for step in told.discounts if step.from_amount <= max(told.standing.spent, 0)][-1]
        because = f"lifetime {pen.money(told.standing.spent)} reach the step from {_from(reached, pen)}"
    return f"Discount: {percent(discount.share, 'en')}, since {because}; the higher of tier and ladder holds."


def _who(number: str, name: str) -> str:
    return f"{number} {name}" if name and name != number else number
