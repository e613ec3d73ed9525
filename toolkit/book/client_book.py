"""The whole client base: every tab that we read, and the book that they make."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import Any, Final

from toolkit.book.approved_bonuses import KeptRow, read_kept
from toolkit.book.checks.bonuses import BonusChecks
from toolkit.book.checks.look_ups import broken_look_ups
from toolkit.book.checks.references import ReferenceChecks
from toolkit.book.checks.renamed_tabs import renamed
from toolkit.book.grid import Tabs
from toolkit.book.headings import heading_row
from toolkit.book.i18n import plain
from toolkit.book.joins import SETTINGS
from toolkit.book.mapping import Mapped, as_spelt
from toolkit.book.ours import HEADINGS
from toolkit.book.own_tab_names import is_called
from toolkit.book.parse.cells import Reading
from toolkit.book.parse.suggest import nearest
from toolkit.book.problem import Problem
from toolkit.book.recipient import Recipient
from toolkit.book.rows import read_tab
from toolkit.book.tab import Found, Tab
from toolkit.book.tabs.awards import AWARDS, Award
from toolkit.book.tabs.clients import CLIENTS, Client
from toolkit.book.tabs.ladders import BONUS_BANDS, DISCOUNTS, TIERS, BonusBand, DiscountStep, TierStep
from toolkit.book.tabs.letters import LETTERS, OwnersWords
from toolkit.book.tabs.products import PRODUCTS, WEIGHTS, Product
from toolkit.book.tabs.purchases import PURCHASES, Purchase
from toolkit.book.tabs.rewards import REWARDS, REWARDS_GIVEN, Reward, RewardGiven
from toolkit.book.tabs.schemes import SCHEMES, Scheme
from toolkit.book.tabs.staff import SALES_PLAN, STAFF, SalesPlan, StaffMember

TABS: Final[tuple[Tab[Any], ...]] = (
    CLIENTS,
    PURCHASES,
    PRODUCTS,
    WEIGHTS,
    STAFF,
    SALES_PLAN,
    TIERS,
    DISCOUNTS,
    BONUS_BANDS,
    REWARDS,
    REWARDS_GIVEN,
    SCHEMES,
    AWARDS,
    LETTERS,
)
"""Every tab of the team's that we read; only Clients must be there."""

_DATE: Final = attrgetter("date")
_OLDEST_FIRST: Final = attrgetter("date", "number", "row")


@dataclass(frozen=True)
class ClientBook:
    """What the workbook says, with every fault left out.

    Args:
        doubled: client numbers that stand in two rows: their sums count, but nobody is written to.
        doubled_staff: staff numbers that stand in two rows; nobody is written to either.
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
    kept: tuple[KeptRow, ...] = ()
    awards: tuple[Award, ...] = ()
    letters: tuple[OwnersWords, ...] = ()
    doubled: frozenset[str] = frozenset()
    doubled_staff: frozenset[str] = frozenset()
    has: frozenset[str] = frozenset()
    letters_tab: Found[OwnersWords] = field(default_factory=Found)
    given_tab: Found[RewardGiven] = field(default_factory=Found)
    bands_tab: Found[BonusBand] = field(default_factory=Found)

    @cached_property
    def purchases_by_client(self) -> Mapping[str, tuple[Purchase, ...]]:
        """Each client's lines, oldest first; clients without any are not in it."""
        found: defaultdict[str, list[Purchase]] = defaultdict(list)
        for purchase in self.purchases:
            found[purchase.client].append(purchase)
        return {client: tuple(_oldest_first(lines)) for client, lines in found.items()}

    @cached_property
    def given_by_client(self) -> Mapping[str, tuple[RewardGiven, ...]]:
        """What each client was given, oldest first; clients without rewards are not in it."""
        found: dict[str, list[RewardGiven]] = {}
        for one in sorted(self.rewards_given, key=lambda one: (one.date, one.reward, one.code, one.points)):
            found.setdefault(one.client, []).append(one)
        return {client: tuple(given) for client, given in found.items()}

    @cached_property
    def referred_by_client(self) -> Mapping[str, tuple[str, ...]]:
        """The client numbers that came by each client's word; nobody comes by the own one."""
        found: dict[str, list[str]] = {}
        for client in self.clients:
            if client.referred_by not in ("", client.number):
                found.setdefault(client.referred_by, []).append(client.number)
        return {client: tuple(numbers) for client, numbers in found.items()}

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
        """The rows that name a product, by that product; the first row names it."""
        return {one.product: one for one in reversed(self.products) if one.product}


def _oldest_first(lines: Iterable[Purchase]) -> list[Purchase]:
    """By date, which is soon compared; by number and row too where several lines are of one day."""
    found = sorted(lines, key=_DATE)
    one_a_day = len({line.date for line in found}) == len(found)
    return found if one_a_day else sorted(found, key=_OLDEST_FIRST)


def read_book(tabs: Tabs, reading: Reading) -> tuple[ClientBook, tuple[Problem, ...]]:
    """Read every tab that we know; the rest of the workbook is not looked at.

    Returns:
        The book, and every problem in it in the order of TABS and rows.
    """
    found = {tab.name: _found(tab, tabs, reading) for tab in TABS}
    across = ReferenceChecks(found, reading, tabs)
    checks = BonusChecks(found)
    kept, changed = read_kept(tabs, reading)
    purchases, bands = across.purchases(), checks.bands(across.schemes())
    schemes = checks.schemes(bands)
    book = ClientBook(
        clients=found["Clients"].records,
        purchases=purchases,
        products=(*found["Products"].records, *found["Weights"].records),
        staff=found["Staff"].records,
        sales_plan=checks.plans(across.sales_plan()),
        tiers=across.ladder("Tiers"),
        discounts=across.ladder("Discounts"),
        bonus_bands=bands,
        schemes=schemes,
        kept=kept,
        awards=found["Awards"].records,
        rewards=across.rewards(),
        rewards_given=across.rewards_given(),
        letters=found["Letters"].records,
        doubled=found["Clients"].left_out,
        doubled_staff=found["Staff"].left_out,
        has=frozenset(name for name, one in found.items() if one.tab),
        letters_tab=found["Letters"],
        given_tab=found["Rewards given"],
        bands_tab=found["Bonus bands"],
    )
    across.check_clients()
    checks.check_weights()
    checks.check_sales(purchases, book.staff)
    checks.check_staff(schemes)
    across.take(checks.problems)
    across.take(_broken_look_ups(tabs, reading))
    return book, (*_missing(tabs, reading), *across.problems(), *changed)


def _broken_look_ups(tabs: Tabs, reading: Reading) -> tuple[Problem, ...]:
    name = tab_name(CLIENTS, tabs, reading)
    grid = tabs.get(name, ())
    top = heading_row(CLIENTS, grid, reading) if grid else 0
    return broken_look_ups(name, top, grid[top] if grid else ())


def _found(tab: Tab[Any], tabs: Tabs, reading: Reading) -> Found[Any]:
    """One tab, or the table of the settings that stands for it."""
    name = tab_name(tab, tabs, reading)
    if name in tabs:
        return read_tab(tab, name, tabs[name], reading, tabs)
    if tab.slug in reading.starter:
        return read_tab(tab, starter_name(tab), reading.starter[tab.slug], reading)
    return Found()


def starter_name(tab: Tab[Any]) -> str:
    """How problems name a table of the settings."""
    return f"{SETTINGS} [starter.{tab.slug}]"


def tab_name(tab: Tab[Any], tabs: Iterable[str], reading: Reading) -> str:
    """What the team calls one of our tabs, by the mapping or in any language; our own name where it is not there."""
    mapped = reading.mapped.get(tab.slug, Mapped()).tab
    if mapped:
        return as_spelt(mapped, tabs)
    return next((name for name in tabs if is_called(tab.name, name, reading.lexicon)), tab.name)


def _missing(tabs: Tabs, reading: Reading) -> Iterator[Problem]:
    """The Clients tab must be there, and so must every tab that the settings name, or that only has another name."""
    missing = [tab for tab in TABS if tab_name(tab, tabs, reading) not in tabs]
    unread = [tab for tab in missing if tab.slug not in reading.starter]
    others = renamed(unread, tabs, _known(tabs, reading), reading)
    for tab in missing:
        name, other = tab_name(tab, tabs, reading), others.get(tab.name, "")
        if tab is CLIENTS or name != tab.name or other:
            values = {"near": other or nearest(name, tabs), "tabs": ", ".join(tabs), "section": tab.slug}
            yield Problem(name, "", "", _missing_code(tab, name, values["near"]), values)


def _known(tabs: Tabs, reading: Reading) -> frozenset[str]:
    """The tabs that are read under their names, those that a mapping joins to them, and ours."""
    names = {plain(name) for name in (*(tab.name for tab in TABS), *HEADINGS)}
    joined = (join.to.tab for one in reading.mapped.values() for join in one.joins)
    read = {*joined, *(tab_name(tab, tabs, reading) for tab in TABS)}
    return frozenset(read | {name for name in tabs if plain(reading.lexicon.tab(name)) in names})


def _missing_code(tab: Tab[Any], name: str, near: str) -> str:
    """A name that stands only in the settings is mended there, not in the workbook."""
    if name != tab.name:
        return "mapped-tab-missing-near" if near else "mapped-tab-missing"
    return "tab-missing-near" if near else "tab-missing"
