"""Settings become the named choices of the rules."""

from datetime import date
from typing import TYPE_CHECKING, cast

from toolkit.config import Config
from toolkit.rules.loyalty.choices import Loyalty, PointsChoices

if TYPE_CHECKING:
    from toolkit.rules.loyalty import choices as rules


def loyalty_of(config: Config) -> Loyalty:
    """The choices of [loyalty]; toolkit/config has let no other word in."""
    said = config.loyalty
    return Loyalty(
        window=said.window,
        measure=cast("rules.Measure", said.measure),
        held=cast("rules.Held", said.held),
        fall=cast("rules.Fall", said.fall),
        inclusive=said.inclusive,
        counts_from=said.from_ or date.min,
        unit=10**config.shop.places,
        points=PointsChoices(
            per=cast("rules.Grain", said.points_per),
            rounding=cast("rules.Rounding", said.points_rounding),
            pending_days=said.points_pending_days,
            months=said.points_expire.months,
            returns=cast("rules.Returns", said.points_returns),
            balance=cast("rules.BalancePolicy", said.points_balance),
        ),
        notice_days=said.notice_days,
    )
