"""The settings of [bonus]."""

from dataclasses import dataclass

from toolkit.config import kinds
from toolkit.config.key import key


@dataclass(frozen=True, slots=True, kw_only=True)
class BonusSettings:
    """[bonus]: how the staff's bonus is worked out."""

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
