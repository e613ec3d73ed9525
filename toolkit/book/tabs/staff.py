"""The Staff and Plan tabs: who works with clients, and the plan of the whole."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from toolkit.book.parse.amounts import sum_of_money
from toolkit.book.parse.cells import language, text
from toolkit.book.parse.dates import day, month
from toolkit.book.parse.emails import email
from toolkit.book.recipient import STAFF as STAFF_MARK
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
    language: str = ""

    @property
    def reader_no(self) -> str:
        """As letters name this person: staff:S1."""
        return f"{STAFF_MARK}{self.number}"

    def works_on(self, today: date) -> bool:
        """Whether the day lies between From and Until, both included."""
        return (self.since is None or self.since <= today) and not self.has_left(today)

    def has_left(self, today: date) -> bool:
        """Whether Until has passed."""
        return self.until is not None and self.until < today


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
        Column("Language", "language", language),
    ),
)

SALES_PLAN: Final = Tab(
    name="Plan",
    fills="sales_plan",
    make=SalesPlan,
    columns=(
        Column("Period", "month", month, vital=True, expected=True),
        Column("Staff", "staff", text),
        Column("Product or category", "product", text),
        Column("Target", "target", sum_of_money, vital=True, expected=True),
    ),
)


def staff_names(staff: Iterable[StaffMember]) -> dict[str, str]:
    """Every way to write a staff member, to the number: number, name, or first name, where only one person has it."""
    staff = tuple(staff)
    firsts = _only_ones((member.name.partition(" ")[0], member.number) for member in staff)
    names = _only_ones((member.name, member.number) for member in staff)
    return firsts | names | _only_ones((member.number, member.number) for member in staff)


def staff_as_written(staff: Iterable[StaffMember]) -> list[str]:
    """Names and numbers in their own spelling, for did-you-mean; a name that two people share helps nobody."""
    staff = tuple(staff)
    known = staff_names(staff)
    written = [one for member in staff for one in (member.name, member.name.partition(" ")[0], member.number)]
    return [one for one in written if one.casefold() in known]


def _only_ones(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Those of the names that one person alone has."""
    pairs = [(name.casefold(), number) for name, number in named if name]
    counts = Counter(name for name, _ in pairs)
    return {name: number for name, number in pairs if counts[name] == 1}
