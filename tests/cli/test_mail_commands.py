"""From the folder to the post office: connect, look, send once, whatever happens between."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from email import message_from_bytes
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.mail.authority import Authority
from tests.mail.post_office import PASSWORD, USER, PostOffice
from toolkit.channels.channel import Lane
from toolkit.cli import main
from toolkit.clock import FixedClock, SystemClock
from toolkit.config import with_setting
from toolkit.sheets.xlsx import read_tabs
from toolkit.wiring.on_duty import open_duty

Clerk = Callable[..., Result]


@pytest.fixture
def office(authority: Authority) -> Iterator[PostOffice]:
    with PostOffice(authority.server()) as office:
        yield office


@pytest.fixture
def clerk(tmp_path: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    """The command line in a new shop, on a computer that trusts the tests' authority."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    monkeypatch.setenv("SHEETCLERK_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("SHEETCLERK_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SHEETCLERK_MAIL_PASSWORD", PASSWORD)
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["init", "shop"]).exit_code == 0
    monkeypatch.chdir(tmp_path / "shop")
    settings = Path("sheetclerk.toml")
    settings.write_text(with_setting(settings.read_text(), "mail", "per_minute", 10_000))
    return lambda *words: CliRunner().invoke(main, words, obj=FixedClock(SystemClock().now()))  # its waits take no time


def connect(clerk: Clerk, office: PostOffice, *more: str) -> Result:
    where = ("--account", USER, "--host", "localhost", "--port", str(office.port), "--security", "starttls")
    return clerk("connect", "mail", *where, *more)


def well(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.output


def to_clients(office: PostOffice) -> dict[str, int]:
    return {to: number for to, number in office.copies.items() if to != USER}


def test_connect_sends_one_letter_to_yourself_and_what_the_folder_held_counts_as_said(
    clerk: Clerk, office: PostOffice
) -> None:
    well(clerk("run"))
    told = well(connect(clerk, office))
    assert "one letter went to shop@example.com" in told
    assert office.copies == {USER: 1}
    assert "15 letters of the folder count as said" in told
    assert "nothing due" in well(clerk("run"))
    assert to_clients(office) == {}


def test_what_is_new_goes_to_me_first_and_then_to_each_client_once(clerk: Clerk, office: PostOffice) -> None:
    well(clerk("run"))
    well(connect(clerk, office, "--folder-letters", "send"))
    assert "14 letters in new words wait until you have seen one: sheetclerk send --to-me" in well(clerk("run"))
    assert to_clients(office) == {}
    assert "letters went to shop@example.com" in well(clerk("send", "--to-me"))
    assert to_clients(office) == {}
    told = well(clerk("send", "--yes"))
    assert "From: shop@example.com" in told
    assert "Stop requests: look for the word STOP at shop@example.com" in told
    copies = to_clients(office)
    assert len(copies) > 5
    assert sum(copies.values()) == 14
    keys = [message_from_bytes(one.content)["Message-ID"] for one in office.taken]
    assert len(set(keys)) == len(keys)
    channels = [row[8] for row in read_tabs(Path("clients.xlsx"))["Outbox"][1:]]
    assert set(channels) == {"call_list", "mail"}
    assert channels.count("mail") == 14
    assert "nothing due" in well(clerk("run"))
    assert to_clients(office) == copies


@pytest.fixture
def sent(clerk: Clerk, office: PostOffice) -> dict[str, int]:
    """A shop whose letters of the week have been sent by mail."""
    well(connect(clerk, office))
    well(clerk("send", "--to-me"))
    well(clerk("run"))
    copies = to_clients(office)
    assert sum(copies.values()) == 14
    return copies


def test_moving_the_shops_folder_doubles_nothing(
    clerk: Clerk, office: PostOffice, sent: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.move("shop", "elsewhere")
    monkeypatch.chdir("elsewhere")
    assert "nothing due" in well(clerk("run"))
    assert to_clients(office) == sent


def test_a_second_computer_must_connect_first_and_doubles_nothing(
    clerk: Clerk, office: PostOffice, sent: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHEETCLERK_DATA", str(tmp_path / "other computer"))
    refused = clerk("run", "--take-over")
    assert refused.exit_code == 4
    assert "mail is not connected on this computer" in refused.output
    well(connect(clerk, office))
    well(clerk("send", "--to-me"))
    assert "nothing due" in well(clerk("run", "--take-over"))
    assert to_clients(office) == sent
    keys = [row[7] for row in read_tabs(Path("clients.xlsx"))["Outbox"][1:]]
    assert len(set(keys)) == 15


def test_what_counts_as_said_on_one_computer_is_not_sent_by_another(
    clerk: Clerk, office: PostOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    well(clerk("run"))
    well(connect(clerk, office))
    well(clerk("run"))
    monkeypatch.setenv("SHEETCLERK_DATA", str(tmp_path / "other computer"))
    well(connect(clerk, office))
    well(clerk("send", "--to-me"))
    assert "nothing due" in well(clerk("run", "--take-over"))
    assert to_clients(office) == {}


def test_a_workbook_file_is_sent_from_one_computer_until_another_takes_over(
    clerk: Clerk, office: PostOffice, sent: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = os.environ["SHEETCLERK_DATA"]
    monkeypatch.setenv("SHEETCLERK_DATA", str(tmp_path / "other computer"))
    well(connect(clerk, office))
    before = Path("clients.xlsx").read_bytes()
    refused = clerk("run")
    assert refused.exit_code == 6
    assert "its letters leave from another computer" in refused.output
    assert "sheetclerk run --take-over" in refused.output
    assert Path("clients.xlsx").read_bytes() == before
    well(clerk("preview"))
    told = well(clerk("run", "--take-over"))
    assert "letters leave from this computer from now on, no longer from" in told
    assert "no longer from" not in well(clerk("run", "--take-over"))
    monkeypatch.setenv("SHEETCLERK_DATA", first)
    assert clerk("run").exit_code == 6
    assert to_clients(office) == sent


def test_a_timetable_never_takes_over(clerk: Clerk) -> None:
    assert clerk("run", "--due", "--take-over").exit_code == 2


def test_as_of_another_day_and_another_book_never_use_the_post(
    clerk: Clerk, office: PostOffice, sent: dict[str, int]
) -> None:
    before = len(office.taken)
    well(clerk("run", "--as-of", "2031-05-05"))
    well(clerk("run", "--book", "clients.xlsx"))
    assert len(office.taken) == before
    assert to_clients(office) == sent
    assert "nothing due" in well(clerk("run"))


def test_once_connected_the_timetable_and_the_call_list_count_with_the_mail(clerk: Clerk, office: PostOffice) -> None:
    with open_duty(Path()) as duty, duty.open_shop() as shop:
        assert {one.lane for one in (*duty.channels, *shop.channels)} == {Lane.REHEARSAL}
    well(connect(clerk, office))
    with open_duty(Path()) as duty, duty.open_shop() as shop:
        assert [one.name for one in duty.channels] == ["mail"]
        assert [(one.name, one.lane) for one in shop.channels] == [("call_list", Lane.POST), ("mail", Lane.POST)]


def test_a_plan_that_looks_wrong_cannot_be_waved_through_by_the_timetable(clerk: Clerk) -> None:
    refused = clerk("run", "--due", "--yes")
    assert refused.exit_code == 2
    assert "without --due" in refused.output


def test_a_suppressed_client_gets_nothing_more_until_lifted(clerk: Clerk, office: PostOffice) -> None:
    well(connect(clerk, office))
    well(clerk("send", "--to-me"))
    well(clerk("suppress", "C001", "--why", "asked us to stop"))
    rows = read_tabs(Path("clients.xlsx"))["Suppressed"][1:]
    assert [(row[1], row[3]) for row in rows] == [("C001", "asked us to stop")]
    first = read_tabs(Path("clients.xlsx"))["Clients"][1]
    assert first[0] == "C001"
    assert "is not to be written to: asked us to stop" in well(clerk("run"))
    assert str(first[8]) not in to_clients(office)
    well(clerk("suppress", "C001", "--why", "wants them again", "--lift"))
    assert read_tabs(Path("clients.xlsx"))["Suppressed"][1:] == []
    refused = clerk("suppress", "C999", "--why", "x")
    assert refused.exit_code == 4


def test_the_count_is_typed_or_nothing_goes(clerk: Clerk, office: PostOffice) -> None:
    well(connect(clerk, office))
    refused = clerk("send")
    assert refused.exit_code == 2
    assert "the count was not typed" in refused.output
    assert to_clients(office) == {}


@pytest.mark.parametrize(
    ("reply", "words"),
    [("535 5.7.8 bad credentials", "refused the login"), ("454 4.7.0 later", "lets nobody log in for now")],
)
def test_connect_says_what_is_wrong_with_the_login(clerk: Clerk, office: PostOffice, reply: str, words: str) -> None:
    office.rule = lambda step, _: reply if step == "LOGIN" else ""
    result = connect(clerk, office)
    assert result.exit_code == 4
    assert words in result.output
    assert len(result.output.strip().splitlines()) == 3
    assert 'channel = "folder"' in Path("sheetclerk.toml").read_text()


def test_connect_says_that_the_host_is_wrong_or_not_trusted_or_from_does_not_fit(
    clerk: Clerk, office: PostOffice, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.rule = lambda step, _: "553 5.7.1 not your address" if step == "MAIL" else ""
    assert "does not take letters from the sender" in connect(clerk, office).output
    with PostOffice(authority.server("elsewhere.example")) as other:
        assert "does not name localhost" in connect(clerk, other).output
    monkeypatch.delenv("SSL_CERT_FILE")
    assert "is not trusted" in connect(clerk, office).output
    closed = clerk("connect", "mail", "--port", "1")
    assert "cannot be reached" in closed.output
    settings = Path("sheetclerk.toml")
    settings.write_text(with_setting(settings.read_text(), "mail", "from", "other@example.com"))
    assert "From does not fit the account" in clerk("connect", "mail", "--host", "smtp.gmail.com").output


def test_a_letter_in_doubt_is_listed_and_settled_by_a_person(clerk: Clerk, office: PostOffice) -> None:
    well(connect(clerk, office))
    well(clerk("send", "--to-me"))
    office.rule = lambda step, _: "garbage" if step == "END" else ""
    assert clerk("run", "--limit", "2").exit_code == 0
    office.rule = lambda _step, _address: ""
    listed = well(clerk("outbox"))
    keys = re.findall(r"^  ([0-9a-f]{12})  in doubt", listed, re.MULTILINE)
    assert len(keys) == 2
    assert "marked as sent" in well(clerk("outbox", "mark-sent", keys[0]))
    well(clerk("outbox", "resend", keys[1]))
    well(clerk("run"))
    again = [one for one in office.taken if keys[1] in str(message_from_bytes(one.content)["Message-ID"])]
    assert len(again) == 1
    assert not [one for one in office.taken if keys[0] in str(message_from_bytes(one.content)["Message-ID"])]
    assert clerk("outbox", "resend", keys[1]).exit_code == 4


def test_secrets_lie_where_only_their_owner_can_read_them(
    clerk: Clerk, office: PostOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    well(connect(clerk, office))
    monkeypatch.delenv("SHEETCLERK_MAIL_PASSWORD")
    (box,) = (tmp_path / "config").iterdir()
    assert box.stat().st_mode & 0o777 == 0o600
    assert PASSWORD in box.read_text()
    well(clerk("send", "--to-me"))
    box.chmod(0o644)
    refused = clerk("run")
    assert refused.exit_code == 4
    assert "chmod 600" in refused.output
    box.chmod(0o600)
    (tmp_path / "config" / ".git").mkdir()
    assert "git work tree" in clerk("run").output
