"""The fields of a letter to a client."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import SimpleNamespace
from typing import Any, Final, TypeAlias

from toolkit.book import ClientBook, Purchase, StaffMember, Words
from toolkit.campaigns.occasion import AwardedGift, Kind, Occasion
from toolkit.formatting import Formatter
from toolkit.letters.fields import FIELDS, Blank
from toolkit.letters.greeting import greeting
from toolkit.rules.loyalty.standing import Standing

Fields: TypeAlias = dict[str, Any]
"""The groups of fields by name, and what layout.html needs."""

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
        languages: the order of fallbacks.
    """

    id: str
    name: str
    address: str
    currency: str
    decimals: int
    language: str
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class LetterContext:
    """Everything that one letter to a client is about."""

    shop: ShopFace
    occasion: Occasion
    standing: Standing
    manager: StaffMember | None
    book: ClientBook

    def reader_name(self, words: Words) -> str:
        """Return the greeting, or "" without any name."""
        return greeting(self.occasion.client, words)

    def fields(self, formatter: Formatter) -> Fields:
        """Return every field as plain text.

        Printing a blank one raises FieldBlank.
        """
        client, words = self.occasion.client, formatter.words
        return {
            **blank_fields(),
            "language": words.language,
            "client": group(
                "client",
                greeting=greeting(client, words),
                name=client.name,
                first_name=client.first_name,
                surname=client.surname,
                company=client.company,
                number=client.number,
                likes=client.likes,
            ),
            "shop": group("shop", name=self.shop.name, address=self.shop.address),
            "manager": _manager(self.manager),
            "purchase": _purchase(self.occasion.purchases, self.book, formatter),
            "standing": _standing(self.standing, formatter),
            "notice": _notice(self.occasion, self.standing, formatter),
            "reward": _reward(self.occasion, self.shop.name, formatter),
            "meeting": group("meeting", date=_day(client.first_met, formatter)),
            "letter": group("letter", subject=""),
            "words": letter_words(words),
            **_foot(self.occasion, words),
        }


def clean(value: str) -> str:
    """Remove control characters, and unify line ends."""
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", text)


def letter_words(words: Words) -> SimpleNamespace:
    """Return [letter] of words.toml, with fallbacks."""
    fallback = vars(letter_words(words.otherwise)) if words.otherwise else {}
    return SimpleNamespace(**{**fallback, **words.tables.get("letter", {})})


def first_text(words: Words, *keys: str) -> str:
    """Return the first text that [letter] has, or ""."""
    texts = ((key, words.say("letter", key)) for key in keys)
    return next((text for key, text in texts if text != key), "")


def group(name: str, /, **fields: str) -> SimpleNamespace:
    """Return a group of fields, blank ones unprintable."""
    cleaned = {field: clean(value) for field, value in fields.items()}
    return SimpleNamespace(**{field: value or Blank(f"{name}.{field}") for field, value in cleaned.items()})


@cache
def blank_fields() -> Fields:
    """Return every group with blank fields."""
    pairs = [field.split(".") for field in sorted(FIELDS)]
    names = {first: {name: "" for of, name in pairs if of == first} for first, _ in pairs}
    return {first: group(first, **fields) for first, fields in names.items()}


def _manager(manager: StaffMember | None) -> SimpleNamespace:
    if manager is None:
        return group("manager", name="", line="", tel="")
    tel = "".join(mark for mark in manager.direct_line if mark.isdecimal() or mark == "+")
    return group("manager", name=manager.name, line=manager.direct_line, tel=tel)


def _foot(occasion: Occasion, words: Words) -> dict[str, str]:
    is_promotional = occasion.kind is Kind.PROMOTIONAL
    why = first_text(words, f"reason_{occasion.campaign}", "why_promotional" if is_promotional else "why_service")
    return {"why": why, "stop": first_text(words, "stop") if is_promotional else ""}


def _purchase(purchases: Sequence[Purchase], book: ClientBook, formatter: Formatter) -> SimpleNamespace:
    if not purchases:
        return SimpleNamespace(lines=(), **vars(group("purchase", date="", total="", receipt="")))
    lines = [SimpleNamespace(what=_product(line, book), amount=formatter.money(line.amount)) for line in purchases]
    amount = formatter.money(sum(line.amount for line in purchases))
    total = SimpleNamespace(what=first_text(formatter.words, "total"), amount=amount)
    day = formatter.day(max(line.date for line in purchases))
    fields = group("purchase", date=day, total=total.amount, receipt=_receipt([*lines, total]))
    return SimpleNamespace(lines=tuple(lines), **vars(fields))


def _product(line: Purchase, book: ClientBook) -> str:
    product = book.products_by_code.get(line.product)
    name = clean(product.name if product and product.name else line.product)
    return name if line.quantity == 1 else f"{name} × {line.quantity.normalize():f}"


def _receipt(lines: Sequence[SimpleNamespace]) -> str:
    """Return the receipt of the text part."""
    left, right = (max(len(getattr(line, side)) for line in lines) for side in ("what", "amount"))
    return "\n".join(f"{line.what:<{left}}{_GAP}{line.amount:>{right}}" for line in lines)


def _notice(occasion: Occasion, standing: Standing, formatter: Formatter) -> SimpleNamespace:
    tier = _tier(standing.tier, formatter)
    return group(
        "notice",
        rose=tier if occasion.event == "rose" else "",
        falls=tier if occasion.event == "falls" else "",
        points=str(occasion.points or ""),
        last_day=_day(standing.points.expire_on if occasion.points else None, formatter),
    )


def _reward(occasion: Occasion, shop_name: str, formatter: Formatter) -> SimpleNamespace:
    gift = occasion.gift or AwardedGift("")
    return group(
        "reward",
        given=gift.reward if occasion.event == "given" else "",
        referral=shop_name if occasion.event == "referral" else "",
        reached=gift.reward if occasion.event == "reached" else "",
        offered=gift.reward if occasion.event == "offered" else "",
        name=gift.reward,
        code=gift.code,
        until=_day(gift.until, formatter),
        costs=str(gift.points or ""),
    )


def _standing(standing: Standing, formatter: Formatter) -> SimpleNamespace:
    percent = int(standing.progress * 100)
    discount = standing.discount.share
    return group(
        "standing",
        tier=_tier(standing.tier, formatter),
        next_tier=_tier(standing.next_tier, formatter),
        to_next=_amount(standing.to_next, standing, formatter),
        reach_by=_day(standing.reach_by, formatter),
        kept_until=_day(standing.kept_until, formatter),
        to_keep=_amount(standing.to_keep, standing, formatter),
        keep_by=_day(standing.keep_by, formatter),
        discount=formatter.share(discount) if discount else "",
        spent=formatter.money(standing.spent),
        done=str(percent or ""),
        ahead=str((100 - percent) or ""),
        points=str(standing.points.usable) if standing.points.entries else "",
        says=_next_step(standing, formatter),
    )


def _next_step(standing: Standing, formatter: Formatter) -> str:
    """Return how far the next tier is."""
    if standing.to_next is None:
        return first_text(formatter.words, "top_tier")
    return formatter.say(
        "letter",
        "to_next",
        amount=_amount(standing.to_next, standing, formatter),
        tier=_tier(standing.next_tier, formatter),
        discount=formatter.share(standing.next_discount.share),
    )


def _amount(minor: int | None, standing: Standing, formatter: Formatter) -> str:
    """Return a sum or a number of purchases."""
    if minor is None:
        return ""
    if standing.measure == "spend":
        return formatter.money(minor)
    return formatter.count("letter", "purchases", minor // 10**formatter.decimals)


def _tier(name: str, formatter: Formatter) -> str:
    return formatter.say("tiers", name) if name else ""


def _day(day: date | None, formatter: Formatter) -> str:
    return formatter.day(day) if day else ""
