"""Whose turn it is, and how little of a large round is held in memory."""

import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, timedelta
from pathlib import Path

from tests.channel_contract import MORNING, NAIROBI, a_letter, said, sealed
from tests.delivery.made_up import Nowhere, an_entry
from toolkit.channels.channel import Mode
from toolkit.channels.memory import MemoryChannel
from toolkit.delivery.entry import Entry
from toolkit.delivery.journal import Journal
from toolkit.delivery.letter_filter import LetterFilter
from toolkit.delivery.outbox import EVERYTHING, Outbox
from toolkit.delivery.outcome import State
from toolkit.delivery.round import AT_ONCE
from toolkit.delivery.turns import Turns
from toolkit.letters.letter import Letter

TODAY = MORNING.date()
TOMORROW = TODAY + timedelta(days=1)


def kept(journal: Journal, *clients: str, planned_on: date = TODAY, state: State = State.PLANNED) -> None:
    entries = [an_entry(one, "", key=one, planned_on=planned_on, state=state) for one in clients]
    journal.add(Mode.LIVE, [(one, b"") for one in entries])


def turns(journal: Journal, *told: str, only: LetterFilter = EVERYTHING) -> Turns:
    numbers = {journal.number(Mode.LIVE, key) for key in told}
    return Turns(journal, Mode.LIVE, numbers.__contains__, only)


def clients(entries: Iterator[Entry]) -> list[str]:
    return [one.client for one in entries]


def test_what_waits_has_its_turn_and_the_oldest_plan_goes_first(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.sqlite") as journal:
        kept(journal, "C1", planned_on=TOMORROW)
        kept(journal, "C2", "C3")
        kept(journal, "C4", "C5", state=State.SENT)
        assert clients(one for _, one in turns(journal, "C5")) == ["C2", "C3", "C5", "C1"]


def test_those_ahead_come_after_the_one_whose_turn_it_is_and_are_meant(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.sqlite") as journal:
        kept(journal, "C1", "C2", "C3", "C4")
        kept(journal, "C5", state=State.SENT)
        round_of = turns(journal, "C5", only=LetterFilter(frozenset({"C1", "C2", "C4", "C5"})))
        assert [clients(iter(round_of.ahead())) for _ in round_of] == [["C2", "C4"], ["C4"], ["C4"], [], []]


def test_a_letter_is_read_as_it_stands_when_its_turn_comes(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.sqlite") as journal:
        kept(journal, "C1", "C2")
        going = iter(turns(journal))
        next(going)
        journal.move(Mode.LIVE, an_entry("C2", "", key="C2", state=State.SENT))
        assert next(going)[1].state is State.SENT


def test_a_round_never_holds_all_its_letters(tmp_path: Path) -> None:
    words, number = "Asante sana! " * 3_000, 240

    def letters() -> Iterator[Letter]:
        return (a_letter(f"C{n}", f"{n} {words}") for n in range(number))

    with Journal(tmp_path / "journal.sqlite") as journal:
        outbox = Outbox(journal, Mode.LIVE, sealed, lambda: MORNING.astimezone(UTC), NAIROBI)
        tracemalloc.start()
        try:
            told = sum(one.state is State.SENT for one in outbox.deliver_each(letters(), [Nowhere()], TODAY))
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert told == number
    assert peak < number * len(words) / 4


def test_however_many_wait_each_is_told_why(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.sqlite") as journal:
        kept(journal, *(f"C{n}" for n in range(AT_ONCE + 1)))
        outbox = Outbox(journal, Mode.LIVE, sealed, lambda: MORNING.astimezone(UTC), NAIROBI)
        assert len(outbox.deliver([], [Nowhere()], TODAY, limit=0)) == AT_ONCE + 1
        assert {said(one.words) for one in journal.entries(Mode.LIVE)} == {"waits: the limit of 0 a run is reached"}


def test_whoever_asks_no_further_leaves_the_rest_waiting(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal.sqlite") as journal:
        outbox = Outbox(journal, Mode.LIVE, sealed, lambda: MORNING.astimezone(UTC), NAIROBI)
        round_of = outbox.deliver_each([a_letter("C1"), a_letter("C2")], [MemoryChannel()], TODAY)
        assert next(round_of).state is State.SENT
        round_of.close()  # type: ignore[attr-defined]  # a generator
        assert [one.state for one in journal.entries(Mode.LIVE)] == [State.SENT, State.PLANNED]
