"""Who is owed which letter today: the one list of campaigns, in the order of their priority."""

from typing import Final

from toolkit.campaigns.follow_up import FollowUp
from toolkit.campaigns.newsletter import Newsletter
from toolkit.campaigns.occasion import Campaign
from toolkit.campaigns.thank_you import ThankYou

CAMPAIGNS: Final[tuple[Campaign, ...]] = (
    ThankYou(),
    FollowUp(),
    Newsletter(),
)
