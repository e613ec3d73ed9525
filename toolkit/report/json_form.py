"""A run as one JSON object with stable keys.

Days are ISO dates, shares decimal strings.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from toolkit.app.run_report import RunReport
from toolkit.book import ClientBook, Problem, Words
from toolkit.campaigns.occasion import Held, Occasion
from toolkit.errors import ToolkitError
from toolkit.rules.bonuses.monthly import Bonus
from toolkit.rules.calls import caller_of
from toolkit.rules.deliveries import deliveries
from toolkit.rules.loyalty.standing import Standing


class Money(NamedTuple):
    """The currency of a JSON object, and its decimals."""

    currency: str
    decimals: int

    def __call__(self, minor: int | None) -> dict[str, str] | None:
        """Return amount and currency, or None for None."""
        if minor is None:
            return None
        return {"amount": f"{Decimal(minor).scaleb(-self.decimals):f}", "currency": self.currency}


def run_numbers(report: RunReport, money: Money, english: Words) -> Mapping[str, Any]:
    """Return the object of `run --json` (see README.md)."""
    book = report.book
    return {
        "as_of": report.as_of.isoformat(),
        "counts": {
            "clients": len(book.clients),
            "purchases": len(book.purchases),
            "staff": len(book.staff),
            "products": len(book.products_by_code),
        },
        "problems": [problem_numbers(problem, english) for problem in report.problems],
        "standings": [_standing(standing, money) for standing in report.plan.standings],
        "bonuses": [_bonus(bonus, money) for bonus in report.plan.bonuses],
        "letters": dict(report.letter_counts),
        "letters_today": report.said_today,
        "calls": list(_calls(report.plan.calls, book)),
        "deliveries": _deliveries(report),
        "unwritten": _error(report.unwritten),
    }


def _error(error: ToolkitError | None) -> dict[str, str] | None:
    return {"what": error.what, "why": error.why, "next": error.next_step} if error else None


def problem_numbers(problem: Problem, english: Words) -> dict[str, Any]:
    """Return one problem with its words in English."""
    text = english.problem(problem)
    return {"tab": problem.tab, "cell": problem.cell, "says": text.says, "fix": text.fix, "hint": problem.is_hint}


def _standing(standing: Standing, money: Money) -> dict[str, Any]:
    return {
        "client": standing.client.number,
        "tier": standing.tier,
        "spent": money(standing.spent),
        "counted": _amount(standing.counted, standing, money),
        "discount": _share(standing.discount.share),
        "to_next": _amount(standing.to_next, standing, money),
        "reach_by": _day(standing.reach_by),
        "kept_until": _day(standing.kept_until),
        "to_keep": _amount(standing.to_keep, standing, money),
        "keep_by": _day(standing.keep_by),
        "points": standing.points.usable,
    }


def _amount(minor: int | None, standing: Standing, money: Money) -> dict[str, str] | int | None:
    """Return a sum or a number of purchases."""
    if minor is None or standing.measure == "spend":
        return money(minor)
    return int(minor // 10**money.decimals)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _bonus(bonus: Bonus, money: Money) -> dict[str, Any]:
    return {
        "staff": bonus.staff.number,
        "contribution": None if bonus.contribution is None else _share(bonus.contribution),
        "credit": money(bonus.credit),
        "amount": money(bonus.amount),
    }


def _calls(calls: Iterable[Held], book: ClientBook) -> Iterator[dict[str, Any]]:
    for call in calls:
        if isinstance(call.occasion, Occasion):
            yield _call(call.occasion, call.code, book)


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
    """Return a share as a decimal string, such as 0.05."""
    exact = Decimal(share.numerator) / share.denominator if isinstance(share, Fraction) else share
    return f"{round(exact, 6).normalize():f}"
