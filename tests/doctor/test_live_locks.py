"""doctor --live-locks: it finds nothing wrong where the sheet keeps its word, and says what is wrong where not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.day import MOMENT, type_command
from tests.sheets.google.sheet_desk import made_of
from tests.sheets_server.people import People
from tests.sheets_server.server import SheetsServer
from toolkit.app.google_factory import EMULATOR
from toolkit.app.google_key import USUAL
from toolkit.sheets.google.trial import TAB, TRIALS


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SheetsServer]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SHEETCLERK_CONFIG", str(tmp_path))
    with SheetsServer().stand_at(MOMENT) as running:
        running.account_file(tmp_path / USUAL)
        monkeypatch.setenv(EMULATOR, running.url)
        yield running


@pytest.fixture
def people(server: SheetsServer) -> People:
    people = made_of(server, {"Clients": (("Client no.", "Name"), ("C001", "Asha"))})
    Path("sheetclerk.toml").write_text(f'[shop]\nid = "a1"\n[book]\nwhere = "{people.link}"\n')
    return people


def test_a_sheet_that_keeps_its_word_is_left_as_it_was(server: SheetsServer, people: People) -> None:
    assert server.url

    result = type_command("doctor", "--live-locks")

    assert result.exit_code == 0, result.output
    assert result.stdout.count("ok    live locks") == len(TRIALS)
    assert people.titles() == ["Clients"]
    assert people.book.metadata == []


def test_rows_that_move_while_it_looks_are_told(server: SheetsServer, people: People) -> None:
    server.between = lambda _: people.insert_rows(TAB, 2) if TAB in people.titles() else None

    result = type_command("doctor", "--live-locks")

    assert result.exit_code == 4
    assert "failed: two appends never meet" in result.stdout
    assert people.titles() == ["Clients"]


def test_a_file_has_no_such_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("sheetclerk.toml").write_text('[shop]\nid = "a1"\n')

    result = type_command("doctor", "--live-locks")

    assert result.exit_code == 4
    assert "the workbook is not a Google Sheet" in result.stdout
