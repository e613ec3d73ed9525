"""Checks across tabs: what one row says of another must be there and agree."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Any, TypeVar

from toolkit.book.clients import Client
from toolkit.book.nearest import nearest
from toolkit.book.problem import Problem
from toolkit.book.purchases import Line, Purchase
from toolkit.book.staff import SalesPlan, staff_names
from toolkit.book.tab import Found

Step = TypeVar("Step")


class Across:
    """Holds the tabs against each other and gathers what does not agree."""

    def __init__(self, found: Mapping[str, Found[Any]], decimals: int) -> None:
        self._found = found
        self._decimals = decimals
        self._told: list[Problem] = []
        self._near: dict[tuple[str, str], str] = {}
        self._clients: frozenset[str] = frozenset(client.number for client in found["Clients"].records)
        self._staff = staff_names(found["Staff"].records)
        self._products = frozenset(product.product for product in found["Products"].records)

    def problems(self) -> tuple[Problem, ...]:
        """All that is to be mended, tab by tab in the order of rows; what only advises comes last in its tab."""
        tabs = [one.tab for one in self._found.values()]
        own = [self._with_number(problem) for one in self._found.values() for problem in one.problems]
        return tuple(sorted((*own, *self._told), key=lambda one: (tabs.index(one.tab), one.is_hint, _row(one.cell))))

    def _tell(self, tab: str, row: int, column: str, code: str, **values: str) -> None:
        self._told.append(self._found[tab].problem(row, column, code, **values))

    # clients

    def _with_number(self, problem: Problem) -> Problem:
        if problem.code != "key-blank" or problem.tab != self._found["Clients"].tab:
            return problem
        return replace(problem, values={"proposal": next_number(self._clients)})

    def check_clients(self) -> None:
        """Managers must be staff, referrers clients; an address that two clients share is pointed out."""
        clients: tuple[Client, ...] = self._found["Clients"].records
        for client in clients:
            if client.manager and self._found["Staff"].tab and self._who(client.manager) is None:
                self._tell_unknown("Clients", client.row, "manager", client.manager, "staff-unknown", self._staff)
            if client.referred_by and client.referred_by not in self._clients:
                self._tell_unknown(
                    "Clients", client.row, "referred_by", client.referred_by, "client-unknown", self._clients
                )
        self._tell_shared(clients, "email", "same-address")
        self._tell_shared(clients, "phone", "same-phone")
        if clients and not any(client.email or "email" in client.faults for client in clients):
            self._told.append(Problem(self._found["Clients"].tab, "", "Email", "no-emails"))

    def _tell_shared(self, clients: tuple[Client, ...], column: str, code: str) -> None:
        first: dict[str, Client] = {}
        for client in clients:
            given = getattr(client, column).casefold()
            if given and first.setdefault(given, client) is not client:
                self._tell("Clients", client.row, column, code, given=given, other=first[given].number)

    def _tell_unknown(self, tab: str, row: int, column: str, given: str, code: str, known: Any) -> None:
        if (code, given) not in self._near:
            self._near[code, given] = nearest(given, known)
        near = self._near[code, given]
        self._tell(tab, row, column, f"{code}-near" if near else code, given=given, proposal=near)

    # staff

    def _who(self, written: str) -> str | None:
        return self._staff.get(written.casefold())

    def sales_plan(self) -> tuple[SalesPlan, ...]:
        """Targets whose staff member is known."""
        kept = []
        for target in self._found["Plan"].records:
            if target.staff and self._who(target.staff) is None:
                self._tell_unknown("Plan", target.row, "staff", target.staff, "staff-unknown", self._staff)
            else:
                kept.append(replace(target, staff=self._who(target.staff) or ""))
        return tuple(kept)

    # purchases

    def purchases(self) -> tuple[Purchase, ...]:
        """Lines whose client is known, whose amount is known, and whose return has its purchase."""
        lines = [line for line in self._found["Purchases"].records if self._stands(line)]
        bought = {(line.number, line.client) for line in lines if line.number and line.quantity > 0}
        return tuple(self._purchase(line) for line in lines if self._return_stands(line, bought))

    def _stands(self, line: Line) -> bool:
        if line.faults & {"paid", "quantity", "unit_price", "discount", "status", "return_of"}:
            return False
        if line.client not in self._clients and line.client not in self._found["Clients"].left_out:
            self._tell_unknown("Purchases", line.row, "client", line.client, "client-unknown", self._clients)
            return False
        if line.amount(self._decimals) is None:
            self._tell("Purchases", line.row, "paid", "no-amount")
            return False
        return line.client in self._clients

    def _return_stands(self, line: Line, bought: set[tuple[str, str]]) -> bool:
        below_zero = line.quantity < 0 or (line.amount(self._decimals) or 0) < 0
        if below_zero and not line.return_of:
            self._tell("Purchases", line.row, "quantity", "negative-no-return", given=f"{line.quantity}")
            return False
        if line.return_of and (line.return_of, line.client) not in bought:
            self._tell("Purchases", line.row, "return_of", "return-unknown", given=line.return_of, client=line.client)
            return False
        return True

    def _purchase(self, line: Line) -> Purchase:
        if line.product and self._found["Products"].tab and line.product not in self._products:
            self._tell_unknown("Purchases", line.row, "product", line.product, "product-unknown", self._products)
        return Purchase(
            number=line.number,
            row=line.row,
            date=line.date,
            client=line.client,
            product=line.product,
            quantity=line.quantity,
            amount=line.amount(self._decimals) or 0,
            credits=tuple(self._credits(line)),
            status=line.status,
            promised_for=line.promised_for,
            delivered_on=line.delivered_on,
            return_of=line.return_of,
        )

    def _credits(self, line: Line) -> Iterator[tuple[str, Decimal]]:
        for who, part in line.splits:
            number = self._who(who)
            if number is None:
                self._tell_unknown("Purchases", line.row, "splits", who, "staff-unknown", self._staff)
            else:
                yield number, part

    # ladders

    def ladder(self, tab: str) -> tuple[Any, ...]:
        """A ladder's steps; a From date whose steps cannot be a ladder is left out and told."""
        return self._ladders(tab, lambda step: (step.since,))

    def schemes(self) -> tuple[Any, ...]:
        """Bonus bands; a scheme's From date whose bands cannot be a ladder is left out and told."""
        return self._ladders("Bonus bands", lambda step: (step.since, step.scheme))

    def _ladders(self, tab: str, group: Callable[[Any], tuple[Any, ...]]) -> tuple[Any, ...]:
        steps = sorted(self._found[tab].records, key=lambda step: (group(step), step.from_amount, step.row))
        kept = [self._ladder(tab, list(rungs)) for _, rungs in groupby(steps, key=group)]
        return tuple(step for ladder in kept for step in ladder)

    def _ladder(self, tab: str, steps: list[Any]) -> list[Any]:
        twice = [step for before, step in pairwise(steps) if before.from_amount == step.from_amount]
        for step in twice:
            self._tell(tab, step.row, "from_amount", "threshold-twice")
        if steps[0].from_amount != 0:
            self._tell(tab, steps[0].row, "from_amount", "first-not-zero")
        return [] if twice or steps[0].from_amount != 0 else steps


def _row(cell: str) -> tuple[int, str]:
    digits = re.search(r"\d+", cell)
    return (int(digits[0]) if digits else 0, cell)


def next_number(known: frozenset[str]) -> str:
    """The client number after the highest, written like it: C012 is followed by C013."""
    shapes = [(found[1], found[2]) for number in known if (found := re.fullmatch(r"(.*?)(\d+)", number))]
    if not shapes:
        return "C001"
    prefix, digits = max(shapes, key=lambda shape: (int(shape[1]), shape[0]))
    return f"{prefix}{int(digits) + 1:0{len(digits)}d}"
