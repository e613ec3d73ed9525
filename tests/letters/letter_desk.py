"""A small shop's desk for the tests of letters: real templates, made-up clients."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

from toolkit.book.client_book import ClientBook
from toolkit.book.i18n import Lexicon, Words
from toolkit.book.tab import ColumnSource, TabContents
from toolkit.book.tabs.clients import Client
from toolkit.book.tabs.letters import OwnersWords
from toolkit.book.tabs.products import Product
from toolkit.book.tabs.purchases import Purchase
from toolkit.book.tabs.staff import StaffMember
from toolkit.campaigns.occasion import Held, Kind, Occasion
from toolkit.letters.letter import Letter
from toolkit.letters.writer import ShopFace, TemplateTexts, Writer
from toolkit.rules.loyalty.discounts import Discount
from toolkit.rules.loyalty.standing import Standing

TEMPLATES: Final = Path(__file__).parents[2] / "templates"
DAY: Final = date(2026, 11, 3)
SHOP: Final = ShopFace("shop1", "Duka la Juma", "Barabara ya Moi 12, Mombasa", "KES", 2, "sw", ("sw", "en"))
JUMA: Final = StaffMember("S1", 2, name="Juma Ali", direct_line="+254 712 345 678")
ASHA: Final = Client(
    "C001",
    2,
    name="Asha Juma",
    first_name="Asha",
    surname="Juma",
    call_them="Bi. Asha",
    email="asha@example.com",
    language="sw",
    manager="Juma",
    first_met=DAY,
)
BOUGHT: Final = (
    Purchase("P1", 2, DAY, "C001", "Cotton", Decimal("4.0"), 640000),
    Purchase("P1", 3, DAY, "C001", "Thread", Decimal(3), 90000),
    Purchase("P1", 4, DAY, "C001", "Sewing", Decimal(1), 450000),
)
BOOK: Final = ClientBook(
    staff=(JUMA,), products=(Product(2, product="Cotton", name="Kitambaa"), Product(3, product="Thread"))
)
LETTERS_TAB: Final = TabContents[OwnersWords](
    tab="Barua", sources={"subject": ColumnSource("Barua", "D", "Mada"), "words": ColumnSource("Barua", "E", "Maneno")}
)


@cache
def lexicon() -> Lexicon:
    """The words of every language, as the templates have them."""
    english = Words("en", _tables("en"))
    others = {path.name: Words(path.name, _tables(path.name), english) for path in TEMPLATES.iterdir() if path.is_dir()}
    return Lexicon({**others, "en": english})


def _tables(language: str) -> dict[str, object]:
    return tomllib.loads((TEMPLATES / language / "words.toml").read_text(encoding="utf-8"))


@cache
def layout() -> str:
    """The layout around every letter."""
    return (TEMPLATES / "layout.html").read_text(encoding="utf-8")


@cache
def files() -> Mapping[tuple[str, str], str]:
    """Every template, by language and letter."""
    return {(path.parent.name, path.stem): path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*/*.md")}


def a_file(body: str, subject: str = "Hello", preview: str = "Look inside") -> str:
    """A template's file."""
    return f"subject: {subject}\npreview: {preview}\n---\n{body}\n"


def a_writer(
    texts: Mapping[tuple[str, str], str] | None = None, *ready: OwnersWords, shop: ShopFace = SHOP, frame: str = ""
) -> Writer:
    """A writer with the shop's own files, or with a few of the test's."""
    book = replace(BOOK, letters=ready, letters_tab=LETTERS_TAB)
    return Writer(shop, TemplateTexts(files() if texts is None else texts, frame or layout(), lexicon()), book)


def ready(words: str, *, letter: str = "newsletter", language: str = "sw", subject: str = "Habari") -> OwnersWords:
    """A row of the Letters tab that the owner approved."""
    return OwnersWords(letter, language, 4, status="ready", subject=subject, words=words)


def an_occasion(client: Client = ASHA, letter: str = "thank_you", kind: Kind = Kind.SERVICE) -> Occasion:
    """A letter that is owed; a thank-you speaks of three lines."""
    bought = BOUGHT if letter == "thank_you" else ()
    return Occasion(letter, client, "2026-11-03", date(2026, 11, 10), kind, bought)


def a_standing(client: Client = ASHA) -> Standing:
    """Silver, four fifths of the way to Gold."""
    return Standing(
        client,
        DAY,
        tier="Silver",
        spent=4720000,
        discount=Discount(Decimal("0.05"), "tier"),
        next_tier="Gold",
        next_discount=Discount(Decimal("0.07"), "tier"),
        to_next=1180000,
        progress=0.8,
    )


def written(body: str, client: Client = ASHA, subject: str = "Hello") -> Letter:
    """A letter from one template of the test's; its text part without the foot."""
    decided = decided_on(body, client, subject)
    assert isinstance(decided, Letter), decided
    return decided


def decided_on(body: str, client: Client = ASHA, subject: str = "Hello") -> Letter | Held:
    """What becomes of one template of the test's."""
    writer = a_writer({("en", "thank_you"): a_file(body, subject)})
    return writer.write(an_occasion(client), a_standing(client))


def words_of(letter: Letter) -> str:
    """The text part above the manager's line."""
    return letter.text.partition("\n\nJuma Ali")[0]
