"""A run as one JSON object with stable keys: ISO dates, money with its currency, shares as decimal strings."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from toolkit.app.run_report import RunReport
from toolkit.book.client_book import ClientBook
from toolkit.book.i18n import Words
from toolkit.book.problem import Problem
from toolkit.campaigns.occasion import Held, Occasion
from toolkit.errors import ToolkitError
from toolkit.rules.bonuses.monthly import Bonus
from toolkit.rules.calls import caller_of
from toolkit.rules.deliveries import deliveries
from toolkit.rules.loyalty.standing import Standing


class Money(NamedTuple):
    """How minor units are written: the currency and how many decimals it has."""

    currency: str
    decimals: int

    def __call__(self, minor: int | None) -> dict[str, str] | None:
        """{"amount": "12.50", "currency": "KES"}; None stays None."""
        if minor is None:
            return None
        return {"amount": f"{Decimal(minor).scaleb(-self.decimals):f}", "currency": self.currency}


def run_numbers(report: RunReport, money: Money, english: Words) -> Mapping[str, Any]:
    """The object that `run --json` and `status --json` print (README.md documents it)."""
    book = report.book
    return {
        "as_of": report.as_of.isoformat(),
        "counts": {
            "clients": len(book.clients),
            "purchases": len(book.purchases),
            "staff": len(book.staff),
            "products": len(book.products_by_code),
        },
        "problems": [problem_numbers(one, english) for one in report.problems],
        "standings": [_standing(one, money) for one in report.plan.standings],
        "bonuses": [_bonus(one, money) for one in report.plan.bonuses],
        "letters": dict(report.letter_counts),
        "letters_today": report.said_today,
        "calls": list(_calls(report.plan.calls, book)),
        "deliveries": _deliveries(report),
        "unwritten": _error(report.unwritten),
    }


def _error(error: ToolkitError | None) -> dict[str, str] | None:
    return {"what": error.what, "why": error.why, "next": error.next_step} if error else None


def problem_numbers(problem: Problem, english: Words) -> dict[str, Any]:
    """One problem: {"tab", "cell", "says", "fix", "hint"}."""
    told = english.problem(problem)
    return {"tab": problem.tab, "cell": problem.cell, "says": told.says, "fix": told.fix, "hint": problem.is_hint}


def _standing(one: Standing, money: Money) -> dict[str, Any]:
    return {
        "client": one.client.number,
        "tier": one.tier,
        "spent": money(one.spent),
        "counted": _amount(one.counted, one, money),
        "discount": _share(one.discount.share),
        "to_next": _amount(one.to_next, one, money),
        "reach_by": _day(one.reach_by),
        "kept_until": _day(one.kept_until),
        "to_keep": _amount(one.to_keep, one, money),
        "keep_by": _day(one.keep_by),
        "points": one.points.usable,
    }


def _amount(minor: int | None, one: Standing, money: Money) -> dict[str, str] | int | None:
    """Money, or where purchases count for tiers, their number."""
    if minor is None or one.measure == "spend":
        return money(minor)
    return int(minor // 10**money.decimals)


def _day(when: date | None) -> str | None:
    return when.isoformat() if when else None


def _bonus(one: Bonus, money: Money) -> dict[str, Any]:
    return {
        "staff": one.staff.number,
        "contribution": None if one.contribution is None else _share(one.contribution),
        "credit": money(one.credit),
        "amount": money(one.amount),
    }


def _calls(held: Iterable[Held], book: ClientBook) -> Iterator[dict[str, Any]]:
    for one in held:
        if isinstance(one.occasion, Occasion):
            yield _call(one.occasion, one.code, book)


def _call(occasion: Occasion, why: str, book: ClientBook) -> dict[str, Any]:
    client = occasion.client
    return {
        "client": client.number,
        "staff": caller_of(book, client),
        "phone": client.phone or client.phone_as_written,
        "letter": occasion.campaign,
        "by": occasion.expires.isoformat(),
        "why": why,
    }


def _deliveries(report: RunReport) -> dict[str, Any]:
    kept = deliveries(report.book.purchases, report.as_of)
    return {"purchases": kept.purchases, "late": list(kept.late), "open": kept.open, "overdue": list(kept.overdue)}


def _share(share: Decimal | Fraction) -> str:
    """A share as a decimal string of at most six digits: 0.05."""
    exact = Decimal(share.numerator) / share.denominator if isinstance(share, Fraction) else share
    return f"{round(exact, 6).normalize():f}"
