"""What is known of one client is shown on request, and forgotten on request."""

import json
from pathlib import Path

from tests.cli.conftest import Run
from toolkit.sheets.xlsx import read_tabs


def written_to() -> str:
    """A client who bought something, and to whom a letter was written into the folder by now."""
    rows = read_tabs(Path("clients.xlsx"))["Outbox"][1:]
    return next(str(row[1]) for row in rows if (row[3], row[8]) == ("thank-you", "folder"))


def about(who: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in read_tabs(Path("clients.xlsx"))["Outbox"][1:] if row[1] == who]


def test_export_shows_rows_purchases_and_letters(clerk: Run) -> None:
    first = json.loads(clerk("export", "C001").stdout)
    assert (first["client"], first["letters"], first["rows"][0]["tab"]) == ("C001", [], "Clients")
    assert first["rows"][0]["cells"]["Client no."] == "C001"
    clerk("run")
    who = written_to()
    said = clerk("export", who)
    known = json.loads(said.stdout)
    assert said.exit_code == 0
    assert {"Clients", "Purchases", "Outbox"} <= {one["tab"] for one in known["rows"]}
    assert known["purchases"]
    assert all(one["text"] and one["subject"] for one in known["letters"])


def test_forget_drops_what_is_ours_and_names_what_is_the_teams(clerk: Run) -> None:
    clerk("run")
    who = written_to()
    letters = about(who)
    name = str(letters[0][2])
    done = clerk("forget", who, "--yes")
    assert done.exit_code == 0, done.output
    assert f"{len(letters)} letters kept without name and text" in done.stdout
    assert "delete in Clients: row" in done.stdout
    assert "delete in Purchases: row" in done.stdout
    assert "delete in Outbox" not in done.stdout
    files = [line.strip().removeprefix("delete ") for line in done.stdout.splitlines() if "outbox/" in line]
    assert files
    assert all(Path(one).is_file() for one in files)
    assert name not in str(about(who))
    assert [row[7] for row in about(who)] == [row[7] for row in letters]
    known = json.loads(clerk("export", who).stdout)
    assert {one["text"] + one["name"] + one["address"] + one["subject"] for one in known["letters"]} == {""}
    assert known["stopped"][0]["why"] == "asked to be forgotten"
    assert clerk("run").exit_code == 0
    assert {row[7] for row in about(who)} == {row[7] for row in letters}


def test_forget_asks_nothing_about_a_stranger(clerk: Run) -> None:
    result = clerk("forget", "C999")
    assert result.exit_code == 4
    assert "nothing is known about 'C999'" in result.stderr


def test_forget_is_for_good_and_needs_a_word(clerk: Run) -> None:
    assert clerk("forget", "C001").exit_code == 2
    assert "Nothing forgotten" in clerk("forget", "C001").stderr
    for command in (("forget", "C999", "--yes"), ("export", "C999")):
        refused = clerk(*command)
        assert refused.exit_code == 4
        assert "nothing is known about 'C999'" in refused.stderr


def test_what_is_forgotten_while_the_workbook_is_open_is_written_by_the_next_run(clerk: Run) -> None:
    clerk("run")
    who = written_to()
    name = str(about(who)[0][2])
    Path("~$clients.xlsx").touch()
    assert clerk("forget", who, "--yes").exit_code == 0
    assert name in str(about(who))
    Path("~$clients.xlsx").unlink()
    clerk("run")
    assert name not in str(about(who))
