"""The values of one letter: every field as the client reads it, or blank."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import SimpleNamespace
from typing import Any, Final, TypeAlias

from toolkit.book.client_book import ClientBook
from toolkit.book.i18n import Words
from toolkit.book.tabs.purchases import Purchase
from toolkit.book.tabs.staff import StaffMember
from toolkit.campaigns.occasion import AwardedGift, Kind, Occasion
from toolkit.letters.blank import Blank
from toolkit.letters.fields import FIELDS
from toolkit.letters.greeting import greeting
from toolkit.letters.speech import day, money, share
from toolkit.rules.loyalty.standing import Standing

Fields: TypeAlias = dict[str, Any]
"""Each group of fields by its name, and what the frame of a letter needs."""

_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Unicode's categories Cc and Cs, but for line feed and tab."""
_GAP: Final = "  "


@dataclass(frozen=True)
class ShopFace:
    """The shop as its letters show it.

    Args:
        id: the shop id.
        name: as clients know it.
        address: the postal address.
        currency: three letters.
        decimals: digits of the minor units.
        language: its own.
        languages: in which order to fall back.
    """

    id: str
    name: str
    address: str
    currency: str
    decimals: int
    language: str
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Speaker:
    """The shop as it speaks one language."""

    shop: ShopFace
    words: Words

    def money(self, minor: int) -> str:
        """A sum in the shop's currency."""
        return money(minor, self.shop.currency, self.shop.decimals, self.words.language)

    def share(self, part: Decimal) -> str:
        """A percentage; "" for none."""
        return share(part, self.words.language) if part else ""

    def tier(self, name: str) -> str:
        """A tier's name as clients read it."""
        return self.words.say("tiers", name) if name else ""

    def said(self, *keys: str) -> str:
        """The first of the keys that words.toml knows, in [letter]; "" where it knows none."""
        tried = ((key, self.words.say("letter", key)) for key in keys)
        return next((said for key, said in tried if said != key), "")


@dataclass(frozen=True)
class LetterContext:
    """All that one letter speaks of."""

    occasion: Occasion
    standing: Standing
    manager: StaffMember | None
    book: ClientBook

    def called(self, speaker: Speaker) -> str:
        """How the letter calls the client; "" for one without any name."""
        return greeting(self.occasion.client, speaker.words)

    def fields(self, speaker: Speaker) -> Fields:
        """Every field of the letter."""
        return values(self, speaker)


def values(told: LetterContext, speaker: Speaker) -> Fields:
    """Every field of a letter. A value is plain text without control characters; a blank one refuses to be printed."""
    language, shop = speaker.words.language, speaker.shop
    met = told.occasion.client.first_met
    return {
        **blank_fields(),
        "language": language,
        "client": _client(told.occasion, speaker.words),
        "shop": group("shop", name=shop.name, address=shop.address),
        "manager": _manager(told.manager),
        "purchase": _purchase(told, speaker),
        "standing": _standing(told.standing, speaker),
        "notice": _notice(told, speaker),
        "reward": _reward(told.occasion, speaker),
        "meeting": group("meeting", date=day(met, language) if met else ""),
        "letter": group("letter", subject=""),
        "words": letter_words(speaker.words),
        **_foot(told.occasion, speaker),
    }


def clean(value: str) -> str:
    """Text without control characters and broken surrogates; line ends are one line feed."""
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", text)


def letter_words(words: Words) -> SimpleNamespace:
    """The short words of [letter], those of another language where this one has none."""
    below = vars(letter_words(words.otherwise)) if words.otherwise else {}
    return SimpleNamespace(**{**below, **words.tables.get("letter", {})})


def group(named: str, **fields: str) -> SimpleNamespace:
    """A group of fields; a blank one refuses to be printed."""
    cleaned = {name: clean(value) for name, value in fields.items()}
    return SimpleNamespace(**{name: value or Blank(f"{named}.{name}") for name, value in cleaned.items()})


@cache
def blank_fields() -> Fields:
    """Every group with nothing in it, for what a letter does not speak of."""
    pairs = [field.split(".") for field in sorted(FIELDS)]
    names = {first: {name: "" for of, name in pairs if of == first} for first, _ in pairs}
    return {first: group(first, **fields) for first, fields in names.items()}


def _client(occasion: Occasion, words: Words) -> SimpleNamespace:
    client = occasion.client
    return group(
        "client",
        greeting=greeting(client, words),
        name=client.name,
        first_name=client.first_name,
        surname=client.surname,
        company=client.company,
        number=client.number,
        likes=client.likes,
    )


def _manager(manager: StaffMember | None) -> SimpleNamespace:
    if manager is None:
        return group("manager", name="", line="", tel="")
    tel = "".join(one for one in manager.direct_line if one.isdecimal() or one == "+")
    return group("manager", name=manager.name, line=manager.direct_line, tel=tel)


def _foot(occasion: Occasion, speaker: Speaker) -> dict[str, str]:
    promotional = occasion.kind is Kind.PROMOTIONAL
    why = speaker.said(f"reason_{occasion.campaign}", "why_promotional" if promotional else "why_service")
    return {"why": why, "stop": speaker.said("stop") if promotional else ""}


def _purchase(told: LetterContext, speaker: Speaker) -> SimpleNamespace:
    bought = told.occasion.purchases
    if not bought:
        return SimpleNamespace(lines=(), **vars(group("purchase", date="", total="", receipt="")))
    lines = [SimpleNamespace(what=_what(one, told.book), amount=speaker.money(one.amount)) for one in bought]
    total = SimpleNamespace(what=speaker.said("total"), amount=speaker.money(sum(one.amount for one in bought)))
    when = day(max(one.date for one in bought), speaker.words.language)
    fields = group("purchase", date=when, total=total.amount, receipt=_receipt([*lines, total]))
    return SimpleNamespace(lines=tuple(lines), **vars(fields))


def _what(line: Purchase, book: ClientBook) -> str:
    product = book.products_by_code.get(line.product)
    name = clean(product.name if product and product.name else line.product)
    return name if line.quantity == 1 else f"{name} × {line.quantity.normalize():f}"


def _receipt(lines: Sequence[SimpleNamespace]) -> str:
    """The lines one below the other, names to the left and sums to the right."""
    left, right = (max(len(getattr(one, side)) for one in lines) for side in ("what", "amount"))
    return "\n".join(f"{one.what:<{left}}{_GAP}{one.amount:>{right}}" for one in lines)


def _notice(told: LetterContext, speaker: Speaker) -> SimpleNamespace:
    """What changed, or is about to: each field is blank where it is not that."""
    event, tier, ending = told.occasion.event, speaker.tier(told.standing.tier), told.occasion.points
    return group(
        "notice",
        rose=tier if event == "rose" else "",
        falls=tier if event == "falls" else "",
        points=str(ending or ""),
        last_day=_day(told.standing.points.expire_on if ending else None, speaker),
    )


def _reward(occasion: Occasion, speaker: Speaker) -> SimpleNamespace:
    gift = occasion.gift or AwardedGift("")
    return group(
        "reward",
        given=gift.reward if occasion.event == "given" else "",
        referral=speaker.shop.name if occasion.event == "referral" else "",
        reached=gift.reward if occasion.event == "reached" else "",
        offered=gift.reward if occasion.event == "offered" else "",
        name=gift.reward,
        code=gift.code,
        until=_day(gift.until, speaker),
        costs=str(gift.points or ""),
    )


def _standing(standing: Standing, speaker: Speaker) -> SimpleNamespace:
    done = int(standing.progress * 100)
    return group(
        "standing",
        tier=speaker.tier(standing.tier),
        next_tier=speaker.tier(standing.next_tier),
        to_next=_more(standing.to_next, standing, speaker),
        reach_by=_day(standing.reach_by, speaker),
        kept_until=_day(standing.kept_until, speaker),
        to_keep=_more(standing.to_keep, standing, speaker),
        keep_by=_day(standing.keep_by, speaker),
        discount=speaker.share(standing.discount.share),
        spent=speaker.money(standing.spent),
        done=str(done) if done else "",
        ahead=str(100 - done) if done < 100 else "",  # noqa: PLR2004 - percent
        points=str(standing.points.usable) if standing.points.entries else "",
        says=_says(standing, speaker),
    )


def _more(minor: int | None, standing: Standing, speaker: Speaker) -> str:
    """How much more is missing: a sum, or the number of purchases after the word for them."""
    if minor is None:
        return ""
    if standing.measure == "spend":
        return speaker.money(minor)
    return speaker.words.say("letter", "purchases", count=str(minor // 10**speaker.shop.decimals))


def _day(when: date | None, speaker: Speaker) -> str:
    return day(when, speaker.words.language) if when else ""


def _says(standing: Standing, speaker: Speaker) -> str:
    """What is missing to the next tier, or that there is none above."""
    if standing.to_next is None:
        return speaker.said("top_tier")
    return speaker.words.say(
        "letter",
        "to_next",
        amount=_more(standing.to_next, standing, speaker),
        tier=speaker.tier(standing.next_tier),
        discount=share(standing.next_discount.share, speaker.words.language),
    )
