"""From the folder to the post office: connect, look, send once, whatever happens between."""

import json
import os
import re
import shutil
from email import message_from_bytes
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.mail.authority import Authority
from tests.mail.desk_shop import Clerk, connect, new_clerk, to_clients, well
from tests.mail.post_office import CUT_AFTER, PASSWORD, USER, PostOffice
from tests.mail.reading_room import ReadingRoom
from toolkit.channels.channel import Mode
from toolkit.config import WEEKDAYS, with_setting
from toolkit.scheduling.job_context import open_job_context
from toolkit.sheets.xlsx import read_tabs


@pytest.fixture
def clerk(tmp_path: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    return new_clerk(tmp_path, authority, monkeypatch)


def test_connect_sends_one_letter_to_yourself_and_what_the_folder_held_counts_as_said(
    clerk: Clerk, office: PostOffice
) -> None:
    before = well(clerk("run"))
    told = well(connect(clerk, office))
    assert "one letter went to shop@example.com" in told
    assert "Stop requests" not in before
    assert office.copies == {USER: 1}
    assert "Letters in the folder that now count as sent: 15." in told
    assert "Nothing new to send" in well(clerk("run"))
    assert to_clients(office) == {}


def test_what_is_new_goes_to_me_first_and_then_to_each_client_once(clerk: Clerk, office: PostOffice) -> None:
    well(clerk("run"))
    well(connect(clerk, office, "--folder-letters", "send"))
    told = well(clerk("run"))
    assert "14 letters have new text: approve them with `sheetclerk send --to-me`" in told
    assert to_clients(office) == {}
    assert "letters to shop@example.com" in well(clerk("send", "--to-me"))
    assert to_clients(office) == {}
    told = well(clerk("send", "--yes"))
    assert "From: shop@example.com" in told
    assert "Stop requests: look for STOP, ТОКТО, СТОП or ACHA at shop@example.com" in told
    (page,) = Path("report").glob("*.html")
    assert "Check shop@example.com for clients who replied STOP, ТОКТО, СТОП, ACHA" in page.read_text()
    copies = to_clients(office)
    assert len(copies) > 5
    assert sum(copies.values()) == 14
    keys = [message_from_bytes(one.content)["Message-ID"] for one in office.taken]
    assert len(set(keys)) == len(keys)
    channels = [row[8] for row in read_tabs(Path("clients.xlsx"))["Outbox"][1:]]
    assert set(channels) == {"call_list", "mail"}
    assert channels.count("mail") == 14
    assert "Nothing new to send" in well(clerk("run"))
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
    assert "Nothing new to send" in well(clerk("run"))
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
    assert "Nothing new to send" in well(clerk("run", "--take-over"))
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
    assert "Nothing new to send" in well(clerk("run", "--take-over"))
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
    assert "From now on letters leave from this computer, no longer from" in told
    assert "no longer from" not in well(clerk("run", "--take-over"))
    monkeypatch.setenv("SHEETCLERK_DATA", first)
    assert clerk("run").exit_code == 6
    assert to_clients(office) == sent


@pytest.mark.parametrize("more", [("--due",), ("--as-of", "2031-05-05"), ("--book", "clients.xlsx")])
def test_only_a_person_takes_over_and_only_the_shops_own_book_of_today(clerk: Clerk, more: tuple[str, ...]) -> None:
    assert clerk("run", "--take-over", *more).exit_code == 2


def test_a_shop_that_writes_to_a_folder_has_nothing_to_take_over(clerk: Clerk) -> None:
    before = Path("clients.xlsx").read_bytes()
    refused = clerk("run", "--take-over")
    assert refused.exit_code == 4
    assert "there is nothing to take over" in refused.output
    assert Path("clients.xlsx").read_bytes() == before


def test_a_run_for_another_day_leaves_what_really_happened_alone(
    clerk: Clerk, office: PostOffice, sent: dict[str, int]
) -> None:
    before = read_tabs(Path("clients.xlsx"))
    well(clerk("run", "--as-of", "2031-05-05"))
    after = read_tabs(Path("clients.xlsx"))
    assert {name: after[name] for name in ("Outbox", "Points", "Suppressed")} == {
        name: before[name] for name in ("Outbox", "Points", "Suppressed")
    }
    assert after["Standing"] != before["Standing"]
    assert to_clients(office) == sent


@pytest.mark.usefixtures("sent")
def test_a_stop_counts_at_once_though_the_workbook_is_open(clerk: Clerk) -> None:
    Path("~$clients.xlsx").touch()
    said = clerk("suppress", "C001", "--why", "asked us to stop")
    assert said.exit_code == 0
    assert "then the Suppressed tab follows" in said.stderr
    Path("~$clients.xlsx").unlink()
    well(clerk("run"))
    assert "asked us to stop" in str(read_tabs(Path("clients.xlsx"))["Suppressed"])


def prefer(client: str, way: str) -> None:
    """A person types into the Clients tab how a client wants to hear from the shop."""
    book = load_workbook("clients.xlsx")
    tab = book["Clients"]
    column = next(cell.column for cell in tab[1] if cell.value == "Prefers")
    row = next(cell.row for cell in tab["A"] if cell.value == client)
    tab.cell(row, column).value = way
    book.save("clients.xlsx")


def told_by(channel: str, client: str) -> list[str]:
    """The keys of a client's letters that went by a channel."""
    rows = read_tabs(Path("clients.xlsx"))["Outbox"][1:]
    return [str(row[7]) for row in rows if (row[1], row[8]) == (client, channel)]


def test_a_client_who_moves_from_mail_to_call_and_back_is_told_nothing_twice(
    clerk: Clerk, office: PostOffice, sent: dict[str, int]
) -> None:
    by_mail = told_by("mail", "C001")
    assert by_mail
    for way in ("phone", "email", "post"):
        prefer("C001", way)
        assert "Nothing new to send" in well(clerk("run"))
        assert to_clients(office) == sent
        assert told_by("mail", "C001") == by_mail
        assert told_by("call_list", "C001") == []


def test_a_letter_that_waits_for_mail_never_goes_to_a_client_who_wants_a_call_meanwhile(
    clerk: Clerk, office: PostOffice
) -> None:
    well(connect(clerk, office))
    well(clerk("send", "--to-me"))
    well(clerk("run", "--limit", "0"))
    waiting = len(read_tabs(Path("clients.xlsx"))["Outbox"]) - 1
    prefer("C001", "phone")
    well(clerk("run"))
    rows = read_tabs(Path("clients.xlsx"))["Outbox"][1:]
    assert "asha@example.com" not in to_clients(office)
    assert len(rows) == len({row[7] for row in rows}) == waiting
    assert {row[5] for row in rows if row[1] == "C001"} == {"Not to be sent"}


def test_in_quiet_hours_calls_are_listed_and_mail_waits_for_the_next_run(clerk: Clerk, office: PostOffice) -> None:
    well(connect(clerk, office))
    well(clerk("send", "--to-me"))
    settings = Path("sheetclerk.toml")
    loud = settings.read_text()
    settings.write_text(with_setting(loud, "sending", "quiet_days", WEEKDAYS))
    told = well(clerk("run"))
    assert "1 call for " in told
    assert "Quiet hours: no mail leaves before " in told
    assert "14 waiting" in told
    assert to_clients(office) == {}
    assert "Quiet hours: no mail leaves before " in well(clerk("send", "--yes"))
    assert well(clerk("outbox")).count("waiting: quiet until ") == 14
    settings.write_text(loud)
    told = well(clerk("run"))
    assert "Quiet hours" not in told
    assert sum(to_clients(office).values()) == 14


def test_as_of_another_day_and_another_book_never_use_the_post(
    clerk: Clerk, office: PostOffice, sent: dict[str, int]
) -> None:
    before = len(office.taken)
    well(clerk("run", "--as-of", "2031-05-05"))
    well(clerk("run", "--book", "clients.xlsx"))
    assert len(office.taken) == before
    assert to_clients(office) == sent
    assert "Nothing new to send" in well(clerk("run"))


def test_once_connected_the_timetable_and_the_call_list_count_with_the_mail(clerk: Clerk, office: PostOffice) -> None:
    with open_job_context(Path()) as context, context.open_shop() as shop:
        assert {one.mode for one in (*context.channels, *shop.desk.channels)} == {Mode.REHEARSAL}
    well(connect(clerk, office))
    with open_job_context(Path()) as context, context.open_shop() as shop:
        assert [one.name for one in context.channels] == ["mail"]
        assert [(one.name, one.mode) for one in shop.desk.channels] == [("call_list", Mode.LIVE), ("mail", Mode.LIVE)]


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
    assert "do not write: asked us to stop" in well(clerk("run"))
    assert str(first[8]) not in to_clients(office)
    well(clerk("suppress", "C001", "--lift"))
    assert read_tabs(Path("clients.xlsx"))["Suppressed"][1:] == []
    well(clerk("suppress", "C001", "--why", "asked us to stop"))
    well(clerk("run"))
    assert [row[1] for row in read_tabs(Path("clients.xlsx"))["Suppressed"][1:]] == ["C001"]
    refused = clerk("suppress", "C999", "--why", "x")
    assert refused.exit_code == 4
    unsaid = clerk("suppress", "C001")
    assert (unsaid.exit_code, "--why is missing" in unsaid.output) == (2, True)


def test_what_is_sent_can_be_had_as_json_alone(clerk: Clerk, office: PostOffice) -> None:
    well(connect(clerk, office))
    samples = json.loads(clerk("send", "--to-me", "--json").stdout)
    assert "letters to shop@example.com" in samples["lines"][0]
    sent = json.loads(clerk("send", "--yes", "--json").stdout)["letters"]["sent"]
    by_mail, by_phone = 14, 1
    assert (sent, sum(to_clients(office).values())) == (by_mail + by_phone, by_mail)


def test_what_waits_is_counted_and_one_letter_by_name_leaves_the_others_waiting(
    clerk: Clerk, office: PostOffice
) -> None:
    well(connect(clerk, office))
    well(clerk("send", "--to-me"))
    well(clerk("run", "--limit", "0"))
    told = well(clerk("send", "newsletter", "--yes"))
    of_newsletter = re.search(r"^(\d+) waiting letters? from earlier runs will go too$", told, re.MULTILINE)
    assert of_newsletter
    assert 0 < sum(to_clients(office).values()) <= int(of_newsletter[1]) < 14
    gone = [message_from_bytes(one.content) for one in office.taken if USER not in one.recipients]
    assert all("newsletter" in str(one["List-Id"]) for one in gone)
    well(clerk("run"))
    assert sum(to_clients(office).values()) == 14


def test_the_count_is_typed_or_nothing_goes(clerk: Clerk, office: PostOffice) -> None:
    well(connect(clerk, office))
    refused = clerk("send")
    assert refused.exit_code == 2
    assert "Not sent: the number didn't match" in refused.output
    assert to_clients(office) == {}


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


def test_a_letter_in_doubt_that_lies_in_the_sent_folder_is_sent(
    clerk: Clerk, office: PostOffice, authority: Authority
) -> None:
    assert "No letter is in doubt" in well(clerk("outbox", "--check-sent"))
    well(connect(clerk, office))
    well(clerk("send", "--to-me"))
    office.rule = lambda step, _: CUT_AFTER if step == "END" else ""
    well(clerk("run", "--limit", "2"))
    office.rule = lambda _step, _address: ""
    taken = [message_from_bytes(one.content)["Message-ID"] for one in office.taken if set(one.recipients) != {USER}]
    assert len(taken) == 2
    settings = Path("sheetclerk.toml")
    with ReadingRoom(authority.server(), {("\\Sent", "Sent"): taken[:1]}) as room:
        text = with_setting(settings.read_text(), "mail", "imap_host", "localhost")
        settings.write_text(with_setting(text, "mail", "imap_port", room.port))
        room.tls_first = False
        told = well(clerk("outbox", "--check-sent"))
        assert "1 of 2 letters in doubt found in Sent: sent" in told
        assert "1 not found and still in doubt. That proves nothing" in told
        assert len(re.findall(r"^  [0-9a-f]{12}  in doubt", told, re.MULTILINE)) == 1
        assert "0 of 1 letter in doubt" in well(clerk("outbox", "--check-sent"))
    well(clerk("run"))
    left = [message_from_bytes(one.content)["Message-ID"] for one in office.taken]
    assert len(set(left)) == len(left) > 4
    refused = clerk("outbox", "--check-sent")
    assert refused.exit_code == 4
    assert "cannot be reached" in refused.output


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
