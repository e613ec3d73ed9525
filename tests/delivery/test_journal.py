import sqlite3
import stat
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.channel_contract import MORNING
from tests.delivery.made_up import a_record
from toolkit.channels.channel import Mode
from toolkit.delivery.attempts import Attempts
from toolkit.delivery.journal import VERSION, Journal
from toolkit.delivery.letter_record import LetterRecord, PastRun, State
from toolkit.delivery.schema import STEPS
from toolkit.errors import RunLocked, SetupError
from toolkit.rules.contact import BY_PERSON, by_email

ENTRY = a_record(
    "C001",
    "asel@example.com",
    key="k1",
    name="Асель'); DROP TABLE letters; --",
    language="ky",
    subject="Рахмат",
    expires=date(2026, 11, 28),
    promotional=True,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "journal.sqlite"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    with Journal(path) as journal:
        yield journal


def test_what_was_written_is_read_back_by_the_next_run(path: Path) -> None:
    with Journal(path) as journal:
        journal.add(Mode.LIVE, [(ENTRY, b"bytes")])
    with Journal(path) as journal:
        assert journal.find(Mode.LIVE, "k1") == ENTRY
        assert journal.records(Mode.LIVE) == (ENTRY,)
        assert journal.message(Mode.LIVE, "k1") == b"bytes"


def test_the_lanes_know_nothing_of_each_other(journal: Journal) -> None:
    journal.add(Mode.REHEARSAL, [(ENTRY, b"bytes")])
    assert journal.find(Mode.LIVE, "k1") is None
    assert journal.records(Mode.LIVE) == ()
    assert journal.message(Mode.LIVE, "k1") == b""
    assert journal.sums(Mode.LIVE) == {}
    assert journal.sums(Mode.REHEARSAL) == {State.PLANNED: 1}


def test_a_letter_moves_and_keeps_its_first_date(journal: Journal) -> None:
    journal.add(Mode.LIVE, [(ENTRY, b"bytes")])
    sending = replace(ENTRY, state=State.SENDING, channel="mail", dated=MORNING)
    journal.move(Mode.LIVE, sending)
    assert journal.find(Mode.LIVE, "k1") == sending
    journal.move(Mode.LIVE, replace(ENTRY, state=State.RETRY, dated=datetime(2030, 1, 1, tzinfo=UTC)))
    again = journal.find(Mode.LIVE, "k1")
    assert again is not None
    assert again.dated == MORNING


def test_a_known_key_stays_as_it_is(journal: Journal) -> None:
    journal.add(Mode.LIVE, [(ENTRY, b"first"), (ENTRY, b"second")])
    assert journal.message(Mode.LIVE, "k1") == b"first"


def test_a_transaction_is_kept_whole_or_not_at_all(journal: Journal) -> None:
    def fail_halfway() -> Iterator[tuple[LetterRecord, bytes]]:
        yield ENTRY, b"bytes"
        raise ValueError("a bug")

    with pytest.raises(ValueError, match="a bug"), journal.transaction():
        journal.add(Mode.LIVE, fail_halfway())
    assert journal.records(Mode.LIVE) == ()


def test_it_writes_through_to_the_disk(path: Path) -> None:
    with Journal(path) as journal:
        found = [journal._run(f"PRAGMA {name}")[0][0] for name in ("journal_mode", "synchronous", "fullfsync")]
    assert found == ["wal", 2, 1]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_its_owner_may_read_it(path: Path) -> None:
    with Journal(path):
        files = list(path.parent.iterdir())
        assert {stat.S_IMODE(one.stat().st_mode) for one in files} == {0o600}


def test_the_last_runs_of_a_lane_are_known(journal: Journal) -> None:
    assert journal.last_runs(Mode.LIVE, 1) == ()
    runs = [PastRun(Mode.LIVE, date(2026, 11, day), MORNING, MORNING, {"sent": day}) for day in (20, 21)]
    for run in runs:
        journal.record_run(run)
    assert journal.last_runs(Mode.LIVE, 1) == (runs[1],)
    assert journal.last_runs(Mode.LIVE, 5) == (runs[1], runs[0])
    assert journal.last_runs(Mode.REHEARSAL, 5) == ()


def test_a_journal_belongs_to_one_shop(path: Path) -> None:
    with Journal(path) as journal:
        journal.belong_to("a1")
    with Journal(path) as journal:
        journal.belong_to("a1")
        with pytest.raises(SetupError) as error:
            journal.belong_to("b2")
    assert "belongs to another shop" in error.value.what


def test_a_journal_of_a_newer_version_is_left_alone(path: Path) -> None:
    with Journal(path) as journal:
        journal._run(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(SetupError, match="newer sheetclerk"):
        Journal(path)


@pytest.mark.parametrize("content", [b"no database at all, only words" * 99, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_damaged_journal_is_told_with_a_next_step_and_left_as_it_was(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(SetupError) as error:
        Journal(path)
    assert "damaged" in error.value.what
    assert "backup" in error.value.next_step
    assert path.read_bytes() == content


def test_damage_inside_is_told_too(path: Path) -> None:
    with Journal(path) as journal:
        entries = (
            (replace(ENTRY, header=replace(ENTRY.header, key=f"k{number}")), b"x" * 5000) for number in range(50)
        )
        with journal.transaction():
            journal.add(Mode.LIVE, entries)
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\xaa" * (len(content) - 8192))
    with pytest.raises(SetupError, match="damaged"), Journal(path) as journal:
        journal.records(Mode.LIVE)


def test_a_folder_that_cannot_be_made_is_a_set_up_to_mend(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(SetupError, match="cannot be opened or written"):
        Journal(tmp_path / "data" / "journal.sqlite")


def test_a_folder_in_the_journals_place_is_a_set_up_to_mend(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(SetupError, match="cannot be opened or written"):
        Journal(path)


def test_a_journal_that_another_program_holds_is_locked(path: Path) -> None:
    with Journal(path) as other, other.transaction(), pytest.raises(RunLocked, match="another program"):
        Journal(path, patience=0)


def test_a_mistake_of_ours_is_no_fault_of_the_file(journal: Journal) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        journal._run("SELECT * FROM nowhere")


def old_journal(path: Path, version: int) -> None:
    """A journal as an earlier layout had it, with one letter by mail, one on the call list and one forgotten."""
    path.parent.mkdir(parents=True, exist_ok=True)
    letters = (("k1", "asel@example.com", "mail"), ("k2", "", "call_list"), ("k3", "", "mail"))
    with closing(sqlite3.connect(path)) as sql:
        for statement in (statement for step in STEPS[:version] for statement in step):
            sql.execute(statement)
        for key, address, channel in letters:
            sql.execute(
                "INSERT INTO letters VALUES ('post', ?, 'thank_you', '2026-11-21', 'C001', 'Asel', ?, 'ky', 'Рахмат', "
                "'w1', '2026-11-28', 1, 'abc', '2026-11-21', 'sent', ?, NULL, NULL, NULL, '250', NULL)",
                (key, address, channel),
            )
            if version >= 3:
                sql.execute(
                    "INSERT INTO tries (lane, key, place, at, state, sign) VALUES ('post', ?, ?, ?, 'sent', '')",
                    (key, "digest" if address else "", "2026-11-21T07:02:00+00:00"),
                )
        sql.execute(f"PRAGMA user_version = {version}")
        sql.commit()


@pytest.mark.parametrize("version", range(1, VERSION))
def test_a_journal_of_an_earlier_layout_keeps_keys_and_states_and_gets_routes(path: Path, version: int) -> None:
    old_journal(path, version)
    with Journal(path) as journal:
        routes = {entry.key: (entry.header.route, entry.state) for entry in journal.records(Mode.LIVE)}
        assert routes == {
            "k1": (by_email("asel@example.com"), State.SENT),
            "k2": (BY_PERSON, State.SENT),
            "k3": (by_email(""), State.SENT),
        }
        assert journal.run("SELECT count(*) FROM occurrences") == [(0,)]
        assert journal.run("PRAGMA user_version") == [(VERSION,)]


def test_tries_of_an_earlier_layout_count_for_the_channel_that_had_the_letter(path: Path) -> None:
    old_journal(path, 3)
    with Journal(path) as journal:
        tries, before = Attempts(journal, Mode.LIVE), MORNING.astimezone(UTC) - timedelta(hours=1)
        assert len(tries.left_since(before, "mail")) == 2
        entry = replace(ENTRY, channel="mail", state=State.SENT)
        tries.add(entry, MORNING.astimezone(UTC))
        assert len(tries.left_since(before, "mail")) == 3
