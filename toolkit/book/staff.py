"""The Staff and Plan tabs: who works with clients, and the plan of the whole."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from toolkit.book.cells import day, email, month, sum_of_money, text
from toolkit.book.tab import Column, Tab


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One person who works with clients; direct_line is written as the client should read it."""

    number: str
    row: int
    faults: frozenset[str] = frozenset()
    name: str = ""
    email: str = ""
    direct_line: str = ""
    role: str = ""
    since: date | None = None
    until: date | None = None
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class SalesPlan:
    """A target for a month: of the whole organisation where staff and product are blank.

    Args:
        month: its first day.
        target: minor units.
    """

    month: date
    target: int
    row: int
    faults: frozenset[str] = frozenset()
    staff: str = ""
    product: str = ""


STAFF: Final = Tab(
    name="Staff",
    key="number",
    make=StaffMember,
    columns=(
        Column("Staff no.", "number", text, vital=True, expected=True),
        Column("Name", "name", text, expected=True),
        Column("Email", "email", email),
        Column("Direct line", "direct_line", text),
        Column("Role", "role", text),
        Column("From", "since", day),
        Column("Until", "until", day),
        Column("Scheme", "scheme", text),
    ),
)

SALES_PLAN: Final = Tab(
    name="Plan",
    make=SalesPlan,
    columns=(
        Column("Period", "month", month, vital=True, expected=True),
        Column("Staff", "staff", text),
        Column("Product or category", "product", text),
        Column("Target", "target", sum_of_money, vital=True, expected=True),
    ),
)


def staff_names(staff: tuple[StaffMember, ...]) -> dict[str, str]:
    """Every way to write a staff member: number, name, or a first name that only one of them has."""
    firsts = [member.name.split(" ")[0].casefold() for member in staff if member.name]
    names = {first: "" for first in firsts if firsts.count(first) == 1}
    known = {member.name.casefold(): member.number for member in staff if member.name}
    for member in staff:
        if (first := member.name.split(" ")[0].casefold()) in names:
            names[first] = member.number
    return names | known | {member.number.casefold(): member.number for member in staff}
