"""Exact division of a whole by the largest remainder (RULES.md, Split)."""

from collections.abc import Mapping
from fractions import Fraction


def parted(whole: int, shares: Mapping[str, Fraction]) -> Mapping[str, int]:
    """Divide a whole into parts in minor units.

    Args:
        whole: what is shared out; it may be below zero.
        shares: by staff number, in any unit; their order does not matter. Ties go to the first staff number.

    Returns:
        Parts that sum to the whole; nothing where no share is above 0.
    """
    total = sum(shares.values(), Fraction(0))
    if total <= 0:
        return {}
    exact = {who: Fraction(abs(whole)) * share / total for who, share in shares.items()}
    parts = {who: int(part) for who, part in exact.items()}
    left = abs(whole) - sum(parts.values())
    for who in sorted(exact, key=lambda who: (parts[who] - exact[who], natural(who)))[:left]:
        parts[who] += 1
    sign = -1 if whole < 0 else 1
    return {who: sign * part for who, part in parts.items()}


def natural(number: str) -> tuple[int, str]:
    """Sort staff numbers as people do, S2 before S10."""
    return len(number), number
