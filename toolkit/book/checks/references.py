"""Checks across tabs: what one row says of another must be there and agree."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from toolkit.book.checks.duplicates import Duplicates
from toolkit.book.checks.ladders import Group, LadderRows
from toolkit.book.checks.returns import beyond_bought
from toolkit.book.checks.rewards import Grants
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
"""Fields without which nobody knows what a line comes to."""


class ReferenceChecks:
    """Holds the tabs against each other and gathers what does not agree."""

    def __init__(self, found: Mapping[str, TabContents[Any]], context: ParseContext, tabs: Tabs) -> None:
        self._found = found
        self._tabs = tabs
        self._context = context
        self._decimals = context.decimals
        self._told: list[tuple[int, Problem]] = []
        self._credited: dict[tuple[Any, ...], tuple[tuple[str, Decimal], ...]] = {}
        self._near: dict[str, Neighbours] = {}
        self._clients: frozenset[str] = frozenset(client.number for client in found["Clients"].records)
        self._staff = staff_names(found["Staff"].records)
        self._staff_as_written = staff_as_written(found["Staff"].records)
        self._grants = Grants(found["Rewards"], found["Rewards given"])
        self._products = frozenset(product.product for product in found["Products"].records)

    def problems(self) -> tuple[Problem, ...]:
        """All that is to be mended, tab by tab in the order of rows; what only advises comes last in its tab."""
        own = [(place, problem) for place, one in enumerate(self._found.values()) for problem in one.problems]
        told = (problem for _, problem in sorted(_once((*own, *self._told)), key=_order))
        return tuple(self._with_numbers(told))

    def take(self, problems: Iterable[Problem]) -> None:
        """Tell what others found too."""
        places = {one.tab: place for place, one in enumerate(self._found.values()) if one.tab}
        self._told.extend((places.get(one.tab, len(places)), one) for one in problems)

    def _tell(self, tab: str, row: int, column: str, code: str, **values: str) -> None:
        self._told.append((list(self._found).index(tab), self._found[tab].problem(row, column, code, **values)))

    # clients

    def _with_numbers(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Each client without a number gets one proposed, every row its own; other keys are no more than blank."""
        known = self._clients
        for problem in problems:
            if problem.code != "key-blank":
                yield problem
            elif problem.tab == self._found["Clients"].tab:
                proposal = free_number(known, self._named)
                known |= {proposal}
                yield replace(problem, values={"proposal": proposal})
            else:
                yield replace(problem, code="blank", values={})

    @cached_property
    def _named(self) -> frozenset[str]:
        """Every client number that any tab names, of clients too who are in the book no more."""
        given = (one.client for tab in ("Purchases", "Rewards given") for one in self._found[tab].records)
        return numbers_in(self._tabs, self._context) | frozenset(given)

    def check_clients(self) -> None:
        """Managers must be staff, referrers clients; what two clients share is told, and so are odd addresses."""
        clients: tuple[Client, ...] = self._found["Clients"].records
        for client in clients:
            if client.manager:
                self._who("Clients", client.row, "manager", client.manager)
            self._check_referrer(client)
            self._check_override(client)
        self.take(Duplicates(self._found["Clients"]).problems)
        if clients and not any(client.email or "email" in client.faults for client in clients):
            place = list(self._found).index("Clients")
            self._told.append((place, Problem(self._found["Clients"].tab, "", "Email", "no-emails")))

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

    def _who(self, tab: str, row: int, column: str, written: str) -> str:
        """The staff number that is meant; "" for nobody we know, which is told where there is a Staff tab."""
        number = self._staff.get(written.casefold(), "")
        if not number and self._found["Staff"].sources:
            self._tell_unknown(tab, row, column, written, "staff-unknown", self._staff_as_written)
        return number

    def sales_plan(self) -> tuple[SalesPlan, ...]:
        """Targets of the whole, and of staff members who are known."""
        return tuple(self._targets())

    def _targets(self) -> Iterator[SalesPlan]:
        for target in self._found["Plan"].records:
            number = target.staff and self._who("Plan", target.row, "staff", target.staff)
            if number or not target.staff:
                yield replace(target, staff=number)

    # purchases

    def purchases(self) -> tuple[Purchase, ...]:
        """Lines whose client is known, whose amount is known, and whose return has its purchase."""
        known = [line for line in self._found["Purchases"].records if self._stands(line)]
        returned = {line.return_of for line in known if line.return_of}
        bought: dict[tuple[str, str], date] = {}
        for line in known:
            if line.number in returned and line.quantity > 0:
                of = line.number, line.client
                bought[of] = min(line.date, bought.get(of, line.date))
        amounts = [(line, self._amount(line)) for line in known if self._return_stands(line, bought)]
        found = tuple(self._purchase(line, amount) for line, amount in amounts if amount is not None)
        self._check_returns(found)
        return found

    def _check_returns(self, lines: tuple[Purchase, ...]) -> None:
        for one in beyond_bought(lines):
            back, bought = (f"{Decimal(sum_).scaleb(-self._decimals):f}" for sum_ in (one.back, one.bought))
            values = {"given": one.line.return_of, "back": back, "bought": bought}
            self._tell("Purchases", one.line.row, "return_of", "return-too-much", **values)

    def _stands(self, line: Line) -> bool:
        if not line.faults.isdisjoint(DECIDING):
            return False
        if line.client not in self._clients and self._found["Clients"].sources:
            self._tell_unknown("Purchases", line.row, "client", line.client, "client-unknown", self._clients)
        return line.client in self._clients

    def _amount(self, line: Line) -> int | None:
        amount = line.amount(self._decimals)
        if amount is None:
            self._tell("Purchases", line.row, "paid", "no-amount")
        return amount

    def _return_stands(self, line: Line, bought: Mapping[tuple[str, str], date]) -> bool:
        """Whether a line that gives something back names what, and a line that names it bought it before."""
        if line.return_of:
            return self._gives_back(line, bought)
        for name, given in (("quantity", line.quantity), ("paid", line.paid), ("unit_price", line.unit_price)):
            if given is not None and given < 0:
                self._tell("Purchases", line.row, name, "negative-no-return", given=f"{given:f}")
                return False
        return True

    def _gives_back(self, line: Line, bought: Mapping[tuple[str, str], date]) -> bool:
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
        named = [(self._who("Purchases", line.row, "splits", who), part) for who, part in line.splits]
        found = tuple((number, part) for number, part in named if number)
        if len(found) == len(named):
            self._credited[line.splits] = found
        return found

    # rewards

    def rewards(self) -> tuple[Reward, ...]:
        """Rewards whose tier is known."""
        kept = self._grants.rewards([step.tier for step in self._found["Tiers"].records])
        self.take(self._grants.problems)
        self._grants.problems.clear()
        return kept

    def rewards_given(self) -> tuple[RewardGiven, ...]:
        """What was given to known clients."""
        kept = self._grants.given(self._clients)
        self.take(self._grants.problems)
        return kept

    # ladders

    def ladder(self, tab: str) -> tuple[Any, ...]:
        """A ladder's steps; a From date whose steps cannot be a ladder is left out and told."""
        return self._rungs(tab, "discount", lambda step: (step.since,))

    def bonus_bands(self) -> tuple[Any, ...]:
        """Bonus bands; a scheme's From date whose bands cannot be a ladder is left out and told."""
        return self._rungs("Bonus bands", "rate", lambda step: (step.since, step.scheme.casefold()))

    def _rungs(self, tab: str, rate: str, group: Group) -> tuple[Any, ...]:
        rungs = LadderRows(self._found[tab], group, rate, self._context.today)
        kept = rungs.kept()
        self.take(rungs.problems)
        return kept


def _order(told: tuple[int, Problem]) -> tuple[int, bool, str, int, str]:
    place, problem = told
    return place, problem.is_hint, problem.tab, problem.row, problem.cell


def _once(told: Iterable[tuple[int, Problem]]) -> list[tuple[int, Problem]]:
    """Each problem once: a cell of another tab may serve many rows."""
    known = {(one.tab, one.cell, one.code, tuple(sorted(one.values.items()))): (place, one) for place, one in told}
    return list(known.values())
