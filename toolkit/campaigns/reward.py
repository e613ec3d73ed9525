"""Letters about granted rewards, referrals and offers (K1, K33, K34)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from toolkit.book import ClientBook, Reward
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

    def occasions(self, book: ClientBook, context: CampaignContext) -> Iterator[Occasion]:
        """Write about grants, referrals and offers of the last 7 days.

        An offer to who rose waits where letters of thanks and of the rise were enough that week: so it is owed for as
        long as a letter told of the rise within the days of notice.
        """
        since = max(context.today - LATENESS, context.adopted)
        offered = {reward.reward: reward for reward in book.rewards}
        for standing in context.standings:
            yield from self._given(standing, book, offered, since)
            yield from self._referred(standing, book, since)
            yield from self._reached(standing, book, since)
            if (standing.rose_on and standing.rose_on >= since) or context.was_told_lately(
                TierNotice.name, ROSE, standing
            ):
                yield from self._offered(standing)

    def _given(
        self, standing: Standing, book: ClientBook, offered: dict[str, Reward], since: date
    ) -> Iterator[Occasion]:
        for given in book.given_by_client.get(standing.client.number, ()):
            if since <= given.date <= standing.as_of and given.redeemed_on is None:
                until = offered[given.reward].until if given.reward in offered else None
                gift = AwardedGift(given.reward, given.code, until)
                occurrence = "-".join(filter(None, (GIVEN, str(given.date), given.reward, given.code)))
                yield Occasion(self.name, standing.client, occurrence, given.date + LATENESS, event=GIVEN, gift=gift)

    def _referred(self, standing: Standing, book: ClientBook, since: date) -> Iterator[Occasion]:
        for number in book.referred_by_client.get(standing.client.number, ()):
            lines = paid(book.purchases_by_client.get(number, ()), standing.as_of)
            if has_bought(lines) and lines[0].date >= since:
                occurrence = f"{REFERRAL}-{number}"
                yield Occasion(self.name, standing.client, occurrence, lines[0].date + LATENESS, event=REFERRAL)

    def _reached(self, standing: Standing, book: ClientBook, since: date) -> Iterator[Occasion]:
        for reward in standing.due:
            if reward.cost.points and reward.cost.points > standing.points.usable - _lately(standing, since):
                before = sum(
                    given.reward == reward.reward for given in book.given_by_client.get(standing.client.number, ())
                )
                yield self._offer(standing, reward, REACHED, f"{REACHED}-{reward.reward}-{before}")

    def _offered(self, standing: Standing) -> Iterator[Occasion]:
        for reward in standing.due:
            if reward.cost.tier:
                yield self._offer(standing, reward, OFFERED, f"{OFFERED}-{reward.reward}")

    def _offer(self, standing: Standing, reward: Reward, event: str, occurrence: str) -> Occasion:
        gift = AwardedGift(reward.reward, "", reward.until, reward.cost.points)
        expires = min(standing.as_of + LATENESS, reward.until or date.max)
        return Occasion(self.name, standing.client, occurrence, expires, Kind.PROMOTIONAL, event=event, gift=gift)


def _lately(standing: Standing, since: date) -> int:
    """Count the points that became usable since a day."""
    earned = (entry for entry in standing.points.entries if entry.what == "earned")
    return sum(entry.points for entry in earned if since <= (entry.usable_from or entry.day) <= standing.as_of)
