"""Checks of rewards against tiers, clients and codes."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Final

from toolkit.book.parse.suggest import nearest
from toolkit.book.problem import Problem
from toolkit.book.tab import TabContents
from toolkit.book.tabs.rewards import Reward, RewardGiven

SHORTEST_CODE: Final = 8
"""A code with fewer letters and digits can be guessed."""


class RewardChecks:
    """Checks the Rewards and Rewards given tabs and gathers problems."""

    def __init__(self, rewards: TabContents[Reward], given: TabContents[RewardGiven]) -> None:
        self._rewards = rewards
        self._given = given
        self.problems: list[Problem] = []

    def rewards(self, tiers: Collection[str]) -> tuple[Reward, ...]:
        """Return the rewards whose cost is known."""
        rewards = self._rewards.records
        self.problems.extend(problem for reward in rewards for problem in self._cost(reward, tiers))
        wrong = {problem.cell for problem in self.problems}
        return tuple(reward for reward in rewards if self._cell(reward) not in wrong and not reward.faults)

    def _cell(self, reward: Reward) -> str:
        return self._rewards.place(reward.row, "cost")

    def _cost(self, reward: Reward, tiers: Collection[str]) -> Iterator[Problem]:
        if reward.cost.tier and reward.cost.tier not in tiers:
            near = nearest(reward.cost.tier, tiers)
            code = "reward-tier-unknown-near" if near else "reward-tier-unknown"
            yield self._rewards.problem(reward.row, "cost", code, given=reward.cost.tier, proposal=near)
        elif not (reward.cost.tier or reward.cost.referral or reward.cost.points or "cost" in reward.faults):
            yield self._rewards.problem(reward.row, "cost", "reward-free", given=reward.reward)

    def given(self, clients: Collection[str]) -> tuple[RewardGiven, ...]:
        """Return the valid rewards given, with their points."""
        valid = [given for given in self._given.records if self._is_valid(given, clients)]
        costs = {reward.reward: reward.cost.points for reward in self._rewards.records}
        self._check_codes(valid)
        early = (given for given in valid if given.redeemed_on and given.redeemed_on < given.date)
        self.problems.extend(map(self._early, early))
        return tuple(
            replace(given, points=costs.get(given.reward, 0)) if given.points is None else given for given in valid
        )

    def _is_valid(self, given: RewardGiven, clients: Collection[str]) -> bool:
        if given.client not in clients:
            near = nearest(given.client, clients)
            code = "client-unknown-near" if near else "client-unknown"
            self.problems.append(self._given.problem(given.row, "client", code, given=given.client, proposal=near))
            return False
        known = [reward.reward for reward in self._rewards.records]
        if given.reward not in known and given.points is None:
            near = nearest(given.reward, known)
            code = "reward-unknown-near" if near else "reward-unknown"
            self.problems.append(self._given.problem(given.row, "reward", code, given=given.reward, proposal=near))
            return False
        return "points" not in given.faults

    def _early(self, given: RewardGiven) -> Problem:
        redeemed = str(given.redeemed_on)
        return self._given.problem(given.row, "redeemed_on", "redeemed-early", given=redeemed, day=str(given.date))

    def _check_codes(self, given: Collection[RewardGiven]) -> None:
        first: dict[str, RewardGiven] = {}
        for reward in (reward for reward in given if reward.code):
            row, code = reward.row, reward.code
            if first.setdefault(code.casefold(), reward) is not reward:
                other = self._given.place(first[code.casefold()].row, "code")
                self.problems.append(self._given.problem(row, "code", "code-twice", given=code, first=other))
            elif sum(mark.isalnum() for mark in code) < SHORTEST_CODE:
                self.problems.append(self._given.problem(row, "code", "code-guessable", given=code))
