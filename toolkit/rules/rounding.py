"""The only rounding of exact amounts, half up, away from zero."""

from fractions import Fraction


def half_up(amount: Fraction) -> int:
    """Round to the nearest whole number; 0.5 is 1 and -0.5 is -1."""
    sign = -1 if amount < 0 else 1
    return sign * int(abs(amount) + Fraction(1, 2))
