"""The commands on a Google Sheet that the owner made and shared, over real HTTP with a real key."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result

from tests.day import TODAY, typist
from tests.sheets.google.sheet_desk import made_of
from tests.sheets_server.people import People
from tests.sheets_server.server import SheetsServer
from toolkit.app.google_factory import EMULATOR
from toolkit.app.google_key import ENVIRONMENT, USUAL
from toolkit.config import read_config
from toolkit.sheets.xlsx import read_tabs

Clerk = Callable[..., Result]

TEAM = {
    "Customers": (
        ("Code", "Customer name", "E-mail", "Sum"),
        (101, "Asha Juma", "asha@example.com", 5),
        (102, "Peter Kamau", "peter@example.com", 7),
    ),
    "Purchases": (
        ("Purchase no.", "Date", "Client no.", "Product", "Amount"),
        ("R1", f"{TODAY - timedelta(days=3)}", 101, "Tea", 700),
    ),
}


@pytest.fixture
def clerk(tmp_path: Path, server: SheetsServer, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    """The command line, in a folder of its own; its waits take no time."""
    assert server.url
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    type_words = typist()
    return lambda *words, typed="": type_words(*words, input=typed)


@pytest.fixture
def blank(server: SheetsServer) -> People:
    return server.spreadsheet("Duka la Juma")


def well(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.output


def test_init_lays_the_example_into_a_blank_sheet_and_the_week_runs_on_it(
    clerk: Clerk, blank: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = well(clerk("init", "shop", "--book", blank.link))
    assert "Made shop/: sheetclerk.toml, Duka la Juma (12 made-up clients, 40 purchase lines, 3 staff)" in said
    assert sorted(path.name for path in Path("shop").iterdir()) == ["sheetclerk.toml", "templates"]
    monkeypatch.chdir("shop")

    said = well(clerk("run"))

    assert "Read Duka la Juma: 12 clients, 40 purchase lines. 2 cells to fix." in said
    assert "14 written to outbox/ (5 thank-you, 1 follow-up, 1 tier notice, 7 newsletter)" in said
    assert "Nothing new to send" in well(clerk("run"))


def test_what_init_lays_looks_like_the_file_and_shows_where_clients_stand(
    clerk: Clerk, blank: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    well(clerk("init", "shop", "--book", blank.link))
    monkeypatch.chdir("shop")
    well(clerk("run"))
    headings = blank.values("Clients")[0]
    tier, consent = headings.index("Tier"), headings.index("Letters")
    clients = blank.book.sheet("Clients")

    assert blank.values("Clients")[1][tier] in ("Bronze", "Silver", "Gold")
    assert clients.properties["gridProperties"]["frozenRowCount"] == 1
    assert clients.basic_filter is not None
    rule = clients.row(5).mark(consent, "dataValidation")
    assert [one["userEnteredValue"] for one in rule["condition"]["values"]] == ["yes", "no"]
    assert clients.row(0).mark(tier, "note").startswith("sheetclerk fills this column")
    assert {one["warningOnly"] for one in clients.protected} == {True}
    assert blank.book.sheet("Standing").protected[0]["description"].startswith("sheetclerk rewrites this tab")


def test_look_up_columns_stay_beside_their_client_whatever_people_do(
    clerk: Clerk, blank: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    well(clerk("init", "shop", "--book", blank.link))
    monkeypatch.chdir("shop")
    well(clerk("run"))
    headings = blank.values("Clients")[0]
    name, spent = headings.index("Name"), headings.index("Spent")

    def shown() -> dict[object, object]:
        return {row[name]: row[spent] for row in blank.values("Clients")[1:] if len(row) > spent and row[name]}

    before = shown()
    blank.sort("Clients", name + 1)
    blank.insert_rows("Clients", 2, 1)
    blank.insert_rows("Clients", 5, 2)
    blank.move_rows("Clients", 8, 2, 3)

    assert shown() == before
    assert len(before) == 12


def test_init_refuses_a_sheet_that_has_such_a_tab_and_makes_nothing(clerk: Clerk, server: SheetsServer) -> None:
    people = made_of(server, TEAM | {"Clients": (("mine",),)})

    result = clerk("init", "shop", "--book", people.link)

    assert result.exit_code == 4
    assert "has a tab Clients already" in result.stderr
    assert people.titles() == ["Customers", "Purchases", "Clients"]
    assert not Path("shop").exists()


def test_init_whose_answer_got_lost_is_laid_once(clerk: Clerk, server: SheetsServer, blank: People) -> None:
    from tests.sheets_server.faults import lost_reply, next_ones  # noqa: PLC0415 - only here is a line cut

    server.weather = next_ones(lost_reply(), deed="write")

    result = clerk("init", "shop", "--book", blank.link)

    assert "Made shop/" in well(result)
    assert "waiting for Google" in result.stderr
    assert blank.titles().count("Clients") == 1


def test_adopt_reads_the_teams_sheet_and_lays_look_up_columns_only_after_a_yes(
    clerk: Clerk, server: SheetsServer
) -> None:
    people = made_of(server, TEAM)
    before = {name: people.values(name) for name in TEAM}

    said = well(clerk("adopt", people.link, typed="KES\nAfrica/Nairobi\nen\nn\n"))
    assert "Looked at Duka la Juma: 2 tabs." in said
    assert {name: people.values(name) for name in people.titles()} == before
    config = read_config(Path("sheetclerk.toml"))
    assert (config.book.where, config.book.key_file, config.shop.name) == (people.link, USUAL, "Duka la Juma")
    Path("sheetclerk.toml").unlink()

    said = well(clerk("adopt", people.link, typed="KES\nAfrica/Nairobi\nen\ny\n"))

    assert "Added beside the clients: Tier, Spent" in said
    assert [row[:4] for row in people.values("Customers")[:3]] == before["Customers"]
    well(clerk("run"))
    assert [row[4:6] for row in people.values("Customers")[:3]] == [["Tier", "Spent"], ["Silver", 700], ["Bronze", 0]]
    assert people.values("Purchases") == before["Purchases"]


def test_look_ups_work_in_a_sheet_whose_decimal_sign_is_a_comma(clerk: Clerk, server: SheetsServer) -> None:
    people = made_of(server, TEAM)
    people.book.properties["locale"] = "ky_KG"

    well(clerk("adopt", people.link, typed="KES\nAfrica/Nairobi\nen\ny\n"))
    well(clerk("run"))

    assert [row[4:6] for row in people.values("Customers")[:3]] == [["Tier", "Spent"], ["Silver", 700], ["Bronze", 0]]


def test_adopt_lays_look_ups_below_a_title_and_beside_headings_in_row_3(clerk: Clerk, server: SheetsServer) -> None:
    people = made_of(
        server,
        {"Clients": (("Our clients",), (), ("Client no.", "Name", "Email"), ("C001", "Asha", "asha@example.com"))},
    )

    well(clerk("adopt", people.link, typed="KES\nAfrica/Nairobi\nen\ny\n"))
    well(clerk("run"))

    assert [row[3:4] for row in people.values("Clients")][2] == ["Tier"]
    assert people.values("Clients")[3][:3] == ["C001", "Asha", "asha@example.com"]
    assert people.values("Clients")[0][:1] == ["Our clients"]


def test_adopt_again_asks_nothing_of_the_sheet_but_to_be_read(clerk: Clerk, server: SheetsServer) -> None:
    people = made_of(server, TEAM)
    well(clerk("adopt", people.link, "--no-input"))
    server.forget()

    assert "again: no changes" in well(clerk("adopt", people.link, "--no-input"))
    assert server.count("write") == 0


def test_look_ups_may_be_laid_later_and_are_offered_until_they_stand_there(clerk: Clerk, server: SheetsServer) -> None:
    people = made_of(server, TEAM)
    well(clerk("adopt", people.link, "--no-input"))

    assert "Added beside the clients: Tier, Spent" in well(clerk("adopt", people.link, typed="y\n"))
    assert people.values("Customers")[0][4:6] == ["Tier", "Spent"]
    assert "Add grey columns" not in well(clerk("adopt", people.link))


def test_a_sheet_without_clients_is_offered_no_look_ups(clerk: Clerk, server: SheetsServer) -> None:
    people = made_of(server, {"Notes": (("Remember",), ("tea",))})

    said = well(clerk("adopt", people.link, typed="KES\nAfrica/Nairobi\nen\n"))

    assert "Add grey columns" not in said


def test_add_lays_a_tab_with_its_starter_rows(clerk: Clerk, server: SheetsServer) -> None:
    people = made_of(server, TEAM)
    well(clerk("adopt", people.link, "--no-input"))

    said = well(clerk("add", "Tiers"))

    assert "Added Tiers to Duka la Juma" in said
    assert people.values("Tiers")[0][:3] == ["From date", "Tier", "From amount"]
    assert people.values("Tiers")[1][1] == "Bronze"
    assert clerk("add", "Tiers").exit_code == 4


def test_another_sheet_is_read_and_never_written(clerk: Clerk, server: SheetsServer) -> None:
    people = made_of(server, {"Clients": (("Client no.", "Name"), ("C001", "Asha"))})
    server.forget()

    said = well(clerk("run", "--book", people.link))

    assert "Read Duka la Juma: 1 client," in said
    assert server.count("write") == 0
    assert "Standing" in read_tabs(next(Path().glob("sheet-*-results.xlsx")))


def test_waiting_for_google_is_told_unless_one_wants_it_quiet(clerk: Clerk, server: SheetsServer) -> None:
    from tests.sheets_server.faults import next_ones, refuse  # noqa: PLC0415 - only here is quota short

    people = made_of(server, {"Clients": (("Client no.", "Name"), ("C001", "Asha"))})
    for flags, told in (((), 2), (("-q",), 0)):
        server.weather = next_ones(refuse(429, retry_after=30), times=2)
        assert clerk("check", "--book", people.link, *flags).stderr.count("trying again in 3") == told


def test_without_a_key_nothing_is_asked_of_google(
    clerk: Clerk, server: SheetsServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    people = made_of(server, TEAM)
    (tmp_path / "config" / USUAL).unlink()

    result = clerk("check", "--book", people.link)
    assert (result.exit_code, result.stderr.splitlines()[2]) == (
        4,
        "next: sheetclerk connect google        (it shows the four steps)",
    )
    assert server.count("read") == 0

    monkeypatch.setenv(ENVIRONMENT, str(server.account_file(tmp_path / "elsewhere.json")))
    assert clerk("check", "--book", people.link).exit_code == 3


def test_a_sheets_api_elsewhere_gets_no_token(
    clerk: Clerk, server: SheetsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = made_of(server, TEAM)
    monkeypatch.setenv(EMULATOR, "http://evil.example:80")

    result = clerk("check", "--book", people.link)

    assert result.exit_code == 4
    assert "names another computer" in result.stderr
