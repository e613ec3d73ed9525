"""Approved months, which no later change touches."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from toolkit.book.approved_bonuses import ApprovedRow, joined, pieces, sealed
from toolkit.rules.bonuses.rulebook import Rulebook
from toolkit.rules.months import month_name


@dataclass(frozen=True)
class Figures:
    """One person's approved month, in minor units.

    Args:
        credit: weighted credit, exact.
        counted: the part of it that the scheme paid for, exact.
        earned: what the scheme paid for it, exact.
        posted: earned with the returns of earlier sales, rounded.
        adjusted: what was added for earlier approved months, by month.
        rates: what a unit of credit had paid in earlier months, for the returns of their sales.
        amount: what is paid out.
        purchases: how many purchases the person had a part in.
        returns: how many lines came back.
    """

    approved_on: date
    credit: Fraction
    counted: Fraction
    earned: Fraction
    posted: int
    brought: int = 0
    carried: int = 0
    amount: int = 0
    held: str = ""
    adjusted: Mapping[date, int] = field(default_factory=dict)
    rates: Mapping[date, Fraction] = field(default_factory=dict)
    purchases: int = 0
    returns: int = 0

    def text(self) -> str:
        """Return the figures as one line of JSON."""
        table: dict[str, Any] = {
            "approved_on": self.approved_on.isoformat(),
            "credit": str(self.credit),
            "counted": str(self.counted),
            "earned": str(self.earned),
            "posted": self.posted,
            "brought": self.brought,
            "carried": self.carried,
            "amount": self.amount,
            "held": self.held,
            "adjusted": {month_name(month): amount for month, amount in self.adjusted.items()},
            "rates": {month_name(month): str(rate) for month, rate in self.rates.items()},
            "purchases": self.purchases,
            "returns": self.returns,
        }
        return json.dumps(table, separators=(",", ":"))

    @classmethod
    def from_text(cls, text: str) -> "Figures":
        """Read the figures that `text` wrote."""
        table: dict[str, Any] = json.loads(text)
        values = table | {name: Fraction(table[name]) for name in ("credit", "counted", "earned")}
        values["approved_on"] = date.fromisoformat(table["approved_on"])
        values["adjusted"] = {_month(name): amount for name, amount in table["adjusted"].items()}
        values["rates"] = {_month(name): Fraction(rate) for name, rate in table["rates"].items()}
        return cls(**values)


def _month(name: str) -> date:
    return date.fromisoformat(f"{name}-01")


@dataclass(frozen=True)
class Approved:
    """The rules and figures of one approved month."""

    month: date
    rules: Rulebook
    figures: Mapping[str, Figures]

    @property
    def approved_on(self) -> date:
        """Return the day from which it no longer changes."""
        return min((figure.approved_on for figure in self.figures.values()), default=self.month)


def approved_months(rows: Iterable[ApprovedRow]) -> Mapping[date, Approved]:
    """Return every month that can be read back whole, oldest first.

    A month with a changed or missing row is left out.
    """
    by_month: dict[date, list[ApprovedRow]] = {}
    for row in rows:
        by_month.setdefault(row.month, []).append(row)
    rules = {month: joined(kept) for month, kept in sorted(by_month.items())}
    return {month: _approved(month, text, by_month[month]) for month, text in rules.items() if text}


def _approved(month: date, rules: str, rows: Iterable[ApprovedRow]) -> Approved:
    figures = {row.staff: Figures.from_text(row.text) for row in rows if row.staff}
    return Approved(month, Rulebook.from_text(rules), figures)


def kept_texts(month: date, rules: Rulebook, figures: Mapping[str, Figures]) -> Iterator[tuple[str, str]]:
    """Yield the texts that the Bonuses tab keeps of a month.

    Each comes with its staff number, or "" for the rules.
    """
    for who, figure in figures.items():
        yield who, sealed(month, who, figure.text())
    for piece in pieces(rules.text(), len(figures)):
        yield "", sealed(month, "", piece)
