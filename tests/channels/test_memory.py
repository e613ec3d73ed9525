from pathlib import Path

import pytest

from tests.channel_contract import ChannelContract, a_letter, enveloped
from toolkit.channels.channel import Channel, ChannelStopped, Mode, SendResult
from toolkit.channels.memory import MemoryChannel


class TestMemoryChannel(ChannelContract):
    def channel(self, folder: Path) -> Channel:  # noqa: ARG002 - the contract gives one
        return MemoryChannel()

    def how_many_left(self, channel: Channel) -> int:
        assert isinstance(channel, MemoryChannel)
        return len(channel.envelopes)


def never() -> None:
    pytest.fail("the letter must not leave")


def test_a_refused_letter_never_leaves() -> None:
    assert MemoryChannel(refuse={"C001"}).send(enveloped(a_letter()), never).result is SendResult.FAILED


def test_a_busy_side_asks_for_the_letter_later() -> None:
    assert MemoryChannel(busy={"C001"}).send(enveloped(a_letter()), never).result is SendResult.RETRY


def test_a_line_cut_on_the_way_leaves_doubt() -> None:
    channel, called = MemoryChannel(cut={"C001"}), list[str]()
    assert channel.send(enveloped(a_letter()), lambda: called.append("once")).result is SendResult.IN_DOUBT
    assert called == ["once"]


def test_a_channel_that_stops_says_why_in_three_lines() -> None:
    with pytest.raises(ChannelStopped) as stop:
        MemoryChannel(stop={"C001"}).send(enveloped(a_letter()), never)
    assert len(str(stop.value).splitlines()) == 3
    assert stop.value.exit_code == 4


def test_its_lane_and_what_it_carries_can_be_chosen() -> None:
    channel = MemoryChannel(mode=Mode.REHEARSAL, leave={"C001"})
    assert channel.mode is Mode.REHEARSAL
    assert not channel.carries(a_letter("C001").header)
    assert channel.carries(a_letter("C002").header)
