"""Fields of letters, and the headings that stand for them."""

import re
from typing import Final, NamedTuple, NoReturn

from jinja2 import Undefined

from toolkit.book import Lexicon, nearest

FIELDS: Final = frozenset(
    {
        "client.greeting",
        "client.name",
        "client.first_name",
        "client.surname",
        "client.company",
        "client.number",
        "client.likes",
        "shop.name",
        "shop.address",
        "manager.name",
        "manager.line",
        "purchase.date",
        "purchase.total",
        "standing.tier",
        "standing.next_tier",
        "standing.to_next",
        "standing.discount",
        "standing.spent",
        "standing.reach_by",
        "standing.kept_until",
        "standing.to_keep",
        "standing.keep_by",
        "standing.points",
        "notice.rose",
        "notice.falls",
        "notice.points",
        "notice.last_day",
        "reward.given",
        "reward.referral",
        "reward.reached",
        "reward.offered",
        "reward.name",
        "reward.code",
        "reward.until",
        "reward.costs",
        "staff.name",
        "bonus.month",
        "bonus.lead",
        "bonus.total",
        "best.month",
        "best.name",
        "best.line",
        "best.rule",
        "best.gifts",
        "letter.subject",
        "meeting.date",
    }
)
FRAME: Final = FIELDS | {"language", "preview", "body", "why", "stop", "manager.tel", "words.*"}
"""Names that layout.html may use."""

LISTS: Final = {"purchase.lines": frozenset({"what", "amount"})}
"""Lists that a letter may loop over, with the names of an item."""

_BY_HEADING: Final = {
    "Call them": "client.greeting",
    "Name": "client.name",
    "First name": "client.first_name",
    "Surname": "client.surname",
    "Company": "client.company",
    "Client no.": "client.number",
    "Likes": "client.likes",
    "Manager": "manager.name",
    "Tier": "standing.tier",
    "Spent": "standing.spent",
    "To next tier": "standing.to_next",
    "Discount": "standing.discount",
    "First met": "meeting.date",
}
_PRINTED: Final = re.compile(r"\{\{([^{}]*)\}\}")
_WORDY: Final = re.compile(r"[^\W\d_]\w*(?:[ \-'’.]+\w+)+\.?")
_DOTTED: Final = re.compile(r"\w\.\w")


class TemplateFault(NamedTuple):
    """A fault in a letter's text, with its code in [problems]."""

    code: str
    values: dict[str, str]


class FieldBlank(Exception):
    """Raised where a letter would print a blank field.

    The writer catches it and holds the letter.
    """

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class Blank(Undefined):
    """A blank value, false in an `if` and unprintable."""

    __slots__ = ()

    def __init__(self, field: str) -> None:
        super().__init__(name=field)

    def __str__(self) -> NoReturn:
        raise FieldBlank(self._undefined_name or "")


def with_fields(source: str, lexicon: Lexicon) -> str:
    """Replace headings of Clients by their fields."""

    def field(match: re.Match[str]) -> str:
        name = _BY_HEADING.get(lexicon.heading(match[1].strip()))
        return f"{{{{ {name} }}}}" if name else match[0]

    return _PRINTED.sub(field, source)


def heading_faults(source: str) -> tuple[TemplateFault, ...]:
    """Return faults of misspelt headings, such as {{ Frist name }}."""
    inside = (match[1].strip() for match in _PRINTED.finditer(source))
    return tuple(no_field(name) for name in inside if _WORDY.fullmatch(name) and not _DOTTED.search(name))


def no_field(name: str) -> TemplateFault:
    """Return the fault of an unknown field."""
    return TemplateFault("no-field", {"field": name, "proposal": nearest(name, FIELDS | _BY_HEADING.keys())})
