"""Checks of references from one tab to another."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from toolkit.book.checks.duplicates import Duplicates
from toolkit.book.checks.ladders import Group, LadderChecks
from toolkit.book.checks.returns import beyond_bought
from toolkit.book.checks.rewards import RewardChecks
from toolkit.book.client_rows import numbers_in
from toolkit.book.grid import Tabs
from toolkit.book.numbering import free_number
from toolkit.book.parse.amounts import minor_units
from toolkit.book.parse.cells import ParseContext
from toolkit.book.parse.suggest import Neighbours
from toolkit.book.problem import Problem
from toolkit.book.tab import TabContents
from toolkit.book.tabs.clients import Client
from toolkit.book.tabs.ladders import ladder_on
from toolkit.book.tabs.purchases import Line, Purchase
from toolkit.book.tabs.rewards import Reward, RewardGiven
from toolkit.book.tabs.staff import SalesPlan, staff_as_written, staff_names

DECIDING: Final = frozenset({"paid", "quantity", "unit_price", "discount", "status", "return_of"})
"""Fields without which nobody knows a line's amount."""


class ReferenceChecks:
    """Compares the tabs with each other and gathers problems.

    Args:
        contents: the contents of each tab, by its English name.
        context: how cells were parsed.
        tabs: the whole workbook.
    """

    def __init__(self, contents: Mapping[str, TabContents[Any]], context: ParseContext, tabs: Tabs) -> None:
        self._contents = contents
        self._tabs = tabs
        self._context = context
        self._decimals = context.decimals
        self._found: list[tuple[int, Problem]] = []
        self._credited: dict[tuple[Any, ...], tuple[tuple[str, Decimal], ...]] = {}
        self._near: dict[str, Neighbours] = {}
        self._clients: frozenset[str] = frozenset(client.number for client in contents["Clients"].records)
        self._staff = staff_names(contents["Staff"].records)
        self._staff_as_written = staff_as_written(contents["Staff"].records)
        self._rewards = RewardChecks(contents["Rewards"], contents["Rewards given"])
        self._products = frozenset(product.product for product in contents["Products"].records)

    def problems(self) -> tuple[Problem, ...]:
        """Return all problems by tab and row, hints last in each tab."""
        own = [(place, problem) for place, tab in enumerate(self._contents.values()) for problem in tab.problems]
        problems = (problem for _, problem in sorted(_once((*own, *self._found)), key=_order))
        return tuple(self._with_numbers(problems))

    def take(self, problems: Iterable[Problem]) -> None:
        """Add problems that other checks found."""
        places = {tab.tab: place for place, tab in enumerate(self._contents.values()) if tab.tab}
        self._found.extend((places.get(problem.tab, len(places)), problem) for problem in problems)

    def _tell(self, tab: str, row: int, column: str, code: str, **values: str) -> None:
        self._found.append((list(self._contents).index(tab), self._contents[tab].problem(row, column, code, **values)))

    # clients

    def _with_numbers(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Yield the problems, with a proposed number for each unnumbered client."""
        known = self._clients
        for problem in problems:
            if problem.code != "key-blank":
                yield problem
            elif problem.tab == self._contents["Clients"].tab:
                proposal = free_number(known, self._named)
                known |= {proposal}
                yield replace(problem, values={"proposal": proposal})
            else:
                yield replace(problem, code="blank", values={})

    @cached_property
    def _named(self) -> frozenset[str]:
        """Every client number that any tab names."""
        given = (row.client for tab in ("Purchases", "Rewards given") for row in self._contents[tab].records)
        return numbers_in(self._tabs, self._context) | frozenset(given)

    def check_clients(self) -> None:
        """Add problems of managers, referrers, tier overrides, duplicates and addresses."""
        clients: tuple[Client, ...] = self._contents["Clients"].records
        for client in clients:
            if client.manager:
                self._staff_number("Clients", client.row, "manager", client.manager)
            self._check_referrer(client)
            self._check_override(client)
        self.take(Duplicates(self._contents["Clients"]).problems)
        if clients and not any(client.email or "email" in client.faults for client in clients):
            place = list(self._contents).index("Clients")
            self._found.append((place, Problem(self._contents["Clients"].tab, "", "Email", "no-emails")))

    def _check_referrer(self, client: Client) -> None:
        by = client.referred_by
        if by and by == client.number:
            self._tell("Clients", client.row, "referred_by", "referrer-self", given=by)
        elif by and by not in self._clients:
            self._tell_unknown("Clients", client.row, "referred_by", by, "referrer-unknown", self._clients)

    def _check_override(self, client: Client) -> None:
        tiers = self._tiers_today
        if client.tier_override and client.tier_override not in tiers:
            self._tell_unknown("Clients", client.row, "tier_override", client.tier_override, "tier-unknown", tiers)
        elif client.tier_override and not client.override_reason:
            self._tell("Clients", client.row, "tier_override", "override-no-reason", given=client.tier_override)

    @cached_property
    def _tiers_today(self) -> tuple[str, ...]:
        """The tiers of the ladder that holds today."""
        return tuple(step.tier for step in ladder_on(self.ladder("Tiers"), self._context.today))

    def _tell_unknown(self, tab: str, row: int, column: str, given: str, code: str, known: Collection[str]) -> None:
        if code not in self._near:
            self._near[code] = Neighbours(known)
        near = self._near[code].likely(given)
        self._tell(tab, row, column, f"{code}-near" if near else code, given=given, proposal=near)

    # staff

    def _staff_number(self, tab: str, row: int, column: str, written: str) -> str:
        """Return the staff number that is meant, or ""."""
        number = self._staff.get(written.casefold(), "")
        if not number and self._contents["Staff"].sources:
            self._tell_unknown(tab, row, column, written, "staff-unknown", self._staff_as_written)
        return number

    def sales_plan(self) -> tuple[SalesPlan, ...]:
        """Return the targets of the whole, and of staff members who are known."""
        return tuple(self._targets())

    def _targets(self) -> Iterator[SalesPlan]:
        for target in self._contents["Plan"].records:
            number = target.staff and self._staff_number("Plan", target.row, "staff", target.staff)
            if number or not target.staff:
                yield replace(target, staff=number)

    # purchases

    def purchases(self) -> tuple[Purchase, ...]:
        """Return the lines whose client, amount and returned purchase are known."""
        known = [line for line in self._contents["Purchases"].records if self._is_known(line)]
        returned = {line.return_of for line in known if line.return_of}
        bought: dict[tuple[str, str], date] = {}
        for line in known:
            if line.number in returned and line.quantity > 0:
                of = line.number, line.client
                bought[of] = min(line.date, bought.get(of, line.date))
        amounts = [(line, self._amount(line)) for line in known if self._is_valid_return(line, bought)]
        purchases = tuple(self._purchase(line, amount) for line, amount in amounts if amount is not None)
        self._check_returns(purchases)
        return purchases

    def _check_returns(self, lines: tuple[Purchase, ...]) -> None:
        for over in beyond_bought(lines):
            back, bought = (f"{Decimal(minor).scaleb(-self._decimals):f}" for minor in (over.back, over.bought))
            values = {"given": over.line.return_of, "back": back, "bought": bought}
            self._tell("Purchases", over.line.row, "return_of", "return-too-much", **values)

    def _is_known(self, line: Line) -> bool:
        if not line.faults.isdisjoint(DECIDING):
            return False
        if line.client not in self._clients and self._contents["Clients"].sources:
            self._tell_unknown("Purchases", line.row, "client", line.client, "client-unknown", self._clients)
        return line.client in self._clients

    def _amount(self, line: Line) -> int | None:
        amount = line.amount(self._decimals)
        if amount is None:
            self._tell("Purchases", line.row, "paid", "no-amount")
        return amount

    def _is_valid_return(self, line: Line, bought: Mapping[tuple[str, str], date]) -> bool:
        """True if a line below zero is a return of a known purchase."""
        if line.return_of:
            return self._has_purchase(line, bought)
        for name, given in (("quantity", line.quantity), ("paid", line.paid), ("unit_price", line.unit_price)):
            if given is not None and given < 0:
                self._tell("Purchases", line.row, name, "negative-no-return", given=f"{given:f}")
                return False
        return True

    def _has_purchase(self, line: Line, bought: Mapping[tuple[str, str], date]) -> bool:
        if line.date < bought.get((line.return_of, line.client), date.max):
            self._tell("Purchases", line.row, "return_of", "return-unknown", given=line.return_of, client=line.client)
            return False
        above = "paid" if line.paid is not None else "quantity"
        if (amount := line.amount(self._decimals)) is not None and amount > 0:
            self._tell("Purchases", line.row, above, "return-not-negative", given=f"{getattr(line, above):f}")
            return False
        return True

    def _purchase(self, line: Line, amount: int) -> Purchase:
        if line.product and self._products and line.product not in self._products:
            self._tell_unknown("Purchases", line.row, "product", line.product, "product-unknown", self._products)
        return Purchase(
            number=line.number,
            row=line.row,
            date=line.date,
            client=line.client,
            product=line.product,
            quantity=line.quantity,
            amount=amount,
            credits=self._credits(line),
            status=line.status,
            promised_for=line.promised_for,
            delivered_on=line.delivered_on,
            return_of=line.return_of,
            cost=None if line.cost is None else minor_units(line.cost, self._decimals),
        )

    def _credits(self, line: Line) -> tuple[tuple[str, Decimal], ...]:
        if line.splits in self._credited:
            return self._credited[line.splits]
        named = [(self._staff_number("Purchases", line.row, "splits", who), part) for who, part in line.splits]
        credits = tuple((number, part) for number, part in named if number)  # noqa: A001 - as Purchase calls them
        if len(credits) == len(named):
            self._credited[line.splits] = credits
        return credits

    # rewards

    def rewards(self) -> tuple[Reward, ...]:
        """Return the rewards whose tier is known."""
        valid = self._rewards.rewards([step.tier for step in self._contents["Tiers"].records])
        self.take(self._rewards.problems)
        self._rewards.problems.clear()
        return valid

    def rewards_given(self) -> tuple[RewardGiven, ...]:
        """Return the rewards given to known clients."""
        valid = self._rewards.given(self._clients)
        self.take(self._rewards.problems)
        return valid

    # ladders

    def ladder(self, tab: str) -> tuple[Any, ...]:
        """Return the steps of a tab that fit a ladder."""
        return self._valid_steps(tab, "discount", lambda step: (step.since,))

    def bonus_bands(self) -> tuple[Any, ...]:
        """Return the bonus bands that fit a ladder."""
        return self._valid_steps("Bonus bands", "rate", lambda step: (step.since, step.scheme.casefold()))

    def _valid_steps(self, tab: str, rate: str, group: Group) -> tuple[Any, ...]:
        checks = LadderChecks(self._contents[tab], group, rate, self._context.today)
        steps = checks.valid_steps()
        self.take(checks.problems)
        return steps


def _order(placed: tuple[int, Problem]) -> tuple[int, bool, str, int, str]:
    place, problem = placed
    return place, problem.is_hint, problem.tab, problem.row, problem.cell


def _once(placed: Iterable[tuple[int, Problem]]) -> list[tuple[int, Problem]]:
    """Return each problem once."""
    unique = {
        (problem.tab, problem.cell, problem.code, tuple(sorted(problem.values.items()))): (place, problem)
        for place, problem in placed
    }
    return list(unique.values())
