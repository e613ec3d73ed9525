"""The tabs of the team's that we read, one a file."""

from typing import Any, Final

from toolkit.book.tab import Tab
from toolkit.book.tabs.awards import AWARDS
from toolkit.book.tabs.clients import CLIENTS
from toolkit.book.tabs.ladders import BONUS_BANDS, DISCOUNTS, TIERS
from toolkit.book.tabs.letters import LETTERS
from toolkit.book.tabs.products import PRODUCTS, WEIGHTS
from toolkit.book.tabs.purchases import PURCHASES
from toolkit.book.tabs.rewards import REWARDS, REWARDS_GIVEN
from toolkit.book.tabs.schemes import SCHEMES
from toolkit.book.tabs.staff import SALES_PLAN, STAFF

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
"""Only Clients must be in the workbook; problems are told in this order."""
