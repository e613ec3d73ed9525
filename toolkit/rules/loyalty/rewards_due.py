"""Rewards that a client is due (K1, K33, K34).

They are proposed here and granted only by a person.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from toolkit.book import Reward
from toolkit.book.tabs.rewards import RewardGiven


@dataclass(frozen=True, slots=True)
class Claim:
    """A client's grounds for rewards.

    Args:
        tiers: the tiers that the client has reached, the own one too.
        usable: points that can be spent.
        referrals: how many clients came by this client's word and have bought.
        given: what the client got before.
    """

    tiers: frozenset[str] = frozenset()
    usable: int = 0
    referrals: int = 0
    given: Mapping[str, int] = field(default_factory=dict)


def given_before(given: Iterable[RewardGiven]) -> Mapping[str, int]:
    """Count how often each reward was given."""
    found: dict[str, int] = {}
    for reward in given:
        found[reward.reward] = found.get(reward.reward, 0) + 1
    return found


def is_due(reward: Reward, claim: Claim, today: date) -> bool:
    """Return True if a reward may be granted.

    It takes enough points, a tier that has not had it yet, or a referral that bought.
    """
    if not reward.is_offered(today):
        return False
    before = claim.given.get(reward.reward, 0)
    if reward.cost.tier:
        return reward.cost.tier in claim.tiers and not before
    if reward.cost.referral:
        return claim.referrals > before
    return claim.usable >= reward.cost.points
