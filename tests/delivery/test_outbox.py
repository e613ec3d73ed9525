from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.channel_contract import MORNING, NAIROBI, WORDS, a_letter, said, sealed
from tests.delivery.made_up import deliver
from toolkit.channels.channel import Channel, ChannelStopped, Mode, Receipt
from toolkit.channels.folder import FolderChannel
from toolkit.channels.memory import MemoryChannel
from toolkit.channels.parts import parts_of
from toolkit.channels.sent_folder import SentMatch
from toolkit.delivery.doubt import in_doubt, prove_sent
from toolkit.delivery.journal import Journal
from toolkit.delivery.letter_record import WAITING, LetterRecord, Outcome, State
from toolkit.delivery.loop import Delivery
from toolkit.delivery.outbox import Outbox
from toolkit.errors import ConfigError
from toolkit.letters.letter import Envelope, Letter
from toolkit.rules.contact import by_email

TODAY = MORNING.date()


@dataclass
class Desk:
    """An outbox whose time moves only by hand."""

    journal: Journal
    mode: Mode = Mode.LIVE
    moment: datetime = MORNING
    sealed: list[str] = field(default_factory=list)
    delivery: Delivery = field(init=False)

    @property
    def outbox(self) -> Outbox:
        return Outbox(self.journal, self.mode, self.seal, self.now, NAIROBI)

    def now(self) -> datetime:
        return self.moment.astimezone(UTC)

    def seal(self, letter: Letter) -> bytes:
        self.sealed.append(letter.header.client)
        return sealed(letter)

    def deliver(
        self, letters: Sequence[Letter], *channels: Channel, today: date = TODAY, limit: int | None = None
    ) -> dict[str, Outcome]:
        self.delivery = Delivery(self.outbox, channels, today, limit)
        told = tuple(self.delivery.run(letters))
        assert len({one.key for one in told}) == len(told)
        return {one.header.client: one for one in told}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Journal(tmp_path / "journal.sqlite") as journal:
        yield Desk(journal)


def letters(*clients: str) -> list[Letter]:
    return [a_letter(client, name=f"Name {client}") for client in clients]


def states(told: dict[str, Outcome]) -> dict[str, State]:
    return {client: one.state for client, one in told.items()}


def clients_of(channel: MemoryChannel) -> list[str]:
    return [one.header.client for one in channel.envelopes]


def test_each_letter_leaves_once_and_its_receipt_is_kept(desk: Desk) -> None:
    channel = MemoryChannel()
    told = desk.deliver(letters("C001", "C002"), channel)
    assert states(told) == {"C001": State.SENT, "C002": State.SENT}
    record = LetterRecord.of(a_letter("C001", name="Name C001"), TODAY)
    sent = replace(record, state=State.SENT, words="250 taken", channel="memory", done_at=desk.now())
    assert told["C001"] == Outcome(sent, TODAY)
    assert clients_of(channel) == ["C001", "C002"]


def test_a_second_delivery_sends_nothing_and_says_so(desk: Desk) -> None:
    channel = MemoryChannel()
    desk.deliver(letters("C001"), channel)
    told = desk.deliver(letters("C001"), channel)
    assert told["C001"].state is State.SENT
    assert told["C001"].before
    assert clients_of(channel) == ["C001"]
    assert desk.sealed == ["C001"]


def test_the_same_letter_with_other_words_is_told_and_stays_unsent(desk: Desk) -> None:
    channel = MemoryChannel()
    desk.deliver([a_letter("C001", text="first")], channel)
    told = desk.deliver([a_letter("C001", text="second")], channel)
    assert said(told["C001"].record.words) == "already sent with different text"
    assert len(channel.envelopes) == 1


def test_a_letter_that_waits_goes_with_the_words_of_its_first_plan(desk: Desk) -> None:
    channel = MemoryChannel()
    desk.deliver([a_letter("C001", text="first")], MemoryChannel(busy={"C001"}))
    desk.moment += timedelta(hours=2)
    told = desk.deliver([a_letter("C001", text="second")], channel)
    assert said(told["C001"].record.words) == "250 taken (with the text of its first plan)"
    assert [parts_of(one.message).text.strip() for one in channel.envelopes] == ["first"]


def test_what_the_channel_gets_is_the_sealed_bytes_with_a_date_before_them(desk: Desk) -> None:
    channel, letter = MemoryChannel(), a_letter("C001", text="Рахмат, Асель эже")
    desk.deliver([letter], channel)
    [envelope] = channel.envelopes
    assert envelope.message == b"Date: Sat, 21 Nov 2026 10:02:00 +0300\r\n" + sealed(letter)
    assert envelope.dated == MORNING
    assert parts_of(envelope.message).html.strip() == letter.html
    assert (envelope.header.name, envelope.header.route) == (letter.header.name, letter.header.route)


def test_the_date_is_frozen_when_the_letter_first_goes_on_its_way(desk: Desk) -> None:
    class BreaksOff(MemoryChannel):
        def send(self, envelope: Envelope, on_the_way: Callable[[], None]) -> Receipt:
            on_the_way()
            self.stop = {"C001"}
            return super().send(envelope, on_the_way)

    channel = MemoryChannel()
    desk.deliver(letters("C001"), BreaksOff())
    desk.moment += timedelta(hours=5)
    desk.deliver([], channel)
    assert [one.dated for one in channel.envelopes] == [MORNING]
    assert message_from_bytes(channel.envelopes[0].message)["Date"] == "Sat, 21 Nov 2026 10:02:00 +0300"


def test_a_letter_refused_before_it_left_gets_the_date_of_the_day_it_leaves(desk: Desk) -> None:
    channel = MemoryChannel()
    desk.deliver(letters("C001"), MemoryChannel(busy={"C001"}))
    desk.moment += timedelta(days=1)
    desk.deliver([], channel, today=TODAY + timedelta(days=1))
    assert [one.dated for one in channel.envelopes] == [desk.moment]


def test_refused_cut_and_busy_letters_each_have_their_fate(desk: Desk) -> None:
    told = desk.deliver(letters("C001", "C002", "C003"), MemoryChannel(refuse={"C001"}, cut={"C002"}, busy={"C003"}))
    assert states(told) == {"C001": State.FAILED, "C002": State.IN_DOUBT, "C003": State.RETRY}
    assert told["C001"].record.words == "550 no such mailbox"
    again = MemoryChannel()
    desk.deliver(letters("C001", "C002", "C003"), again)
    assert clients_of(again) == []
    assert desk.outbox.waiting() == 1


def test_a_busy_letter_is_tried_again_after_an_hour_and_not_before(desk: Desk) -> None:
    channel = MemoryChannel()
    desk.deliver(letters("C001"), MemoryChannel(busy={"C001"}))
    desk.moment += timedelta(minutes=59)
    assert desk.deliver([], channel)["C001"].record.words == "450 come again later"
    desk.moment += timedelta(minutes=1)
    assert desk.deliver([], channel)["C001"].state is State.SENT


def test_a_letter_too_late_expires_even_while_it_rests(desk: Desk) -> None:
    desk.deliver(letters("C001"), MemoryChannel(busy={"C001"}))
    told = desk.deliver(letters("C002"), MemoryChannel(), today=date(2026, 11, 29))
    assert states(told) == {"C001": State.EXPIRED, "C002": State.EXPIRED}
    assert desk.outbox.waiting() == 0


def test_a_letter_may_still_go_on_its_last_day(desk: Desk) -> None:
    assert desk.deliver(letters("C001"), MemoryChannel(), today=date(2026, 11, 28))["C001"].state is State.SENT


def test_the_rest_waits_at_the_limit_and_the_oldest_plan_goes_first(desk: Desk) -> None:
    channel = MemoryChannel()
    told = desk.deliver(letters("C003", "C001", "C002"), channel, limit=1)
    assert states(told) == {"C003": State.SENT, "C001": State.PLANNED, "C002": State.PLANNED}
    assert said(told["C002"].record.words) == "waiting: the limit of 1 per run is reached"
    desk.deliver(letters("C000"), channel, today=TODAY + timedelta(days=1), limit=2)
    assert clients_of(channel) == ["C003", "C001", "C002"]
    assert desk.outbox.waiting() == 1


def test_the_first_channel_of_the_lane_that_carries_a_letter_gets_it(desk: Desk) -> None:
    folder, first, second = MemoryChannel(mode=Mode.REHEARSAL), MemoryChannel(leave={"C002"}), MemoryChannel()
    desk.deliver(letters("C001", "C002"), folder, first, second)
    assert [clients_of(one) for one in (folder, first, second)] == [[], ["C001"], ["C002"]]


def test_a_letter_that_no_channel_carries_is_told_and_waits(desk: Desk) -> None:
    told = desk.deliver(letters("C001"), MemoryChannel(leave={"C001"}))
    assert (told["C001"].state, said(told["C001"].record.words)) == (State.PLANNED, "there is no way to deliver it")
    assert [said(one.record.words) for one in desk.outbox.letters_for_tab()] == ["there is no way to deliver it"]


def test_a_channel_that_stops_leaves_the_rest_planned(desk: Desk) -> None:
    told = desk.deliver(letters("C001", "C002", "C003"), MemoryChannel(stop={"C002"}))
    assert states(told) == {"C001": State.SENT, "C002": State.PLANNED, "C003": State.PLANNED}
    assert said(told["C003"].record.words) == "waiting: memory: no letter can leave now"
    assert isinstance(desk.delivery.stopped, ChannelStopped)


def test_after_a_stop_the_next_delivery_goes_on(desk: Desk) -> None:
    desk.deliver(letters("C001", "C002"), MemoryChannel(stop={"C001"}))
    assert desk.outbox.waiting() == 2
    desk.deliver([], MemoryChannel())
    assert desk.delivery.stopped is None
    assert desk.outbox.waiting() == 0


def test_a_folder_that_cannot_be_written_loses_and_doubts_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.mode = Mode.REHEARSAL
    (tmp_path / "outbox").write_text("a file where the folder should be")
    assert set(states(desk.deliver(letters("C001", "C002"), FolderChannel(tmp_path / "outbox", WORDS))).values()) == {
        State.PLANNED
    }
    (tmp_path / "outbox").unlink()
    assert set(states(desk.deliver([], FolderChannel(tmp_path / "outbox", WORDS))).values()) == {State.SENT}


def test_a_letter_that_cannot_be_sealed_leaves_the_journal_as_it_was(desk: Desk) -> None:
    def fail(letter: Letter) -> bytes:
        if letter.header.client == "C002":
            raise ConfigError("x", why="y", next_step="z")
        return b""

    outbox = Outbox(desk.journal, Mode.LIVE, fail, desk.now, NAIROBI)
    with pytest.raises(ConfigError):
        deliver(outbox, letters("C001", "C002"), MemoryChannel())
    assert outbox.letters_for_tab() == ()


def test_a_bug_in_a_channel_leaves_doubt_only_where_a_letter_was_on_its_way(desk: Desk) -> None:
    class Buggy(MemoryChannel):
        def send(self, envelope: Envelope, on_the_way: Callable[[], None]) -> Receipt:
            super().send(envelope, on_the_way)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        desk.deliver(letters("C001", "C002"), Buggy())
    desk.moment += timedelta(days=1)
    told = desk.deliver(letters("C001", "C002"), MemoryChannel())
    assert states(told) == {"C001": State.IN_DOUBT, "C002": State.SENT}
    assert told["C001"].day == TODAY
    assert not told["C001"].before


def test_what_the_folder_holds_counts_as_said_only_there(desk: Desk, tmp_path: Path) -> None:
    desk.mode = Mode.REHEARSAL
    desk.deliver(letters("C001"), FolderChannel(tmp_path, WORDS))
    assert desk.outbox.already_said().has("thank_you", "2026-11-21", "C001")
    desk.mode = Mode.LIVE
    assert not desk.outbox.already_said().letters


def test_said_knows_each_letter_and_whether_it_left(desk: Desk) -> None:
    desk.moment = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)
    desk.deliver(letters("C001", "C002", "C003"), MemoryChannel(refuse={"C002"}, cut={"C003"}))
    desk.deliver(letters("C004"), MemoryChannel(leave={"C004"}))
    said = {one.client: one for one in desk.outbox.already_said().letters}
    assert {client: one.left for client, one in said.items()} == {
        "C001": True,
        "C002": False,
        "C003": True,
        "C004": False,
    }
    assert said["C001"].day == date(2026, 11, 22), "22:30 in UTC is the next day in Nairobi"
    assert said["C004"].day == TODAY
    assert (said["C001"].words_id, said["C001"].route) == ("w1", by_email("asha@example.com"))


def test_the_tab_has_every_letter_newest_first(desk: Desk) -> None:
    desk.deliver(letters("C001", "C002"), MemoryChannel())
    desk.deliver(letters("C000"), MemoryChannel(), today=TODAY + timedelta(days=1))
    assert [one.header.client for one in desk.outbox.letters_for_tab()] == ["C000", "C002", "C001"]


def test_a_run_is_recorded_with_its_figures(desk: Desk) -> None:
    assert desk.outbox.last_runs(1) == ()
    desk.outbox.record_run(TODAY, MORNING, {"sent": 2})
    (run,) = desk.outbox.last_runs(1)
    assert (run.as_of, run.counts, run.ended, run.mode) == (TODAY, {"sent": 2}, desk.now(), Mode.LIVE)


def test_bodies_go_after_thirty_days_and_what_waits_or_is_in_doubt_keeps_its_own(desk: Desk) -> None:
    plan = [a_letter(client, expires=date(2027, 12, 31)) for client in ("C001", "C002", "C003")]
    desk.deliver(plan, MemoryChannel(cut={"C002"}, busy={"C003"}))
    assert desk.outbox.purge(TODAY + timedelta(days=30)) == 0
    assert desk.outbox.purge(TODAY + timedelta(days=31)) == 1
    assert [bool(desk.journal.message(Mode.LIVE, one.header.key)) for one in plan] == [False, True, True]
    told = desk.deliver([a_letter("C001", text="other")], MemoryChannel())
    assert said(told["C001"].record.words) == "already sent with different text"


def test_only_what_the_sent_folder_holds_counts_as_sent(desk: Desk) -> None:
    desk.deliver(letters("C001", "C002", "C003"), MemoryChannel(cut={"C001", "C002"}))
    asked: list[str] = []

    def look(ids: Iterable[str]) -> SentMatch:
        asked.extend(ids)
        return SentMatch("Sent", frozenset({asked[0], "<another@example.com>"}))

    proved = prove_sent(desk.outbox, look)
    assert asked == [f"<{one.header.key}@example.com>" for one in letters("C001", "C002")]
    assert [one.header.client for one in (*proved.sent, *proved.open)] == ["C001", "C002"]
    states = {one.header.client: one.state for one in desk.journal.records(Mode.LIVE)}
    assert states == {"C001": State.SENT, "C002": State.IN_DOUBT, "C003": State.SENT}


def test_nobody_looks_where_nothing_is_in_doubt(desk: Desk) -> None:
    assert prove_sent(desk.outbox, lambda _: pytest.fail("looked")).folder == ""


def test_what_cannot_be_looked_for_stays_in_doubt(desk: Desk) -> None:
    def broken(_: Iterable[str]) -> SentMatch:
        raise ChannelStopped("mail: it broke off", why="no line", next_step="wait")

    desk.deliver(letters("C001"), MemoryChannel(cut={"C001"}))
    with pytest.raises(ChannelStopped):
        prove_sent(desk.outbox, broken)
    assert [one.state for one in in_doubt(desk.outbox)] == [State.IN_DOUBT]


BEHAVIOURS = st.dictionaries(
    st.sampled_from([f"C{number}" for number in range(8)]),
    st.sampled_from(["good", "refuse", "busy", "cut", "stop", "leave"]),
    min_size=1,
)


def channel_for(behaviour: dict[str, str]) -> MemoryChannel:
    def having(word: str) -> frozenset[str]:
        return frozenset(client for client, one in behaviour.items() if one == word)

    words = ("refuse", "busy", "cut", "stop", "leave")
    refuse, busy, cut, stop, leave = map(having, words)
    return MemoryChannel(refuse=refuse, busy=busy, cut=cut, stop=stop, leave=leave)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(BEHAVIOURS, st.none() | st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=5))
def test_whatever_happens_each_letter_leaves_at_most_once_and_has_one_fate(
    rounds: list[tuple[dict[str, str], int | None, int]],
) -> None:
    with TemporaryDirectory() as folder, Journal(Path(folder) / "journal.sqlite") as journal:
        desk, left, planned = Desk(journal), Counter[str](), set[str]()
        for behaviour, limit, days in rounds:
            desk.moment += timedelta(days=days)
            channel = channel_for(behaviour)
            waited = {one.header.client for one in desk.outbox.letters_for_tab() if one.state in WAITING}
            told = desk.deliver(letters(*behaviour), channel, today=desk.moment.date(), limit=limit)
            planned |= set(behaviour)
            left.update(clients_of(channel))
            assert set(told) == waited | set(behaviour)
            assert {one.state for one in told.values()}.isdisjoint({State.CLAIMED, State.SENDING})
            sums = journal.sums(Mode.LIVE)
            assert sum(sums.values()) == len(planned)
            assert sums.get(State.SENT, 0) + sums.get(State.IN_DOUBT, 0) == left.total()
        assert not left or max(left.values()) == 1
