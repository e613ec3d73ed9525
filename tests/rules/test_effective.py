"""How far an amount reaches on a ladder."""

from datetime import date

import pytest

from toolkit.book.tabs.ladders import TierStep
from toolkit.rules.effective import reached

JULY = date(2026, 7, 1)
LADDER = (TierStep(JULY, "Bronze", 0), TierStep(JULY, "Gold", 600))


@pytest.mark.parametrize(
    ("amount", "tier"),
    [(-5, "Bronze"), (0, "Bronze"), (599, "Bronze"), (600, "Gold"), (9999, "Gold")],
)
def test_a_threshold_is_reached_by_its_very_amount(amount: int, tier: str) -> None:
    here = reached(amount, LADDER)
    assert (here.tier if here else "") == tier


def test_without_a_ladder_nothing_is_reached() -> None:
    assert reached(5, ()) is None
