"""The fields that a letter may use, and the headings that stand for them."""

import re
from typing import Final, NamedTuple

from toolkit.book.i18n import Lexicon
from toolkit.book.parse.suggest import nearest

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
"""What layout.html may use beside the fields."""

LISTS: Final = {"purchase.lines": frozenset({"what", "amount"})}
"""Our own lists, and what each of their items has."""

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
_PRINTED: Final = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
_WORDY: Final = re.compile(r"[^\W\d_]\w*(?:[ \-'’.]+\w+)+\.?")
_DOTTED: Final = re.compile(r"\w\.\w")


class TemplateFault(NamedTuple):
    """One thing that is wrong with the words of a letter; its code names a sentence of words.toml, [problems]."""

    code: str
    values: dict[str, str]


def with_fields(source: str, lexicon: Lexicon) -> str:
    """The source with headings of Clients, in any of our languages, put back to fields; nothing else is rewritten."""

    def field(found: re.Match[str]) -> str:
        named = _BY_HEADING.get(lexicon.heading(found[1]))
        return f"{{{{ {named} }}}}" if named else found[0]

    return _PRINTED.sub(field, source)


def strange_headings(source: str) -> tuple[TemplateFault, ...]:
    """Fields that are written like headings, in words, but are none: {{ Frist name }}."""
    inside = (found[1] for found in _PRINTED.finditer(source))
    return tuple(no_field(name) for name in inside if _WORDY.fullmatch(name) and not _DOTTED.search(name))


def no_field(name: str) -> TemplateFault:
    """The fault of a name that is no field, with the field or heading that was probably meant."""
    return TemplateFault("no-field", {"field": name, "proposal": nearest(name, FIELDS | _BY_HEADING.keys())})
