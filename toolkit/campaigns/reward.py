"""Letters about granted rewards, referrals and offers (K1, K33, K34)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from toolkit.book.client_book import ClientBook
from toolkit.book.tabs.rewards import Reward
from toolkit.campaigns.occasion import AwardedGift, CampaignContext, Kind, Occasion
from toolkit.campaigns.tier_notice import ROSE, TierNotice
from toolkit.rules.loyalty.spend import has_bought, paid
from toolkit.rules.loyalty.standing import Standing

LATENESS: Final = timedelta(days=7)
GIVEN: Final = "given"
REFERRAL: Final = "referral"
REACHED: Final = "reached"
OFFERED: Final = "offered"


class RewardLetter:
    """One letter for each grant, referral or offer.

    The occurrence is the grant, the new client who bought, the reward reached once more, or a tier's offer.
    """

    name = "reward"

    def occasions(self, book: ClientBook, moment: CampaignContext) -> Iterator[Occasion]:
        """Write about grants, referrals and offers of the last 7 days.

        An offer to who rose waits where letters of thanks and of the rise were enough that week: so it is owed for as
        long as a letter told of the rise within the days of notice.
        """
        since = max(moment.today - LATENESS, moment.adopted)
        offered = {one.reward: one for one in book.rewards}
        for one in moment.standings:
            yield from self._given(one, book, offered, since)
            yield from self._referred(one, book, since)
            yield from self._reached(one, book, since)
            if (one.rose_on and one.rose_on >= since) or moment.told_lately(TierNotice.name, ROSE, one):
                yield from self._offered(one)

    def _given(self, one: Standing, book: ClientBook, offered: dict[str, Reward], since: date) -> Iterator[Occasion]:
        for given in book.given_by_client.get(one.client.number, ()):
            if since <= given.date <= one.as_of and given.redeemed_on is None:
                until = offered[given.reward].until if given.reward in offered else None
                gift = AwardedGift(given.reward, given.code, until)
                occurrence = "-".join(filter(None, (GIVEN, str(given.date), given.reward, given.code)))
                yield Occasion(self.name, one.client, occurrence, given.date + LATENESS, event=GIVEN, gift=gift)

    def _referred(self, one: Standing, book: ClientBook, since: date) -> Iterator[Occasion]:
        for number in book.referred_by_client.get(one.client.number, ()):
            lines = paid(book.purchases_by_client.get(number, ()), one.as_of)
            if has_bought(lines) and lines[0].date >= since:
                occurrence = f"{REFERRAL}-{number}"
                yield Occasion(self.name, one.client, occurrence, lines[0].date + LATENESS, event=REFERRAL)

    def _reached(self, one: Standing, book: ClientBook, since: date) -> Iterator[Occasion]:
        for reward in one.due:
            if reward.cost.points and reward.cost.points > one.points.usable - _lately(one, since):
                before = sum(given.reward == reward.reward for given in book.given_by_client.get(one.client.number, ()))
                yield self._offer(one, reward, REACHED, f"{REACHED}-{reward.reward}-{before}")

    def _offered(self, one: Standing) -> Iterator[Occasion]:
        for reward in one.due:
            if reward.cost.tier:
                yield self._offer(one, reward, OFFERED, f"{OFFERED}-{reward.reward}")

    def _offer(self, one: Standing, reward: Reward, event: str, occurrence: str) -> Occasion:
        gift = AwardedGift(reward.reward, "", reward.until, reward.cost.points)
        expires = min(one.as_of + LATENESS, reward.until or date.max)
        return Occasion(self.name, one.client, occurrence, expires, Kind.PROMOTIONAL, event=event, gift=gift)


def _lately(one: Standing, since: date) -> int:
    """Count the points that became usable since a day."""
    earned = (entry for entry in one.points.entries if entry.what == "earned")
    return sum(entry.points for entry in earned if since <= (entry.usable_from or entry.day) <= one.as_of)
