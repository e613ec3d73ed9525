"""Shops made by an older version open unchanged: the same keys, nothing twice, approved bonuses equal."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from datetime import datetime
from email import message_from_bytes
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from tests.mail.authority import Authority
from tests.mail.post_office import PASSWORD, PostOffice
from toolkit.cli import main
from toolkit.clock import FixedClock
from toolkit.sheets.xlsx import read_tabs

MADE: Final = Path(__file__).parent / "made_by_ba50c53"
NAIROBI: Final = ZoneInfo("Africa/Nairobi")
SATURDAY: Final = datetime(2026, 11, 21, 15, tzinfo=NAIROBI)
NEXT_SATURDAY: Final = datetime(2026, 11, 28, 15, tzinfo=NAIROBI)
A_WEEK_AFTER: Final = datetime(2026, 12, 5, 12, tzinfo=NAIROBI)
SAME_COMPUTER: Final = "DELETE FROM meta WHERE name = 'computer_file'"
"""A journal knows a copy of itself by its file; these copies stand for the first computer's own."""
KEYS: Final = "SELECT lane, key, client, campaign, state FROM letters ORDER BY key"

Open = Callable[[str], Path]
Letters = dict[tuple[str, str], str]


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Copy one of the shops, and go to its folder."""
    return lambda name: moved_to(tmp_path / name, monkeypatch)


def moved_to(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the shop of that name to there, as the first computer's own, and go to its folder."""
    shutil.copytree(MADE / home.name, home)
    for secret in (home / "config").glob("*"):
        secret.chmod(0o600)
    (journal,) = home.glob("data/*/journal.sqlite3")
    with sqlite3.connect(journal) as rows:
        rows.execute(SAME_COMPUTER)
    monkeypatch.setenv("SHEETCLERK_DATA", str(home / "data"))
    monkeypatch.setenv("SHEETCLERK_CONFIG", str(home / "config"))
    monkeypatch.setenv("SHEETCLERK_MAIL_PASSWORD", PASSWORD)
    monkeypatch.chdir(home / "shop")
    return home


def clerk(at: datetime, *words: str) -> Result:
    done = CliRunner().invoke(main, words, obj=FixedClock(at))
    assert done.exit_code == 0, done.output
    return done


def recorded(home: Path) -> Letters:
    letters = json.loads((home / "letters.json").read_text(encoding="utf-8"))
    return {(letter["lane"], letter["key"]): letter["state"] for letter in letters}


def known(home: Path) -> Letters:
    (journal,) = home.glob("data/*/journal.sqlite3")
    with sqlite3.connect(journal) as rows:
        return {(lane, key): state for lane, key, _, _, state in rows.execute(KEYS)}


def written(home: Path) -> set[str]:
    return {path.name for path in home.glob("shop/outbox/*/*.eml")}


def settled(letters: Letters) -> Letters:
    return {key: state for key, state in letters.items() if state in ("sent", "failed", "in_doubt")}


def test_a_day_that_was_done_is_due_nothing(opened: Open) -> None:
    home = opened("folder")
    before = written(home)
    clerk(NEXT_SATURDAY, "run")
    assert known(home) == recorded(home)
    assert written(home) == before


def test_an_earlier_day_of_the_shop_is_planned_with_the_same_keys(opened: Open) -> None:
    home = opened("folder")
    shutil.rmtree(home / "data")
    shutil.rmtree(home / "shop" / "outbox")
    clerk(SATURDAY, "run")
    first = {key for key, _ in _of_day(home, "2026-11-21")}
    assert {key for _, key in known(home)} >= first


def _of_day(home: Path, day: str) -> set[tuple[str, str]]:
    (journal,) = (MADE / "folder").glob("data/*/journal.sqlite3")
    copied = shutil.copy(journal, home / "recorded.sqlite3")
    with sqlite3.connect(copied) as rows:
        return set(rows.execute("SELECT key, state FROM letters WHERE planned_on = ?", (day,)))


def test_a_week_later_no_letter_of_before_changes_or_goes_again(opened: Open) -> None:
    home = opened("folder")
    before = written(home)
    clerk(A_WEEK_AFTER, "run")
    after = known(home)
    assert {key: after[key] for key in recorded(home)} == recorded(home)
    assert before <= written(home)
    assert len(written(home)) - len(before) == len(after) - len(recorded(home))


@pytest.mark.parametrize("day", [NEXT_SATURDAY, A_WEEK_AFTER])
def test_an_approved_month_stays_as_it_was_approved(opened: Open, day: datetime) -> None:
    opened("folder")
    told = clerk(day, "bonus", "show", "2026-10").output.replace("\N{NO-BREAK SPACE}", " ")
    assert "Juma Ali: Ksh 0 " in told
    assert "Zawadi Njeri: Ksh 768 on Ksh 15,360" in told
    assert "Salma Bakari: Ksh 0 " in told


@pytest.fixture
def office(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> PostOffice:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    return PostOffice(authority.server())


def move_in(home: Path, office: PostOffice) -> None:
    settings = home / "shop" / "sheetclerk.toml"
    text = settings.read_text(encoding="utf-8")
    assert "\nport = 587\n" in text
    settings.write_text(text.replace("\nport = 587\n", f"\nport = {office.port}\n"), encoding="utf-8")


def sent_keys(office: PostOffice) -> list[str]:
    return [message_from_bytes(letter.content)["Message-ID"].strip("<").split("@")[0] for letter in office.taken]


@pytest.mark.parametrize("day", [SATURDAY, NEXT_SATURDAY])
def test_a_shop_in_the_middle_of_its_mail_goes_on_and_sends_nothing_twice(
    opened: Open, office: PostOffice, day: datetime
) -> None:
    home = opened("mail")
    with office:
        move_in(home, office)
        clerk(day, "run")
        clerk(day, "run")
    after = known(home)
    assert settled(recorded(home)).items() <= after.items()
    done = {key[:16] for _, key in settled(recorded(home))}
    assert not [sent for sent in sent_keys(office) if sent[:16] in done]
    assert len(set(sent_keys(office))) == len(sent_keys(office))


def test_what_waited_goes_once_and_what_is_in_doubt_stays_in_doubt(opened: Open, office: PostOffice) -> None:
    home = opened("mail")
    waited = {key for key, state in recorded(home).items() if state in ("planned", "retry")}
    with office:
        move_in(home, office)
        clerk(SATURDAY, "run")
    after = known(home)
    assert after.keys() == recorded(home).keys()
    assert {after[key] for key in waited} == {"sent"}
    assert sorted(sent_keys(office)) != []
    assert [key for key, state in after.items() if state == "in_doubt"] == [
        key for key, state in recorded(home).items() if state == "in_doubt"
    ]


def test_the_outbox_tab_keeps_its_rows(opened: Open) -> None:
    home = opened("folder")
    before = read_tabs(home / "shop" / "clients.xlsx")["Outbox"]
    clerk(NEXT_SATURDAY, "run")
    assert read_tabs(home / "shop" / "clients.xlsx")["Outbox"] == before
