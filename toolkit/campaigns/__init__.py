"""The one list of campaigns, in order of priority."""

from typing import Final

from toolkit.campaigns.best_of_month import BestOfMonth
from toolkit.campaigns.bonus_statement import BonusStatement
from toolkit.campaigns.follow_up import FollowUp
from toolkit.campaigns.newsletter import Newsletter
from toolkit.campaigns.occasion import Campaign
from toolkit.campaigns.points_notice import PointsNotice
from toolkit.campaigns.reward import RewardLetter
from toolkit.campaigns.thank_you import ThankYou
from toolkit.campaigns.tier_notice import TierNotice

CAMPAIGNS: Final[tuple[Campaign, ...]] = (
    ThankYou(),
    FollowUp(),
    TierNotice(),
    PointsNotice(),
    RewardLetter(),
    Newsletter(),
    BonusStatement(),
    BestOfMonth(),
)
