"""The real shop with a real journal, killed at any step: nothing twice, nothing forgotten."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

import toolkit
from tests.scheduling.conftest import NewDesk
from tests.scheduling.desk import WEEKLY, Desk
from tests.scheduling.simulation import Fate, Killed, seeded
from tests.shop_parts import with_channels
from toolkit.channels.channel import NO_RULES, ChannelPolicy, Mode, Receipt, SendResult
from toolkit.delivery.agenda import OccurrenceState
from toolkit.letters.letter import Envelope, LetterHeader
from toolkit.rules.contact import RouteKind
from toolkit.scheduling import JobContext, Teller, open_job_context, run_due


@dataclass
class FrailChannel:
    """Takes letters, until its process is killed before or after one is on its way."""

    fate: Fate = field(default_factory=Fate)
    taken: Counter[str] = field(default_factory=Counter)
    name: str = "frail"
    mode: Mode = Mode.REHEARSAL
    routes: frozenset[RouteKind] = frozenset(RouteKind)
    policy: ChannelPolicy = NO_RULES

    def carries(self, _: LetterHeader) -> bool:
        return True

    def send(self, envelope: Envelope, on_the_way: Callable[[], None]) -> Receipt:
        self.fate.step()
        on_the_way()
        self.fate.step()
        self.taken[envelope.header.key] += 1
        self.fate.step()
        return Receipt(SendResult.SENT, "250 taken")

    def close(self) -> None:
        self.fate.step()


def frail_duty(desk: Desk, channel: FrailChannel) -> JobContext:
    context = open_job_context(desk.folder, desk.clock)
    plainly = context.open_shop

    def opened() -> toolkit.Shop:
        return with_channels(plainly(), channel)

    context.open_shop = opened
    return context


def done(desk: Desk, channel: FrailChannel) -> bool:
    """One look; whether the week is done after it."""
    with frail_duty(desk, channel) as context:
        try:
            run_due(context, Teller(lambda _shop: None, lambda _shop, _run: ()))
        except Killed:
            channel.fate.left = None
        return any(one.state is OccurrenceState.DONE for one in context.agenda.done())


@pytest.mark.parametrize("seed", range(4))
def test_a_week_killed_again_and_again_is_done_once_and_no_letter_goes_twice(new_desk: NewDesk, seed: int) -> None:
    desk, channel, chance = new_desk(WEEKLY), FrailChannel(), seeded(f"killed {seed}")
    desk.at(23, 9)
    kills = 0
    for _ in range(12):
        channel.fate.left = chance.randrange(30) if kills < 4 else None
        is_done = done(desk, channel)
        kills += not is_done
        desk.after(hours=2)
        if is_done:
            break
    assert is_done
    assert max(channel.taken.values()) == 1
    assert 15 - kills <= len(channel.taken) <= 15
    before = channel.taken.copy()
    assert done(desk.after(minutes=10), channel)
    assert channel.taken == before
