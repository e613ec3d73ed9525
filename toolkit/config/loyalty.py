"""The settings of [loyalty]."""

# ruff: noqa: RUF009 - key makes a field of its own for each section, not a shared value

from dataclasses import dataclass
from datetime import date

from toolkit.config import kinds
from toolkit.config.key import key
from toolkit.config.values import Term
from toolkit.rules.loyalty.choices import (
    BalancePolicy,
    Fall,
    Grain,
    Held,
    Loyalty,
    Measure,
    PointsChoices,
    Returns,
    Rounding,
)
from toolkit.rules.loyalty.spend import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class LoyaltySettings:
    """The section [loyalty]."""

    window: Window = key(
        'How far back purchases count: a number of months, "calendar year" or "lifetime".', kinds.window, Window(12)
    )
    from_: date | None = key("The day from which purchases count for a tier.", kinds.day, None, date(2026, 1, 1))
    measure: Measure = key(
        "What counts for a tier: spend (net of returns) or purchases (their number, written in From amount).",
        kinds.one_of(
            ("spend", "purchases"), what="a measure of tiers", later=("points earned", "points balance", "points")
        ),
        "spend",
    )
    counts: str = key(
        "Which purchases count for loyalty: paid.",
        kinds.one_of(("paid",), what="a basis of loyalty", later=("ordered", "delivered")),
        "paid",
    )
    start: str = key(
        "When a tier that was reached begins: at once.",
        kinds.one_of(("at once",), what="a start of tiers", later=("next period",)),
        "at once",
    )
    held: Held = key(
        "How long a tier stays once reached: no (as long as the window bears it), end of period, or "
        "end of next period; a period is a calendar year.",
        kinds.one_of(("no", "end of period", "end of next period"), what="a hold of tiers", later=("fixed term",)),
        "no",
    )
    fall: Fall = key(
        "How far a tier falls when nothing holds it: full, one step (at most one a year, held at least to the end of "
        "the year) or never.",
        kinds.one_of(("full", "one step", "never"), what="a fall of tiers"),
        "full",
    )
    grace: str = key(
        "How long a fall is put off beyond the hold: none.",
        kinds.one_of(("none",), what="a grace", later=("7 days", "14 days", "30 days", "1 month", "end of month")),
        "none",
    )
    inclusive: bool = key(
        'Whether reaching a threshold is enough (true), or it must be passed, for shops that say "over" (false).',
        kinds.yes_or_no,
        True,  # noqa: FBT003 - the default itself
    )
    points_per: Grain = key(
        "What points are rounded for: each purchase, or each line of it.",
        kinds.one_of(("purchase", "line"), what="a grain of points"),
        "purchase",
    )
    points_rounding: Rounding = key(
        "How points are rounded: floor, nearest (a half to the even one) or half up.",
        kinds.one_of(("floor", "nearest", "half up"), what="a rounding"),
        "floor",
    )
    points_pending_days: int = key(
        "How many days pass before earned points can be spent; the time for returns.", kinds.whole(0, 365), 0
    )
    points_expire: Term = key(
        'In how many months after earning points expire, the last day still usable: "12 months", or "never".',
        kinds.term,
        Term(0),
    )
    points_returns: Returns = key(
        "How a return takes points back: in proportion to what the whole purchase earned, or by line (only what came "
        "back).",
        kinds.one_of(("proportion", "line"), what="a way to take points back"),
        "proportion",
    )
    points_balance: BalancePolicy = key(
        "How far a return may take points back: only pending ones, never below zero, or unlimited (a debt stays).",
        kinds.one_of(("only pending", "never below zero", "unlimited"), what="a balance policy"),
        "never below zero",
    )
    notice_days: int = key(
        "How many days before a tier falls or points expire the client is told.", kinds.whole(1, 365), 30
    )

    def choices(self, places: int) -> Loyalty:
        """Return these settings as the rules take them.

        Args:
            places: the decimals of the shop's money.
        """
        points = PointsChoices(
            per=self.points_per,
            rounding=self.points_rounding,
            pending_days=self.points_pending_days,
            months=self.points_expire.months,
            returns=self.points_returns,
            balance=self.points_balance,
        )
        return Loyalty(
            window=self.window,
            measure=self.measure,
            held=self.held,
            fall=self.fall,
            inclusive=self.inclusive,
            counts_from=self.from_ or date.min,
            unit=10**places,
            points=points,
            notice_days=self.notice_days,
        )
