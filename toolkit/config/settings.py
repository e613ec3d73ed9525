"""Every setting of a shop, by section."""

# ruff: noqa: RUF009 - key makes a field of its own for each section, not a shared value

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

from toolkit.campaigns import CAMPAIGNS
from toolkit.config import kinds
from toolkit.config.codes import COUNTRY_SLIPS, CURRENCY_SLIPS, countries, currencies, decimals_of
from toolkit.config.key import Setting, key
from toolkit.config.loyalty import LoyaltySettings
from toolkit.config.values import WEEKDAYS, Hours
from toolkit.config.when import when
from toolkit.rules.recurrence import Every, Recurrence


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopSettings:
    """The section [shop]."""

    id: str = key("The shop's own random name, made once; never change it.", kinds.shop_id, "", "f3a9c07be1d24586")
    name: str = key("The shop's name as clients know it.", kinds.text, "", "Duka la Juma")
    address: str = key("The postal address, which newsletters must carry.", kinds.text, "", "Biashara St 7, Mombasa")
    currency: str = key(
        "The currency of every amount in the book, three letters (ISO 4217).",
        kinds.one_of(currencies, what="a currency code", slips=CURRENCY_SLIPS),
        "USD",
    )
    decimals: int | None = key(
        "How many decimals amounts have; without it, as many as the currency has.", kinds.whole(0, 4), None, 2
    )
    zone: ZoneInfo = key("The time zone in which the shop's days begin.", kinds.zone, ZoneInfo("UTC"))
    country: str = key(
        "The country of phone numbers that have no +, two letters (ISO 3166).",
        kinds.one_of(countries, what="a country code", slips=COUNTRY_SLIPS),
        "",
        "KE",
    )
    language: str = key("The language of the workbook, and of clients who name none.", kinds.language, "en")
    languages: tuple[str, ...] = key(
        "The languages to try, in this order, where a letter is missing in the client's own.",
        kinds.many(kinds.language),
        (),
        ("sw", "en"),
    )
    adopted: date | None = key(
        "The day from which the book is used: purchases and meetings before it never cause a letter.",
        kinds.day,
        None,
        date(2026, 3, 31),
    )

    @property
    def places(self) -> int:
        """The decimals of amounts, as set or as the currency has."""
        return decimals_of(self.currency) if self.decimals is None else self.decimals


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSettings:
    """The section [book]."""

    where: str = key(
        "The workbook: a file, a folder of CSV files, or the address of a Google Sheet.", kinds.line, "clients.xlsx"
    )
    key_file: str = key(
        "The name, without folders, of the key file that opens a Google Sheet.", kinds.file_name, "", "google-key.json"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TabMapping:
    """A section such as [tabs.clients], with the team's names for a tab of ours."""

    tab: str = key("What the team calls this tab.", kinds.line, "", "Customers")
    columns: Mapping[str, str | tuple[str, ...]] = key(
        "Our name of a column = the team's heading, a heading of another tab, or several that a space joins.",
        kinds.headings,
        {},
        {"name": "ContactName", "address": ("Street", "City"), "country": "Cities!Country"},
    )
    joins: tuple[str, ...] = key(
        "How rows of another tab are found, by a key that stands in both.",
        kinds.many(kinds.line),
        (),
        ("City = Cities!Name",),
    )
    constants: Mapping[str, str] = key(
        "Our name of a column = the text that stands in every row.", kinds.pairs, {}, {"language": "sw"}
    )
    values: Mapping[str, Mapping[str, str]] = key(
        "Our name of a column = our words, each with the team's words for it.",
        kinds.word_lists,
        {},
        {"consent": {"yes": "Y, 1", "no": "N, 0"}},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StarterTable:
    """A section such as [starter.tiers], for a tab that the workbook lacks."""

    headings: tuple[str, ...] = key("The headings.", kinds.many(kinds.line), (), ("Category", "Weight"))
    rows: tuple[tuple[str, ...], ...] = key("The rows below them.", kinds.table, (), (("Tea", "1.2"),))


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """The section [mail]."""

    account: str = key("The account that sends; its password never stands here.", kinds.mailbox, "", "juma@gmail.com")
    host: str = key("The server that takes the letters.", kinds.line, "smtp.gmail.com")
    port: int = key("The server's port.", kinds.whole(1, 65535), 465)
    from_: str = key(
        "The sender that clients see; without it, the account.",
        kinds.mailbox,
        "",
        "Duka la Juma <juma@gmail.com>",
    )
    reply_to: str = key("Where answers go, if not to the sender.", kinds.mailbox, "", "asha@gmail.com")
    security: str = key(
        "How the line is secured: tls (from the first word) or starttls; without it, tls on port 465, else starttls.",
        kinds.one_of(("tls", "starttls"), what="a way to secure the line"),
        "",
        "starttls",
    )
    per_day: int = key(
        "The most letters in any 24 hours; Gmail stops at 500, Workspace at 2,000.", kinds.whole(1, 100_000), 400
    )
    per_minute: int = key("The most letters in a minute.", kinds.whole(1, 10_000), 20)
    imap_host: str = key(
        "The server that keeps the account's Sent folder; without it, host with imap for smtp.",
        kinds.line,
        "",
        "imap.gmail.com",
    )
    imap_port: int = key("Its port: TLS from the first word on 993, else STARTTLS.", kinds.whole(1, 65535), 993)
    stop_url: str = key(
        "Your page where one click stops newsletters (https).", kinds.link, "", "https://juma.example/stop"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingSettings:
    """The section [sending]."""

    channel: str = key(
        "How letters leave: folder (written beside the book, nothing is sent) or mail.",
        kinds.one_of(("folder", "mail"), what="a channel"),
        "folder",
    )
    max_per_run: int = key("The most letters that one run may send.", kinds.whole(1, 100_000), 500)
    max_per_client_per_week: int = key("The most letters that a client gets in 7 days.", kinds.whole(1, 100), 2)
    promotional_gap_days: int = key(
        "How many days lie at least between two promotional letters to a client.", kinds.whole(0, 365), 7
    )
    quiet_hours: Hours | None = key("The hours in which no letter leaves.", kinds.hours, None, Hours(time(20), time(8)))
    quiet_days: tuple[str, ...] = key(
        "The days of the week on which no letter leaves.",
        kinds.many(kinds.one_of(WEEKDAYS, what="a day of the week")),
        (),
        ("Sunday",),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BonusSettings:
    """The section [bonus]."""

    period: str = key(
        "The time that one bonus is for: month.",
        kinds.one_of(("month",), what="a bonus period", later=("week", "quarter", "year")),
        "month",
    )
    method: str = key(
        "How bands pay: slice (each part at its rate), whole (all at the one reached) or interpolate (growing evenly).",
        kinds.one_of(("slice", "whole", "interpolate"), what="a band method"),
        "slice",
    )
    basis: str = key(
        "Which purchases count for a bonus whose scheme says nothing: paid or ordered.",
        kinds.one_of(("paid", "ordered"), what="a bonus basis", later=("invoiced",)),
        "paid",
    )
    best_from: int = key(
        "How many purchases the best employee of a month has sold at least.", kinds.whole(1, 10_000), 3
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersSettings:
    """The section [letters]."""

    off: tuple[str, ...] = key(
        "The letters that this shop does not want.",
        kinds.many(kinds.one_of((one.name for one in CAMPAIGNS), what="a letter")),
        (),
        ("best_of_month",),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All settings of a shop.

    Args:
        tabs: our name of a tab -> the team's names in it; a tab that is not here has our names.
        starter: our name of a tab -> the rows that stand for it where the workbook does not have it.
        timetable: job -> when it is due.
    """

    shop: ShopSettings = field(default_factory=ShopSettings)
    book: BookSettings = field(default_factory=BookSettings)
    tabs: Mapping[str, TabMapping] = field(default_factory=dict)
    starter: Mapping[str, StarterTable] = field(default_factory=dict)
    mail: MailSettings = field(default_factory=MailSettings)
    sending: SendingSettings = field(default_factory=SendingSettings)
    loyalty: LoyaltySettings = field(default_factory=LoyaltySettings)
    bonus: BonusSettings = field(default_factory=BonusSettings)
    letters: LettersSettings = field(default_factory=LettersSettings)
    timetable: Mapping[str, Recurrence] = field(default_factory=dict)


SECTIONS: Mapping[str, type[Any]] = {
    "shop": ShopSettings,
    "book": BookSettings,
    "mail": MailSettings,
    "sending": SendingSettings,
    "loyalty": LoyaltySettings,
    "bonus": BonusSettings,
    "letters": LettersSettings,
}
"""The sections whose keys are fixed, by name; [tabs.*] and [timetable] have names of the team's own."""

JOB = Setting("When the job is due, in words.", when, None, Recurrence(Every.WEEK, time(9), weekdays=(0,)))
"""Any key of [timetable]."""


def default_config(name: str) -> Config:
    """Return the settings of a workbook without sheetclerk.toml."""
    return Config(shop=ShopSettings(name=name))
