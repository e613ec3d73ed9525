"""Rewards held against the other tabs: their tiers, clients and codes must be there and agree."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Final

from toolkit.book.parse.suggest import nearest
from toolkit.book.problem import Problem
from toolkit.book.tab import TabContents
from toolkit.book.tabs.rewards import Reward, RewardGiven

SHORTEST_CODE: Final = 8
"""A code with fewer letters and digits can be guessed."""


class Grants:
    """The Rewards and Rewards given tabs; what does not agree is gathered."""

    def __init__(self, rewards: TabContents[Reward], given: TabContents[RewardGiven]) -> None:
        self._rewards = rewards
        self._given = given
        self.problems: list[Problem] = []

    def rewards(self, tiers: Collection[str]) -> tuple[Reward, ...]:
        """The rewards whose tier is known; one that costs nothing is told."""
        self.problems.extend(problem for one in self._rewards.records for problem in self._cost(one, tiers))
        told = {problem.cell for problem in self.problems}
        return tuple(one for one in self._rewards.records if self._cell(one) not in told and not one.faults)

    def _cell(self, one: Reward) -> str:
        return self._rewards.place(one.row, "cost")

    def _cost(self, one: Reward, tiers: Collection[str]) -> Iterator[Problem]:
        if one.cost.tier and one.cost.tier not in tiers:
            near = nearest(one.cost.tier, tiers)
            code = "reward-tier-unknown-near" if near else "reward-tier-unknown"
            yield self._rewards.problem(one.row, "cost", code, given=one.cost.tier, proposal=near)
        elif not (one.cost.tier or one.cost.referral or one.cost.points or "cost" in one.faults):
            yield self._rewards.problem(one.row, "cost", "reward-free", given=one.reward)

    def given(self, clients: Collection[str]) -> tuple[RewardGiven, ...]:
        """What was given to clients that are known; blank points are what the reward costs."""
        kept = [one for one in self._given.records if self._stands(one, clients)]
        costs = {one.reward: one.cost.points for one in self._rewards.records}
        self._check_codes(kept)
        self.problems.extend(self._early(one) for one in kept if one.redeemed_on and one.redeemed_on < one.date)
        return tuple(replace(one, points=costs.get(one.reward, 0)) if one.points is None else one for one in kept)

    def _stands(self, one: RewardGiven, clients: Collection[str]) -> bool:
        if one.client not in clients:
            near = nearest(one.client, clients)
            code = "client-unknown-near" if near else "client-unknown"
            self.problems.append(self._given.problem(one.row, "client", code, given=one.client, proposal=near))
            return False
        known = [reward.reward for reward in self._rewards.records]
        if one.reward not in known and one.points is None:
            near = nearest(one.reward, known)
            code = "reward-unknown-near" if near else "reward-unknown"
            self.problems.append(self._given.problem(one.row, "reward", code, given=one.reward, proposal=near))
            return False
        return "points" not in one.faults

    def _early(self, one: RewardGiven) -> Problem:
        redeemed = str(one.redeemed_on)
        return self._given.problem(one.row, "redeemed_on", "redeemed-early", given=redeemed, day=str(one.date))

    def _check_codes(self, given: Collection[RewardGiven]) -> None:
        first: dict[str, RewardGiven] = {}
        for one in (one for one in given if one.code):
            if first.setdefault(one.code.casefold(), one) is not one:
                other = self._given.place(first[one.code.casefold()].row, "code")
                self.problems.append(self._given.problem(one.row, "code", "code-twice", given=one.code, first=other))
            elif sum(mark.isalnum() for mark in one.code) < SHORTEST_CODE:
                self.problems.append(self._given.problem(one.row, "code", "code-guessable", given=one.code))
