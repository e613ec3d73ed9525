"""The Staff and Plan tabs."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from toolkit.book.parse.amounts import sum_of_money
from toolkit.book.parse.cells import language, text
from toolkit.book.parse.dates import day, month
from toolkit.book.parse.emails import email
from toolkit.book.recipient import STAFF_PREFIX
from toolkit.book.tab import Column, Tab


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One person who works with clients.

    Args:
        direct_line: a phone as the client should read it.
    """

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
        """The number by which letters name this person, such as staff:S1."""
        return f"{STAFF_PREFIX}{self.number}"

    def works_on(self, today: date) -> bool:
        """True if the day lies between From and Until, both included."""
        return (self.since is None or self.since <= today) and not self.has_left(today)

    def has_left(self, today: date) -> bool:
        """True if Until has passed."""
        return self.until is not None and self.until < today


@dataclass(frozen=True, slots=True)
class SalesPlan:
    """A target for a month.

    It is the whole organisation's where staff and product are blank.

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
    """Return staff numbers by number, name and first name."""
    staff = tuple(staff)
    firsts = _only_ones((member.name.partition(" ")[0], member.number) for member in staff)
    names = _only_ones((member.name, member.number) for member in staff)
    return firsts | names | _only_ones((member.number, member.number) for member in staff)


def staff_as_written(staff: Iterable[StaffMember]) -> list[str]:
    """Return unambiguous names and numbers in their own spelling."""
    staff = tuple(staff)
    known = staff_names(staff)
    written = [name for member in staff for name in (member.name, member.name.partition(" ")[0], member.number)]
    return [name for name in written if name.casefold() in known]


def _only_ones(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the names that only one person has."""
    pairs = [(name.casefold(), number) for name, number in named if name]
    counts = Counter(name for name, _ in pairs)
    return {name: number for name, number in pairs if counts[name] == 1}
