"""Each command as the colleague types it: what it prints, with what it leaves, and what it never does."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import toolkit
from toolkit.cli import main
from toolkit.clock import FixedClock
from toolkit.sheets.xlsx import read_tabs

Run = Callable[..., Result]


@pytest.fixture
def clerk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line, in a folder of its own on 22 November 2026, a day after the example's story."""
    monkeypatch.chdir(tmp_path)
    clock = FixedClock(datetime(2026, 11, 22, 12, tzinfo=UTC))
    return lambda *words: CliRunner().invoke(main, words, obj=clock)


@pytest.fixture
def shop(clerk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new shop, in which we stand."""
    assert clerk("init", "shop").exit_code == 0
    monkeypatch.chdir(tmp_path / "shop")
    return tmp_path / "shop"


def three_lines(result: Result) -> list[str]:
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 3, result.output
    assert lines[2].startswith("next: ")
    return lines


def test_init_makes_a_shop_and_says_what_to_do_next(clerk: Run, tmp_path: Path) -> None:
    result = clerk("init", "shop")
    assert result.stdout == (
        "Made shop/: sheetclerk.toml, clients.xlsx (12 made-up clients, 40 purchase lines, 3 staff), "
        "templates/ (en sw ky ru)\n"
    )
    assert result.stderr.startswith("next: cd shop && sheetclerk run")
    assert {path.name for path in (tmp_path / "shop").iterdir()} == {"sheetclerk.toml", "clients.xlsx", "templates"}


def test_init_never_writes_over_a_file(clerk: Run, tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "mine.txt").write_text("mine")
    result = clerk("init", "shop")
    assert result.exit_code == 4
    assert three_lines(result)[0] == "shop is not empty"
    assert [path.name for path in (tmp_path / "shop").iterdir()] == ["mine.txt"]


def test_the_next_step_of_init_can_be_typed_as_it_stands(clerk: Run, tmp_path: Path) -> None:
    assert clerk("init", "my shop").stderr.startswith("next: cd 'my shop' && sheetclerk run")
    assert three_lines(clerk("init", "my shop"))[2].startswith("next: sheetclerk init 'my shop-2', or run inside")
    (tmp_path / "mine.txt").write_text("mine")
    assert three_lines(clerk("init", "."))[2].startswith("next: sheetclerk init shop, or run inside")


def test_init_in_the_folder_in_which_one_stands_leads_nowhere_else(clerk: Run) -> None:
    assert clerk("init", ".").stderr.startswith("next: sheetclerk run")


@pytest.mark.parametrize(("language", "tab", "heading"), [("sw", "Wateja", "Barua pepe"), ("ru", "Клиенты", "Имя")])
def test_init_speaks_the_language_of_the_shop(
    clerk: Run, tmp_path: Path, language: str, tab: str, heading: str
) -> None:
    assert clerk("init", "shop", "--language", language).exit_code == 0
    tabs = read_tabs(tmp_path / "shop" / "clients.xlsx")
    assert tab in tabs
    assert any(heading.casefold() in str(cell).casefold() for cell in tabs[tab][0])
    result = clerk("run", "--book", "shop/clients.xlsx")
    assert "12 clients, 40 purchase lines. 2 cells to fix." in result.stdout


def test_the_first_run_does_a_week_and_sends_nothing(clerk: Run, shop: Path) -> None:
    result = clerk("run")
    assert result.exit_code == 0, result.output
    assert "Read clients.xlsx: 12 clients, 40 purchase lines. 2 cells to fix." in result.stdout
    assert "14 written to outbox/ (5 thank-you, 1 follow-up, 1 tier notice, 7 newsletter)" in result.stdout
    assert "Nothing has been sent." in result.stdout
    assert len(list((shop / "outbox").rglob("*.eml"))) == 14
    assert len(list((shop / "report").glob("*.html"))) == 1


def test_a_second_run_the_same_day_says_nothing_due_and_writes_no_letter(clerk: Run, shop: Path) -> None:
    clerk("run")
    before = {path: path.stat().st_mtime_ns for path in (shop / "outbox").rglob("*.eml")}
    result = clerk("run")
    assert result.exit_code == 0
    assert "Nothing new to send. 15 written today, 3 on hold" in result.stdout
    assert {path: path.stat().st_mtime_ns for path in (shop / "outbox").rglob("*.eml")} == before


def test_check_names_the_two_cells_and_leaves_with_3(clerk: Run, shop: Path) -> None:
    before = (shop / "clients.xlsx").read_bytes()
    result = clerk("check")
    assert result.exit_code == 3
    assert re.findall(r"Clients!\w+", result.stdout) == ["Clients!I4", "Clients!J6"]
    assert "halima@gmail.com?" in result.stdout
    assert (shop / "clients.xlsx").read_bytes() == before


def test_check_names_the_owners_words_and_the_files_of_letters_that_cannot_be_used(clerk: Run, tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "Clients.csv").write_text("Client no.,Name\nC1,Asha\n")
    words = (
        "Letter,Language,Status,Subject,Words\nnewsletter,en,Ready,May,{{ client.greting }}\nnewsletter,sw,Ready,Mei,\n"
    )
    (tmp_path / "book" / "Letters.csv").write_text(words)
    result = clerk("check", "--book", "book")
    assert result.exit_code == 3
    assert re.findall(r"Letters!\w+", result.stdout) == ["Letters!E2", "Letters!E3"]
    told = json.loads(clerk("check", "--book", "book", "--json").stdout)["problems"]
    assert [one["cell"] for one in told if one["tab"] == "Letters"] == ["E2", "E3"]


def test_check_looks_at_any_workbook_without_settings(clerk: Run, tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "Clients.csv").write_text("Client no.,Name\nC1,Asha\n")
    result = clerk("check", "--book", "book")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "book: nothing to fix")
    assert {path.name for path in tmp_path.iterdir()} == {"book"}


def test_status_and_preview_count_nothing_as_said(clerk: Run, shop: Path) -> None:
    assert "15 ready, 3 on hold, 0 written today" in clerk("status").stdout
    assert clerk("preview").stdout == "15 ready, 3 held, 0 already sent; nothing has been sent\n"
    assert clerk("preview", "thank_you").stdout.startswith("5 ready, 1 held")
    told = json.loads(clerk("preview", "--json").stdout)
    assert told == {"lines": ["15 ready, 3 held, 0 already sent; nothing has been sent"]}
    page = (shop / "preview" / "index.html").read_text(encoding="utf-8")
    assert "nothing has been sent" in page
    assert "15 ready, 3 on hold" in clerk("status").stdout


def test_what_is_previewed_is_what_is_written(clerk: Run, shop: Path) -> None:
    clerk("preview")
    clerk("run")
    previewed = {path.name: path.read_bytes() for path in (shop / "preview").glob("*-*.html")}
    written = {path.name: path.read_bytes() for way in ("outbox", "calls") for path in (shop / way).rglob("*-*.html")}
    assert previewed == written
    assert len(written) == 15


@pytest.mark.usefixtures("shop")
def test_the_json_of_a_run_has_the_documented_keys(clerk: Run) -> None:
    told = json.loads(clerk("run", "--json").stdout)
    assert list(told) == [
        "as_of",
        "counts",
        "problems",
        "standings",
        "bonuses",
        "letters",
        "letters_today",
        "calls",
        "deliveries",
        "unwritten",
    ]
    assert told["counts"]["clients"] == 12
    assert told["problems"][0]["fix"] == "halima@gmail.com?"
    assert told["standings"][0] == {
        "client": "C001",
        "tier": "Silver",
        "spent": {"amount": "48200.00", "currency": "KES"},
        "counted": {"amount": "48200.00", "currency": "KES"},
        "discount": "0.05",
        "to_next": {"amount": "11800.00", "currency": "KES"},
        "reach_by": "2027-02-14",
        "kept_until": "2027-02-14",
        "to_keep": {"amount": "16400.00", "currency": "KES"},
        "keep_by": "2027-02-15",
        "points": 482,
    }
    letters = told["letters"]
    assert letters["written"] == letters["planned"] == told["letters_today"] == 15
    states = ("written", "sent", "failed", "suppressed", "expired", "waiting", "in_doubt")
    assert sum(letters[state] for state in states) == letters["planned"]


@pytest.mark.usefixtures("shop")
def test_only_and_limit_hold_letters_back(clerk: Run) -> None:
    first = clerk("run", "--only", "C001").stdout
    assert "(1 thank-you, 1 tier notice)" in first
    assert "today in all" not in first
    assert re.search(r"waiting, .*, 3 today in all", clerk("run", "--limit", "1").stdout)
    rest = clerk("run").stdout
    assert "nothing due" not in rest
    assert "15 today in all. Nothing has been sent." in rest


def test_another_day_uses_the_folder_and_its_date_stands_in_our_tabs(clerk: Run, shop: Path) -> None:
    assert clerk("run", "--as-of", "2027-03-01").exit_code == 0
    week = {str(row[0]): str(row[1]) for row in read_tabs(shop / "clients.xlsx")["Week"]}
    assert week["As of"] == "2027-03-01"


def test_a_workbook_that_is_open_elsewhere_stays_as_it_is_and_no_letter_leaves(clerk: Run, shop: Path) -> None:
    (shop / "~$clients.xlsx").write_bytes(b"")
    before = (shop / "clients.xlsx").read_bytes()
    result = clerk("run")
    assert result.exit_code == 4
    assert three_lines(result)[0] == "clients.xlsx is open in another program"
    assert (shop / "clients.xlsx").read_bytes() == before
    assert not (shop / "outbox").exists()


def test_no_workbook_is_told_in_three_lines(clerk: Run, shop: Path) -> None:
    (shop / "clients.xlsx").unlink()
    result = clerk("run")
    assert result.exit_code == 4
    assert "clients.xlsx" in three_lines(result)[0]


def test_a_file_that_is_no_workbook_stays_as_it_is(clerk: Run, shop: Path) -> None:
    (shop / "clients.xlsx").write_text("no workbook")
    result = clerk("check")
    assert result.exit_code == 4
    three_lines(result)
    assert (shop / "clients.xlsx").read_text() == "no workbook"


def test_a_folder_without_a_shop_is_told(clerk: Run) -> None:
    result = clerk("run")
    assert result.exit_code == 4
    assert three_lines(result)[0].startswith("no sheetclerk.toml in ")


def test_an_unknown_key_is_refused_with_what_was_meant(clerk: Run, shop: Path) -> None:
    settings = shop / "sheetclerk.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("currency =", "curency ="), encoding="utf-8")
    result = clerk("run")
    assert result.exit_code == 4
    assert "curency" in three_lines(result)[0]
    assert "currency" in three_lines(result)[2]


def test_a_book_without_clients_can_be_checked_but_not_run(clerk: Run, tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "Client.csv").write_text("Client no.,Name\nC1,Asha\n")
    assert clerk("check", "--book", "book").exit_code == 3
    result = clerk("run", "--book", "book")
    assert result.exit_code == 4
    assert 'Rename "Client" to "Clients"?' in three_lines(result)[2]


def test_an_unknown_field_in_a_template_holds_its_letters_and_names_the_one_meant(clerk: Run, shop: Path) -> None:
    template = shop / "templates" / "en" / "thank_you.md"
    template.write_text(
        template.read_text(encoding="utf-8").replace("client.greeting", "client.greting"), encoding="utf-8"
    )
    result = clerk("run")
    assert result.exit_code == 0
    assert "client.greting" in result.stdout
    assert "client.greeting?" in result.stdout
    assert "3 thank-you" in result.stdout


def test_a_folder_that_cannot_be_written_stops_the_letters_and_leaves_with_4(clerk: Run, shop: Path) -> None:
    (shop / "outbox").write_text("a file where the folder should be")
    result = clerk("run")
    assert result.exit_code == 4
    assert "outbox" in result.stderr
    assert "15 waiting" in result.stdout
    (shop / "outbox").unlink()
    assert "written to outbox/ (5 thank-you, 1 follow-up, 1 tier notice, 7 newsletter)" in clerk("run").stdout


def test_a_broken_settings_file_and_wrong_use_have_their_own_exit_codes(clerk: Run, shop: Path) -> None:
    assert clerk("run", "--as-of", "yesterday").exit_code == 2
    (shop / "sheetclerk.toml").write_text("[shop\n")
    assert clerk("run").exit_code == 4


def test_another_run_of_the_same_shop_is_waited_for(clerk: Run, shop: Path) -> None:
    with toolkit.open_shop(shop) as other:
        other.desk.hold()
        result = clerk("run")
    assert result.exit_code == 5
    assert three_lines(result)[0] == "another run of this shop is at work"
    assert clerk("run").exit_code == 0


@pytest.mark.usefixtures("shop")
def test_quiet_prints_nothing(clerk: Run) -> None:
    result = clerk("run", "-q")
    assert (result.stdout, result.stderr) == ("", "")


def test_a_limit_of_none_at_all_lets_no_letter_leave(clerk: Run, shop: Path) -> None:
    result = clerk("run", "--limit", "0")
    assert result.exit_code == 0
    assert "none left, 15 waiting" in result.stdout
    assert not list((shop / "outbox").rglob("*.eml"))
    assert "15 waiting from earlier plans" in clerk("status").stdout


def test_only_one_client_is_written_to_though_others_wait(clerk: Run, shop: Path) -> None:
    clerk("run", "--limit", "2")
    already = set((shop / "outbox").rglob("*.eml"))
    clerk("run", "--only", "C007")
    assert {path.name.split("-")[1] for path in set((shop / "outbox").rglob("*.eml")) - already} == {"C007"}


def test_a_run_for_another_day_changes_nothing_of_what_was_really_said(clerk: Run, shop: Path) -> None:
    clerk("run", "--limit", "2")
    clerk("run", "--as-of", "2030-01-01")
    assert "13 waiting from earlier plans" in clerk("status").stdout
    assert clerk("run", "--json").exit_code == 0
    assert len(list((shop / "outbox").rglob("*.eml"))) == 14


@pytest.mark.usefixtures("shop")
def test_another_book_in_the_shops_folder_silences_no_letter_of_the_shop(clerk: Run, tmp_path: Path) -> None:
    clerk("init", str(tmp_path / "other"))
    assert (
        "written to outbox/ (5 thank-you, 1 follow-up, 1 tier notice, 7 newsletter)"
        in clerk("run", "--book", "../other/clients.xlsx").stdout
    )
    assert "written to outbox/ (5 thank-you, 1 follow-up, 1 tier notice, 7 newsletter)" in clerk("run").stdout


def test_a_tab_of_the_teams_that_bears_our_name_stops_the_run_before_any_letter(clerk: Run, tmp_path: Path) -> None:
    (tmp_path / "sheetclerk.toml").write_text('[shop]\nid = "a1"\n[book]\nwhere = "book"\n')
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "Clients.csv").write_text("Client no.,Name\nC1,Asha\n")
    (tmp_path / "book" / "week.csv").write_text("Monday,Asha opens\n")
    result = clerk("run")
    assert result.exit_code == 4
    assert three_lines(result)[0] == "book was not written: its tab week is not ours"
    assert (tmp_path / "book" / "week.csv").read_text() == "Monday,Asha opens\n"


def test_a_week_tab_with_a_path_for_a_shop_id_is_refused(clerk: Run, tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "Clients.csv").write_text("Client no.,Name\nC1,Asha\n")
    (tmp_path / "book" / "Week.csv").write_text("What,Value\nShop id,../../evil\n")
    assert three_lines(clerk("run", "--book", "book"))[0] == "book: its Week tab names no shop"


@pytest.mark.parametrize(
    ("words", "meant"), [(("run", "--only", "c001"), "C001?"), (("preview", "thankyou"), "thank_you?")]
)
@pytest.mark.usefixtures("shop")
def test_a_client_or_letter_that_is_not_there_is_wrong_use(clerk: Run, words: tuple[str, ...], meant: str) -> None:
    result = clerk(*words)
    assert result.exit_code == 2
    assert meant in result.stderr


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("0001-01-01", "is too far away; years run from 1900 to 2200"),
        ("9999-12-31", "is too far away; years run from 1900 to 2200"),
        ("22.11.2026", "isn't a date; use 2026-11-22"),
        ("yesterday", "isn't a date; use 2026-11-22"),
        ("", "isn't a date; use 2026-11-22"),
    ],
)
@pytest.mark.usefixtures("shop")
def test_a_day_that_no_shop_can_mean_is_wrong_use(clerk: Run, day: str, why: str) -> None:
    result = clerk("run", "--as-of", day)
    assert result.exit_code == 2
    assert f'"{day}" {why}' in result.stderr


def commands(group: click.Group) -> Iterator[click.Command]:
    for one in group.commands.values():
        yield from commands(one) if isinstance(one, click.Group) and not one.invoke_without_command else [one]


def test_every_command_shows_tracebacks_where_a_person_asks_for_them() -> None:
    options = {one.name: {word for option in one.params for word in option.opts} for one in commands(main)}
    assert len(options) > 20
    assert [name for name, words in options.items() if "-v" not in words] == []


@pytest.mark.parametrize(("option", "blank"), [("--only", ""), ("--only", " , "), ("--book", ""), ("--book", " ")])
def test_a_blank_of_a_script_never_means_everybody_or_the_shops_own_book(
    clerk: Run, shop: Path, option: str, blank: str
) -> None:
    result = clerk("run", option, blank)
    assert result.exit_code == 2
    assert "leave it out to" in result.stderr
    assert not (shop / "outbox").exists()


@pytest.mark.parametrize(
    "words",
    [
        "choices = 1",
        "[choices]\nyes = 5",
        '[choices]\nyes = "yes"',
        '[problems.blank]\nsays = "a { b"\nfix = ""',
        '[problems]\nblank = "s"',
        '[letter]\nto_next = "{amount more"',
        '[letter]\nto_next = "{a.b}"',
    ],
)
def test_words_that_cannot_be_used_are_named_with_their_key(clerk: Run, shop: Path, words: str) -> None:
    (shop / "templates" / "ky" / "words.toml").write_text(words, encoding="utf-8")
    result = clerk("run")
    assert result.exit_code == 4, result.output
    assert "words.toml" in three_lines(result)[0]
    assert not (shop / "outbox").exists()


@pytest.mark.parametrize(("name", "command"), [("report", "run"), ("preview", "preview")])
def test_a_folder_that_is_a_file_is_told_before_any_letter(clerk: Run, shop: Path, name: str, command: str) -> None:
    (shop / name).write_text("a file")
    result = clerk(command)
    assert result.exit_code == 4
    three_lines(result)
    assert not (shop / "outbox").exists()
