from fractions import Fraction

import pytest

from toolkit.rules.rounding import half_up


@pytest.mark.parametrize(
    ("exact", "whole"),
    [("1/2", 1), ("-1/2", -1), ("49/100", 0), ("-49/100", 0), ("5/2", 3), ("-5/2", -3), ("7", 7), ("0", 0)],
)
def test_a_half_goes_away_from_zero(exact: str, whole: int) -> None:
    assert half_up(Fraction(exact)) == whole
