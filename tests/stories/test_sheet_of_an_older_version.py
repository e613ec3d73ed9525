"""A Google Sheet that an older version wrote into goes on: the same keys, nothing twice, approved bonuses equal."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from pathlib import Path
from typing import Final

import pytest

from tests.mail.authority import Authority
from tests.mail.post_office import USER, PostOffice
from tests.sheets_server.accounts import Accounts
from tests.sheets_server.kept import keep, kept
from tests.sheets_server.people import People
from tests.sheets_server.server import SheetsServer
from tests.stories.test_shop_of_an_older_version import (
    A_WEEK_AFTER,
    MADE,
    NEXT_SATURDAY,
    SATURDAY,
    clerk,
    known,
    move_in,
    moved_to,
    recorded,
    settled,
)
from toolkit.clock import SystemClock

SHEET: Final = MADE / "sheet" / "sheet.jsonl"
DAYS: Final = (SATURDAY, NEXT_SATURDAY, A_WEEK_AFTER)
WAITS: Final = {"planned", "retry"}


@dataclass
class Duka:
    """The shop, its sheet on the Sheets server, and the post office to which its letters go."""

    home: Path
    server: SheetsServer
    people: People
    office: PostOffice

    def run(self, day: datetime, *words: str) -> None:
        self.server.now = day.timestamp
        clerk(day, *(words or ("run",)))

    @property
    def left(self) -> list[str]:
        """The first 16 digits of the key of each letter that left for a reader."""
        letters = (message_from_bytes(one.content) for one in self.office.taken if one.recipients != (USER,))
        return [str(letter["Message-ID"])[1:17] for letter in letters]

    def rows(self, tab: str) -> list[list[object]]:
        return [list(row) for row in self.people.values(tab)]


@pytest.fixture
def duka(authority: Authority, office: PostOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Duka]:
    home = moved_to(tmp_path / "sheet", monkeypatch)
    move_in(home, office)
    with SheetsServer() as server:
        server.accounts = Accounts(lambda: SystemClock().now().timestamp())
        server.account_file(home / "config" / "google-key.json")
        book = kept(SHEET)
        server.put(book)
        monkeypatch.setenv("SHEETCLERK_SHEETS_EMULATOR", server.url)
        monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
        yield Duka(home, server, server.people(book.id), office)


def keys_that(home: Path, states: set[str]) -> set[str]:
    """The first 16 digits of the keys of letters that the older version left in some states."""
    return {key[:16] for (_, key), state in recorded(home).items() if state in states}


def test_the_letters_that_waited_go_once_and_no_other(duka: Duka) -> None:
    for _ in range(2):
        duka.run(SATURDAY)
    assert sorted(duka.left) == sorted(keys_that(duka.home, WAITS))
    after = known(duka.home)
    assert after.keys() == recorded(duka.home).keys()
    assert settled(recorded(duka.home)).items() <= after.items()
    assert not WAITS & set(after.values())


@pytest.mark.parametrize("day", DAYS)
def test_what_left_failed_or_is_in_doubt_stays_so_and_never_goes_again(duka: Duka, day: datetime) -> None:
    for _ in range(2):
        duka.run(day)
    after = known(duka.home)
    assert settled(recorded(duka.home)).items() <= after.items()
    assert set(recorded(duka.home)) <= set(after)
    assert not keys_that(duka.home, {"sent", "failed", "in_doubt"}) & set(duka.left)
    assert len(set(duka.left)) == len(duka.left)


def test_a_second_computer_plans_the_same_keys_and_sends_only_what_waited(
    duka: Duka, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = set(duka.home.glob("data/*"))
    monkeypatch.setenv("SHEETCLERK_DATA", str(duka.home / "data of another computer"))
    for words in (("connect", "mail"), ("send", "--to-me"), ("run",), ("run",)):
        duka.run(SATURDAY, *words)
    assert sorted(duka.left) == sorted(keys_that(duka.home, WAITS))
    assert set(duka.home.glob("data/*")) == first
    monkeypatch.setenv("SHEETCLERK_DATA", str(duka.home / "data"))
    duka.run(SATURDAY)
    assert sorted(duka.left) == sorted(keys_that(duka.home, WAITS))


@pytest.mark.parametrize("day", DAYS)
def test_the_rows_of_letters_that_are_done_with_stay_in_the_outbox_tab(duka: Duka, day: datetime) -> None:
    done = keys_that(duka.home, {"sent", "failed", "in_doubt"})
    before = [row for row in duka.rows("Outbox") if done & set(map(str, row))]
    assert len(before) == len(done) == 4
    duka.run(day)
    after = [row for row in duka.rows("Outbox") if done & set(map(str, row))]
    assert sorted(after, key=str) == sorted(before, key=str)


@pytest.mark.parametrize("day", DAYS)
def test_october_stays_as_it_was_approved(duka: Duka, day: datetime) -> None:
    before = [row for row in duka.rows("Bonuses") if row[0] == "2026-10"]
    assert [(row[2], row[6]) for row in before] == [
        ("Juma Ali", 484),
        ("Zawadi Njeri", 376),
        ("Rules that were used", None),
    ]
    duka.run(day)
    assert [row for row in duka.rows("Bonuses") if row[0] == "2026-10"] == before
    told = clerk(day, "bonus", "show", "2026-10").output.replace("\N{NO-BREAK SPACE}", " ")
    assert "Juma Ali: Ksh 484 on Ksh 6,840" in told
    assert "Zawadi Njeri: Ksh 376 on Ksh 5,760" in told


def test_a_sheet_that_was_kept_is_kept_again_to_the_letter(tmp_path: Path) -> None:
    keep(kept(SHEET), tmp_path / "again.jsonl")
    assert (tmp_path / "again.jsonl").read_text(encoding="utf-8") == SHEET.read_text(encoding="utf-8")
