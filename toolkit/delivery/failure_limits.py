"""When a run has seen too much of a category, it stops: the last column of the reply table (DELIVERY.md)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar, Final

from toolkit.channels.channel import ChannelStopped, ReplyCategory


class FailureLimit(ChannelStopped):
    """The run saw too much of one category: a person must look before it goes on."""

    exit_code: ClassVar[int] = 6


FEWEST: Final = 5
"""A share counts from so many cases."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One limit: so many in a row, or more than a share of the last letters.

    Args:
        signs: what is counted.
        in_a_row: this many in a row stop; 0 for no such limit.
        share: more than this share stops, in percent; 0 for no such limit.
        of_last: of so many letters.
        what: what is told.
        next_step: what to do.
    """

    signs: frozenset[ReplyCategory]
    in_a_row: int
    share: int
    of_last: int
    what: str
    next_step: str

    def is_broken(self, seen: list[ReplyCategory]) -> bool:
        """Whether the letters so far break this limit."""
        hits = [one in self.signs for one in seen]
        if self.in_a_row and len(hits) >= self.in_a_row and all(hits[-self.in_a_row :]):
            return True
        last = hits[-self.of_last :]
        return bool(self.share) and sum(last) >= FEWEST and sum(last) * 100 > self.share * len(last)


LIMITS: Final = (
    Rule(
        frozenset({ReplyCategory.BAD_ADDRESS, ReplyCategory.BARE_REFUSAL}),
        0,
        5,
        100,
        "mail: too many addresses do not exist",
        "look at the Suppressed tab; if the list is right, go on with: sheetclerk run",
    ),
    Rule(
        frozenset({ReplyCategory.POLICY}),
        3,
        2,
        100,
        "mail: servers take our letters for spam",
        "wait a day, look at SPF, DKIM and the words of the letter, then: sheetclerk run",
    ),
    Rule(
        frozenset({ReplyCategory.CONTENT}),
        3,
        0,
        0,
        "mail: the server refuses what stands in these letters",
        "look at the letter's size, links and words, then: sheetclerk run",
    ),
    Rule(
        frozenset({ReplyCategory.DOUBT}),
        3,
        0,
        0,
        "mail: three letters in a row got no answer",
        "look at the network; what is in doubt: sheetclerk outbox",
    ),
    Rule(
        frozenset({ReplyCategory.OTHER}),
        0,
        10,
        50,
        "mail: the server refuses too many letters",
        "read its words in the Outbox tab, then: sheetclerk run",
    ),
)


@dataclass
class FailureCounter:
    """What one run has seen."""

    seen: list[ReplyCategory] = field(default_factory=list)

    def saw(self, category: ReplyCategory, words: str) -> ChannelStopped | None:
        """Take one letter's category; the stop that it brings, if any.

        Args:
            category: what the channel's answer was counted as.
            words: the server's own, for the person.
        """
        self.seen.append(category)
        return next(self._broken(words), None)

    def _broken(self, words: str) -> Iterator[ChannelStopped]:
        for rule in LIMITS:
            if self.seen[-1] in rule.signs and rule.is_broken(self.seen):
                yield FailureLimit(rule.what, why=f"the last one: {words}", next_step=rule.next_step)
