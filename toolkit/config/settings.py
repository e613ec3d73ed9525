"""Every setting of a shop, each with its default, its one sentence of help and an example."""

# ruff: noqa: RUF009 - _key makes a field of its own for each section, not a shared value

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, time
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from toolkit.config import kinds
from toolkit.config.codes import COUNTRIES, COUNTRY_SLIPS, CURRENCIES, CURRENCY_SLIPS, decimals_of
from toolkit.config.values import WEEKDAYS, Hours, Term, Window
from toolkit.config.when import when
from toolkit.rules.when import Every, When

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of one setting beside its name.

    Args:
        says: the one sentence of help, in the file that init writes and in errors.
        reads: turns the file's value into the typed one.
        default: what holds when the file is silent.
        example: a value that one could write; the default where that says enough.
    """

    says: str
    reads: kinds.Reads[object]
    default: object
    example: object


def _key(says: str, reads: kinds.Reads[object], default: T, example: object = None) -> T:
    """A field of a section, with its Key as metadata."""
    key = Key(says, reads, default, default if example is None else example)
    return field(default_factory=lambda: default, metadata={"key": key})


def keys_of(section: type[Any]) -> Mapping[str, tuple[str, Key]]:
    """The keys of a section as the file spells them, each with its field's name: from -> (from_, Key)."""
    return {one.name.rstrip("_"): (one.name, one.metadata["key"]) for one in fields(section)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopSettings:
    """[shop]: who writes, in which money, time and languages."""

    id: str = _key("The shop's own random name, made once; never change it.", kinds.shop_id, "", "f3a9c07be1d24586")
    name: str = _key("The shop's name as clients know it.", kinds.text, "", "Duka la Juma")
    address: str = _key("The postal address, which newsletters must carry.", kinds.text, "", "Biashara St 7, Mombasa")
    currency: str = _key(
        "The currency of every amount in the book, three letters (ISO 4217).",
        kinds.one_of(CURRENCIES, what="a currency code", slips=CURRENCY_SLIPS),
        "USD",
    )
    decimals: int | None = _key(
        "How many decimals amounts have; without it, as many as the currency has.", kinds.whole(0, 4), None, 2
    )
    zone: ZoneInfo = _key("The time zone in which the shop's days begin.", kinds.zone, ZoneInfo("UTC"))
    country: str = _key(
        "The country of phone numbers that have no +, two letters (ISO 3166).",
        kinds.one_of(COUNTRIES, what="a country code", slips=COUNTRY_SLIPS),
        "",
        "KE",
    )
    language: str = _key("The language of the workbook, and of clients who name none.", kinds.language, "en")
    languages: tuple[str, ...] = _key(
        "The languages to try, in this order, where a letter is missing in the client's own.",
        kinds.many(kinds.language),
        (),
        ("sw", "en"),
    )
    adopted: date | None = _key(
        "The day from which the book is used: purchases and meetings before it never cause a letter.",
        kinds.day,
        None,
        date(2026, 3, 31),
    )

    @property
    def places(self) -> int:
        """How many decimals amounts have, said or taken from the currency."""
        return decimals_of(self.currency) if self.decimals is None else self.decimals


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSettings:
    """[book]: where the clients are kept."""

    where: str = _key(
        "The workbook: a file, a folder of CSV files, or the address of a Google Sheet.", kinds.line, "clients.xlsx"
    )
    key_file: str = _key(
        "The name, without folders, of the key file that opens a Google Sheet.", kinds.file_name, "", "google-key.json"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TabMapping:
    """[tabs.clients] and its like: a tab of ours under the team's own names."""

    tab: str = _key("What the team calls this tab.", kinds.line, "", "Customers")
    columns: Mapping[str, str | tuple[str, ...]] = _key(
        "Our name of a column = the team's heading, a heading of another tab, or several that a space joins.",
        kinds.headings,
        {},
        {"name": "ContactName", "address": ("Street", "City"), "country": "Cities!Country"},
    )
    joins: tuple[str, ...] = _key(
        "How rows of another tab are found, by a key that stands in both.",
        kinds.many(kinds.line),
        (),
        ("City = Cities!Name",),
    )
    constants: Mapping[str, str] = _key(
        "Our name of a column = the text that stands in every row.", kinds.pairs, {}, {"language": "sw"}
    )
    values: Mapping[str, Mapping[str, str]] = _key(
        "Our name of a column = our words, each with the team's words for it.",
        kinds.word_lists,
        {},
        {"consent": {"yes": "Y, 1", "no": "N, 0"}},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StarterTable:
    """[starter.tiers] and its like: rows that stand for a tab which the workbook does not have."""

    headings: tuple[str, ...] = _key("The headings.", kinds.many(kinds.line), (), ("Category", "Weight"))
    rows: tuple[tuple[str, ...], ...] = _key("The rows below them.", kinds.table, (), (("Tea", "1.2"),))


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """[mail]: the account that letters leave from."""

    account: str = _key("The account that sends; its password never stands here.", kinds.mailbox, "", "juma@gmail.com")
    host: str = _key("The server that takes the letters.", kinds.line, "smtp.gmail.com")
    port: int = _key("The server's port.", kinds.whole(1, 65535), 465)
    from_: str = _key(
        "The sender that clients see; without it, the account.",
        kinds.mailbox,
        "",
        "Duka la Juma <juma@gmail.com>",
    )
    reply_to: str = _key("Where answers go, if not to the sender.", kinds.mailbox, "", "asha@gmail.com")
    security: str = _key(
        "How the line is secured: tls (from the first word) or starttls; without it, tls on port 465, else starttls.",
        kinds.one_of(("tls", "starttls"), what="a way to secure the line"),
        "",
        "starttls",
    )
    per_day: int = _key(
        "The most letters in any 24 hours; Gmail stops at 500, Workspace at 2,000.", kinds.whole(1, 100_000), 400
    )
    per_minute: int = _key("The most letters in a minute.", kinds.whole(1, 10_000), 20)
    imap_host: str = _key(
        "The server that keeps the account's Sent folder; without it, host with imap for smtp.",
        kinds.line,
        "",
        "imap.gmail.com",
    )
    imap_port: int = _key("Its port: TLS from the first word on 993, else STARTTLS.", kinds.whole(1, 65535), 993)
    stop_url: str = _key(
        "Your page where one click stops newsletters (https).", kinds.link, "", "https://juma.example/stop"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingSettings:
    """[sending]: by which way letters leave, how many, and when not."""

    channel: str = _key(
        "How letters leave: folder (written beside the book, nothing is sent) or mail.",
        kinds.one_of(("folder", "mail"), what="a channel"),
        "folder",
    )
    max_per_run: int = _key("The most letters that one run may send.", kinds.whole(1, 100_000), 500)
    max_per_client_per_week: int = _key("The most letters that a client gets in 7 days.", kinds.whole(1, 100), 2)
    promotional_gap_days: int = _key(
        "How many days lie at least between two promotional letters to a client.", kinds.whole(0, 365), 7
    )
    quiet_hours: Hours | None = _key(
        "The hours in which no letter leaves.", kinds.hours, None, Hours(time(20), time(8))
    )
    quiet_days: tuple[str, ...] = _key(
        "The days of the week on which no letter leaves.",
        kinds.many(kinds.one_of(WEEKDAYS, what="a day of the week")),
        (),
        ("Sunday",),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LoyaltySettings:
    """[loyalty]: how tiers are reached and held, and how points are earned and kept."""

    window: Window = _key(
        'How far back purchases count: a number of months, "calendar year" or "lifetime".', kinds.window, Window(12)
    )
    from_: date | None = _key("The day from which purchases count for a tier.", kinds.day, None, date(2026, 1, 1))
    measure: str = _key(
        "What counts for a tier: spend (net of returns) or purchases (their number, written in From amount).",
        kinds.one_of(
            ("spend", "purchases"), what="a measure of tiers", later=("points earned", "points balance", "points")
        ),
        "spend",
    )
    counts: str = _key(
        "Which purchases count for loyalty: paid.",
        kinds.one_of(("paid",), what="a basis of loyalty", later=("ordered", "delivered")),
        "paid",
    )
    start: str = _key(
        "When a tier that was reached begins: at once.",
        kinds.one_of(("at once",), what="a start of tiers", later=("next period",)),
        "at once",
    )
    held: str = _key(
        "How long a tier stays once reached: no (as long as the window bears it), end of period, or "
        "end of next period; a period is a calendar year.",
        kinds.one_of(("no", "end of period", "end of next period"), what="a hold of tiers", later=("fixed term",)),
        "no",
    )
    fall: str = _key(
        "How far a tier falls when nothing holds it: full, one step (at most one a year, held at least to the end of "
        "the year) or never.",
        kinds.one_of(("full", "one step", "never"), what="a fall of tiers"),
        "full",
    )
    grace: str = _key(
        "How long a fall is put off beyond the hold: none.",
        kinds.one_of(("none",), what="a grace", later=("7 days", "14 days", "30 days", "1 month", "end of month")),
        "none",
    )
    inclusive: bool = _key(
        'Whether reaching a threshold is enough (true), or it must be passed, for shops that say "over" (false).',
        kinds.yes_or_no,
        True,  # noqa: FBT003 - the default itself
    )
    points_per: str = _key(
        "What points are rounded for: each purchase, or each line of it.",
        kinds.one_of(("purchase", "line"), what="a grain of points"),
        "purchase",
    )
    points_rounding: str = _key(
        "How points are rounded: floor, nearest (a half to the even one) or half up.",
        kinds.one_of(("floor", "nearest", "half up"), what="a rounding"),
        "floor",
    )
    points_pending_days: int = _key(
        "How many days pass before earned points can be spent; the time for returns.", kinds.whole(0, 365), 0
    )
    points_expire: Term = _key(
        'In how many months after earning points expire, the last day still usable: "12 months", or "never".',
        kinds.term,
        Term(0),
    )
    points_returns: str = _key(
        "How a return takes points back: in proportion to what the whole purchase earned, or by line (only what came "
        "back).",
        kinds.one_of(("proportion", "line"), what="a way to take points back"),
        "proportion",
    )
    points_balance: str = _key(
        "How far a return may take points back: only pending ones, never below zero, or unlimited (a debt stays).",
        kinds.one_of(("only pending", "never below zero", "unlimited"), what="a balance policy"),
        "never below zero",
    )
    notice_days: int = _key(
        "How many days before a tier falls or points expire the client is told.", kinds.whole(1, 365), 30
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BonusSettings:
    """[bonus]: how the staff's bonus is worked out."""

    period: str = _key(
        "The time that one bonus is for: month.",
        kinds.one_of(("month",), what="a bonus period", later=("week", "quarter", "year")),
        "month",
    )
    method: str = _key(
        "How bands pay: slice (each part at its rate), whole (all at the one reached) or interpolate (growing evenly).",
        kinds.one_of(("slice", "whole", "interpolate"), what="a band method"),
        "slice",
    )
    basis: str = _key(
        "Which purchases count for a bonus whose scheme says nothing: paid or ordered.",
        kinds.one_of(("paid", "ordered"), what="a bonus basis", later=("invoiced",)),
        "paid",
    )
    best_from: int = _key(
        "How many purchases the best employee of a month has sold at least.", kinds.whole(1, 10_000), 3
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
    timetable: Mapping[str, When] = field(default_factory=dict)


SECTIONS: Mapping[str, type[Any]] = {
    "shop": ShopSettings,
    "book": BookSettings,
    "mail": MailSettings,
    "sending": SendingSettings,
    "loyalty": LoyaltySettings,
    "bonus": BonusSettings,
}
"""The sections whose keys are fixed, by name; [tabs.*] and [timetable] have names of the team's own."""

JOB = Key("When the job is due, in words.", when, None, When(Every.WEEK, time(9), weekdays=(0,)))
"""Any key of [timetable]."""


def default_config(name: str) -> Config:
    """The settings of a book without sheetclerk.toml: US dollars, UTC, English, letters to a folder, no shop id."""
    return Config(shop=ShopSettings(name=name))
