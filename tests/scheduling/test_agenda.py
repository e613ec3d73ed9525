from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.scheduling.memory_agenda import MemoryAgenda
from toolkit.channels.channel import Mode
from toolkit.delivery.agenda import Agenda, Occurrence, OccurrenceState
from toolkit.delivery.journal import VERSION, Journal

NINE = datetime(2026, 11, 23, 6, tzinfo=UTC)
WEEK = timedelta(days=7)
MONDAY = Occurrence("weekly", "2026-11-23", NINE, NINE + WEEK)
NEXT = Occurrence("weekly", "2026-11-30", NINE + WEEK, NINE + 2 * WEEK)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path / "journal.sqlite3") as journal:
        yield journal


@pytest.fixture(params=["journal", "memory"])
def agenda(request: pytest.FixtureRequest, journal: Journal) -> Agenda | MemoryAgenda:
    return Agenda(journal, Mode.LIVE) if request.param == "journal" else MemoryAgenda()


def test_what_came_due_is_open_until_it_has_its_turn(agenda: Agenda | MemoryAgenda) -> None:
    assert (agenda.seen(), agenda.open()) == (None, ())
    agenda.note(NINE + WEEK, [NEXT, MONDAY])
    assert agenda.seen() == NINE + WEEK
    assert agenda.open() == (MONDAY, NEXT)
    begun = replace(NEXT, state=OccurrenceState.BEGUN, again=NINE, tries=2, words="w")
    agenda.move([replace(MONDAY, state=OccurrenceState.DONE), begun])
    assert agenda.open() == (begun,)


def test_what_is_known_stays_as_it_is(agenda: Agenda | MemoryAgenda) -> None:
    agenda.note(NINE, [MONDAY])
    agenda.move([replace(MONDAY, state=OccurrenceState.DONE)])
    agenda.note(NINE, [MONDAY])
    assert agenda.open() == ()


def test_a_miss_is_untold_until_it_is_told(agenda: Agenda | MemoryAgenda) -> None:
    gone = replace(MONDAY, state=OccurrenceState.MISSED)
    agenda.note(NINE, [MONDAY])
    agenda.move([gone])
    assert (agenda.open(), agenda.untold()) == ((), (gone,))
    agenda.move([replace(gone, told=True)])
    assert agenda.untold() == ()


def test_a_rehearsed_week_is_not_a_week_that_was_sent(journal: Journal) -> None:
    Agenda(journal, Mode.REHEARSAL).note(NINE, [replace(MONDAY, state=OccurrenceState.DONE)])
    assert Agenda(journal, Mode.REHEARSAL).done() != ()
    assert Agenda(journal, Mode.LIVE).seen() is None
    assert Agenda(journal, Mode.LIVE).done() == ()


def test_after_a_wrong_clock_what_was_missed_in_the_future_is_forgotten_and_what_was_done_is_not(
    journal: Journal,
) -> None:
    agenda = Agenda(journal, Mode.LIVE)
    agenda.note(NINE + 3 * WEEK, [])
    agenda.move([replace(MONDAY, state=OccurrenceState.MISSED), replace(NEXT, state=OccurrenceState.DONE)])
    agenda.forget_after(NINE - WEEK)
    assert agenda.seen() == NINE - WEEK
    assert agenda.untold() == ()
    assert [one.id for one in agenda.done()] == ["weekly@2026-11-30"]


def test_a_memo_is_kept(journal: Journal) -> None:
    agenda = Agenda(journal, Mode.LIVE)
    assert agenda.memo("failure") == ""
    agenda.keep_memo("failure", "mail")
    assert agenda.memo("failure") == "mail"


def test_a_journal_of_the_first_layout_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    with Journal(path) as journal:
        for table in ("occurrences", "tries", "suppressed"):
            journal.run(f"DROP TABLE {table}")
        journal.run("ALTER TABLE letters DROP COLUMN route")
        journal.run("PRAGMA user_version = 1")
        journal.belong_to("a1")
    with Journal(path) as journal:
        journal.belong_to("a1")
        Agenda(journal, Mode.LIVE).note(NINE, [MONDAY])
        assert journal.run("PRAGMA user_version") == [(VERSION,)]
