"""The client base as a whole, with every tab that we read."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import Any, Final

from toolkit.book.approved_bonuses import ApprovedRow, read_approved
from toolkit.book.checks.bonuses import BonusChecks
from toolkit.book.checks.missing_tabs import missing_tabs
from toolkit.book.checks.references import ReferenceChecks
from toolkit.book.grid import Tabs
from toolkit.book.joins import SETTINGS
from toolkit.book.layout import broken_look_ups, heading_row, tab_name
from toolkit.book.parse.cells import ParseContext
from toolkit.book.problem import Problem
from toolkit.book.recipient import Recipient
from toolkit.book.rows import read_tab
from toolkit.book.tab import Tab, TabContents
from toolkit.book.tabs import TABS
from toolkit.book.tabs.awards import Award
from toolkit.book.tabs.clients import CLIENTS, Client
from toolkit.book.tabs.ladders import BonusBand, DiscountStep, TierStep
from toolkit.book.tabs.letters import OwnersWords
from toolkit.book.tabs.products import Product
from toolkit.book.tabs.purchases import Purchase
from toolkit.book.tabs.rewards import Reward, RewardGiven
from toolkit.book.tabs.schemes import Scheme
from toolkit.book.tabs.staff import SalesPlan, StaffMember

_DATE: Final = attrgetter("date")
_OLDEST_FIRST: Final = attrgetter("date", "number", "row")


@dataclass(frozen=True)
class ClientBook:
    """The contents of the workbook, with every fault left out.

    A tab fills the field that its `book_field` names; checks across tabs may leave records out or complete them.

    Args:
        approved_rows: the approved months in our own Bonuses tab.
        doubled: client numbers that stand in two rows. Their purchases count, but nobody is written to.
        doubled_staff: staff numbers that stand in two rows. Nobody is written to either.
        has: English names of the tabs that are there.
    """

    clients: tuple[Client, ...] = ()
    purchases: tuple[Purchase, ...] = ()
    products: tuple[Product, ...] = ()
    staff: tuple[StaffMember, ...] = ()
    sales_plan: tuple[SalesPlan, ...] = ()
    tiers: tuple[TierStep, ...] = ()
    discounts: tuple[DiscountStep, ...] = ()
    bonus_bands: tuple[BonusBand, ...] = ()
    rewards: tuple[Reward, ...] = ()
    rewards_given: tuple[RewardGiven, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    awards: tuple[Award, ...] = ()
    letters: tuple[OwnersWords, ...] = ()
    approved_rows: tuple[ApprovedRow, ...] = ()
    doubled: frozenset[str] = frozenset()
    doubled_staff: frozenset[str] = frozenset()
    has: frozenset[str] = frozenset()
    letters_tab: TabContents[OwnersWords] = field(default_factory=TabContents)
    given_tab: TabContents[RewardGiven] = field(default_factory=TabContents)
    bands_tab: TabContents[BonusBand] = field(default_factory=TabContents)

    @cached_property
    def purchases_by_client(self) -> Mapping[str, tuple[Purchase, ...]]:
        """The lines of each client who has any, oldest first."""
        by_client: defaultdict[str, list[Purchase]] = defaultdict(list)
        for purchase in self.purchases:
            by_client[purchase.client].append(purchase)
        return {client: tuple(_oldest_first(lines)) for client, lines in by_client.items()}

    @cached_property
    def given_by_client(self) -> Mapping[str, tuple[RewardGiven, ...]]:
        """The rewards of each client who has any, oldest first."""
        by_client: dict[str, list[RewardGiven]] = {}
        for given in sorted(self.rewards_given, key=lambda given: (given.date, given.reward, given.code, given.points)):
            by_client.setdefault(given.client, []).append(given)
        return {client: tuple(given) for client, given in by_client.items()}

    @cached_property
    def referred_by_client(self) -> Mapping[str, tuple[str, ...]]:
        """The numbers of the clients that each client referred."""
        by_client: dict[str, list[str]] = {}
        for client in self.clients:
            if client.referred_by not in ("", client.number):
                by_client.setdefault(client.referred_by, []).append(client.number)
        return {client: tuple(numbers) for client, numbers in by_client.items()}

    @property
    def readers(self) -> tuple[Recipient, ...]:
        """Everybody who may get a letter."""
        return (*self.clients, *self.staff)

    @cached_property
    def staff_by_number(self) -> Mapping[str, StaffMember]:
        """Staff by staff number."""
        return {member.number: member for member in self.staff}

    @cached_property
    def products_by_code(self) -> Mapping[str, Product]:
        """The first row of each product."""
        return {row.product: row for row in reversed(self.products) if row.product}


def _oldest_first(lines: Iterable[Purchase]) -> list[Purchase]:
    """Sort by date alone where that is enough, which is faster."""
    by_date = sorted(lines, key=_DATE)
    one_a_day = len({line.date for line in by_date}) == len(by_date)
    return by_date if one_a_day else sorted(by_date, key=_OLDEST_FIRST)


def read_book(tabs: Tabs, context: ParseContext) -> tuple[ClientBook, tuple[Problem, ...]]:
    """Read every tab that we know.

    Returns:
        The book, and every problem in it in the order of TABS and rows.
    """
    contents = {tab.name: _read(tab, tabs, context) for tab in TABS}
    references, bonuses = ReferenceChecks(contents, context, tabs), BonusChecks(contents)
    approved_rows, changed = read_approved(tabs, context)
    book = ClientBook(
        **{**_records(contents), **_checked_records(references, bonuses)},
        approved_rows=approved_rows,
        doubled=contents["Clients"].left_out,
        doubled_staff=contents["Staff"].left_out,
        has=frozenset(name for name, tab in contents.items() if tab.tab),
        letters_tab=contents["Letters"],
        given_tab=contents["Rewards given"],
        bands_tab=contents["Bonus bands"],
    )
    references.check_clients()
    bonuses.check_weights()
    bonuses.check_sales(book.purchases, book.staff)
    bonuses.check_staff(book.schemes)
    references.take(bonuses.problems)
    references.take(_broken_look_ups(tabs, context))
    return book, (*missing_tabs(tabs, context), *references.problems(), *changed)


def _records(contents: Mapping[str, TabContents[Any]]) -> dict[str, Any]:
    """Return the records of every tab by their field of ClientBook."""
    records: dict[str, Any] = {}
    for tab in TABS:
        records[tab.book_field] = (*records.get(tab.book_field, ()), *contents[tab.name].records)
    return records


def _checked_records(references: ReferenceChecks, bonuses: BonusChecks) -> dict[str, Any]:
    """Return the records that checks complete or leave out."""
    purchases = references.purchases()
    bands = bonuses.bands(references.bonus_bands())
    return {
        "purchases": purchases,
        "bonus_bands": bands,
        "schemes": bonuses.schemes(bands),
        "sales_plan": bonuses.plans(references.sales_plan()),
        "tiers": references.ladder("Tiers"),
        "discounts": references.ladder("Discounts"),
        "rewards": references.rewards(),
        "rewards_given": references.rewards_given(),
    }


def _broken_look_ups(tabs: Tabs, context: ParseContext) -> tuple[Problem, ...]:
    name = tab_name(CLIENTS, tabs, context)
    grid = tabs.get(name, ())
    top = heading_row(CLIENTS, grid, context) if grid else 0
    return broken_look_ups(name, top, grid[top] if grid else ())


def _read(tab: Tab[Any], tabs: Tabs, context: ParseContext) -> TabContents[Any]:
    """Read one tab, or the table of the settings that stands for it."""
    name = tab_name(tab, tabs, context)
    if name in tabs:
        return read_tab(tab, name, tabs[name], context, tabs)
    if tab.slug in context.starter:
        return read_tab(tab, f"{SETTINGS} [starter.{tab.slug}]", context.starter[tab.slug], context)
    return TabContents()
