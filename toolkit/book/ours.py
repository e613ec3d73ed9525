"""The tabs that we own, and their headings: the only places that a run ever writes."""

from typing import Final

STANDING: Final = "Standing"
POINTS: Final = "Points"
BONUSES: Final = "Bonuses"
PROBLEMS: Final = "Problems"
CALLS: Final = "Calls"
OUTBOX: Final = "Outbox"
SUPPRESSED: Final = "Suppressed"
WEEK: Final = "Week"

KEPT: Final = "Kept"
"""The column of Bonuses in which an approved month keeps its figures and rules for us to read."""

HEADINGS: Final[dict[str, tuple[str, ...]]] = {
    STANDING: (
        "Client no.",
        "Name",
        "Tier",
        "Spent",
        "To next tier",
        "Discount",
        "Check",
        "Counted",
        "Next tier",
        "Last bought",
        "As of",
        "Reach by",
        "Tier until",
        "To keep tier",
        "Keep by",
        "Points",
        "Points pending",
        "Points expiring",
        "Points until",
        "Reward due",
        "Code to give",
    ),
    POINTS: (
        "Date",
        "Client no.",
        "Entry",
        "Points",
        "Balance",
        "Of",
        "Usable from",
        "Usable until",
        "Posted on",
        "Key",
    ),
    BONUSES: (
        "Period",
        "Staff no.",
        "Name",
        "Weighted credit",
        "Share of plan",
        "Target",
        "Bonus",
        "Earned",
        "Adjusted",
        "Carried over",
        "Approved on",
        KEPT,
    ),
    PROBLEMS: ("Where", "Column", "What is wrong", "How to mend it"),
    CALLS: ("Call by", "Manager", "Client no.", "Name", "Phone", "Address", "Letter", "Subject", "Why", "Key"),
    OUTBOX: (
        "Day",
        "Client no.",
        "Name",
        "Letter",
        "Subject",
        "State",
        "Words",
        "Key",
        "Channel",
        "By",
        "Occasion",
        "Wording",
        "Kind",
    ),
    SUPPRESSED: ("Day", "Client no.", "Name", "Why", "Key"),
    WEEK: ("What", "Value"),
}
"""English headings by tab. New ones go last: look-up columns count from the left."""

RECORDS: Final = frozenset({OUTBOX, POINTS, SUPPRESSED})
"""Tabs that tell what happened: they are continued by true runs only, never by one for another day."""

LOOKED_UP: Final[dict[str, int]] = {
    heading: HEADINGS[STANDING].index(heading) + 1
    for heading in ("Tier", "Spent", "To next tier", "Points", "Discount", "Check")
}
"""The look-up columns beside the clients: heading to column of Standing, counted from 1."""

SHOP_ID: Final = "Shop id"
HOME: Final = "Sends from"
"""The row of Week that names the shop."""
