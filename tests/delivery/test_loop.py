"""Whose turn it is, and how little of a large round is held in memory."""

import tracemalloc
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Any

from tests.channel_contract import MORNING, NAIROBI, a_letter, said, sealed
from tests.delivery.made_up import Nowhere, a_record
from toolkit.channels.channel import Channel, Mode
from toolkit.channels.memory import MemoryChannel
from toolkit.delivery.journal import Journal
from toolkit.delivery.letter_record import LetterFilter, LetterRecord, Outcome, State
from toolkit.delivery.loop import REASONS_AT_ONCE, Delivery, Eligibility, LiveContext
from toolkit.delivery.outbox import Outbox
from toolkit.letters.letter import Letter

TODAY = MORNING.date()
TOMORROW = TODAY + timedelta(days=1)


def kept(journal: Journal, *clients: str, planned_on: date = TODAY, state: State = State.PLANNED) -> None:
    records = [a_record(client, "", key=client, planned_on=planned_on, state=state) for client in clients]
    journal.add(Mode.LIVE, [(record, b"") for record in records])


def delivery(journal: Journal, channel: Channel, **options: Any) -> Delivery:
    outbox = Outbox(journal, Mode.LIVE, sealed, lambda: MORNING.astimezone(UTC), NAIROBI)
    return Delivery(outbox, [channel], TODAY, **options)


def clients(records: Iterable[LetterRecord | Outcome]) -> list[str]:
    return [record.header.client for record in records]


def test_what_waits_has_its_turn_and_the_oldest_plan_goes_first(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.sqlite") as journal:
        kept(journal, "C1", planned_on=TOMORROW)
        kept(journal, "C2", "C3")
        kept(journal, "C4", state=State.SENT)
        assert clients(delivery(journal, MemoryChannel()).run()) == ["C2", "C3", "C1"]


def test_a_batch_is_the_next_ten_letters_that_are_meant_and_that_a_channel_carries(tmp_path: Path) -> None:
    batches: list[list[str]] = []

    def look_again(batch: Sequence[LetterRecord]) -> Eligibility:
        batches.append(clients(batch))
        return lambda _record: None

    numbers = [f"C{number:02}" for number in range(15)]
    with Journal(tmp_path / "journal.sqlite") as journal:
        kept(journal, *numbers)
        only, live = LetterFilter(frozenset({*numbers} - {"C01"})), LiveContext(lambda _: None, lambda: 0.0, look_again)
        tuple(delivery(journal, MemoryChannel(leave={"C02"}), only=only, live=live).run())
    assert batches == [["C00", *numbers[3:12]], numbers[12:]]


def test_a_letter_is_read_as_it_stands_when_its_turn_comes(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.sqlite") as journal:
        kept(journal, "C1", "C2", "C3")
        channel = MemoryChannel()
        outcomes = delivery(journal, channel).run()
        next(outcomes)
        journal.move(Mode.LIVE, a_record("C2", "", key="C2", state=State.SENT))
        assert clients(outcomes) == ["C3"]
        assert [envelope.header.client for envelope in channel.envelopes] == ["C1", "C3"]


def test_a_round_never_holds_all_its_letters(tmp_path: Path) -> None:
    words, number = "Asante sana! " * 3_000, 240

    def letters() -> Iterator[Letter]:
        return (a_letter(f"C{n}", f"{n} {words}") for n in range(number))

    with Journal(tmp_path / "journal.sqlite") as journal:
        tracemalloc.start()
        try:
            outcomes = delivery(journal, Nowhere()).run(letters())
            sent = sum(outcome.state is State.SENT for outcome in outcomes)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert sent == number
    assert peak < number * len(words) / 4


def test_however_many_wait_each_is_told_why(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.sqlite") as journal:
        kept(journal, *(f"C{n}" for n in range(REASONS_AT_ONCE + 1)))
        assert len(tuple(delivery(journal, Nowhere(), limit=0).run())) == REASONS_AT_ONCE + 1
        assert {said(one.words) for one in journal.records(Mode.LIVE)} == {"waiting: the limit of 0 per run is reached"}


def test_whoever_asks_no_further_leaves_the_rest_waiting(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.sqlite") as journal:
        outcomes = delivery(journal, MemoryChannel()).run([a_letter("C1"), a_letter("C2")])
        assert next(outcomes).state is State.SENT
        outcomes.close()  # type: ignore[attr-defined]  # a generator
        assert [one.state for one in journal.records(Mode.LIVE)] == [State.SENT, State.PLANNED]
