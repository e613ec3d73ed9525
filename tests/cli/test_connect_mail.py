"""Connecting the mail account: by password, by Google's permission, and on a second computer."""

import json
import os
import shutil
import subprocess
import sys
import textwrap
from base64 import b64decode
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import pytest
from click.testing import Result

from tests.day import MOMENT, own_process
from tests.mail.authority import Authority
from tests.mail.desk_shop import Clerk, connect, new_clerk, to_clients, well
from tests.mail.google_desk import DENIED, REVOKED, GoogleDesk
from tests.mail.post_office import PASSWORD, USER, PostOffice
from toolkit.config import with_setting

ROOT = Path(__file__).parents[2]


@pytest.fixture
def clerk(tmp_path: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    return new_clerk(tmp_path, authority, monkeypatch)


@pytest.fixture
def desk(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleDesk]:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.file))
    monkeypatch.delenv("SHEETCLERK_MAIL_PASSWORD", raising=False)
    with GoogleDesk(authority) as desk:
        yield desk


LONG_AGO = datetime(2021, 1, 1, tzinfo=UTC)

REPLIES = {
    ("LOGIN", "535 5.7.8 bad credentials"): ("localhost refused the login", "connect mail --new-password"),
    ("LOGIN", "534 5.7.9 wants more"): ("localhost refused the login", "connect mail --new-password"),
    ("LOGIN", "454 4.7.0 too many"): ("localhost lets nobody log in for now", "wait an hour"),
    ("LOGIN", "421 4.7.0 slowly"): ("localhost asks for a pause", "wait an hour"),
    ("MAIL", "553 5.7.1 not yours"): ("localhost does not take letters from the sender", "make from in [mail]"),
    ("MAIL", "550 5.1.8 who?"): ("localhost does not take letters from the sender", "make from in [mail]"),
    ("MAIL", "552 5.4.5 daily limit"): ("localhost takes no more letters from this account", "wait 24 hours"),
}

SERVERS: dict[str, tuple[str, str, Callable[[Authority], PostOffice]]] = {
    "wrong name": ("does not name localhost", "mend host", lambda a: PostOffice(a.server("elsewhere.example"))),
    "self-signed": ("localhost is not trusted", "renew its certificate", lambda a: PostOffice(a.server(own=True))),
    "expired": ("localhost is not trusted", "renew its certificate", lambda a: PostOffice(a.server(until=LONG_AGO))),
    "STARTTLS stripped": ("no safe line", "use port 465", lambda a: PostOffice(a.server(), offers_starttls=False)),
    "old protocol": ("no safe line", "use port 465", lambda a: PostOffice(a.old_server())),
}

SETTINGS = {
    ("--port", "1"): ("localhost:1 cannot be reached", "host and port in [mail]"),
    ("--host", "nowhere.invalid"): ("nowhere.invalid:", "host and port in [mail]"),
    ("--host", "smtp.gmail.com"): ("the From address is not the account's", "remove from in [mail]"),
}


def refusal(result: Result) -> tuple[str, str]:
    """The first and the last of the three lines, after it was seen that nothing was connected."""
    assert result.exit_code == 4
    assert PASSWORD not in result.output
    assert 'channel = "folder"' in Path("sheetclerk.toml").read_text()
    what, _why, next_step = result.output.strip().splitlines()
    return what, next_step


def test_what_is_wrong_with_the_account_has_its_own_sentence(
    clerk: Clerk, office: PostOffice, authority: Authority
) -> None:
    assert refusal(clerk("connect", "mail")) == (
        "mail: no account is named",
        "next: write your address into account there, then: sheetclerk connect mail",
    )
    for (step, reply), (what, next_step) in REPLIES.items():
        office.rule = lambda at, _, step=step, reply=reply: reply if at == step else ""  # type: ignore[misc]  # bound now
        found = refusal(connect(clerk, office))
        assert (what in found[0], next_step in found[1]) == (True, True), (reply, found)
    for kind, (what, next_step, make) in SERVERS.items():
        with make(authority) as other:
            found = refusal(connect(clerk, other))
        assert (what in found[0], next_step in found[1]) == (True, True), (kind, found)
        assert other.heard == []
    settings = Path("sheetclerk.toml")
    settings.write_text(with_setting(settings.read_text(), "mail", "from", "other@example.com"))
    for setting, (what, next_step) in SETTINGS.items():
        found = refusal(connect(clerk, office, *setting))
        assert (what in found[0], next_step in found[1]) == (True, True), (setting, found)
    assert office.taken == []


def tokens(office: PostOffice) -> list[str]:
    """The access tokens that the server heard, each from user=...^Aauth=Bearer ...^A^A."""
    said = [one.split()[-1] for one in office.heard if one.startswith("AUTH XOAUTH2")]
    return [b64decode(one).decode().split("Bearer ")[1].strip("\x01") for one in said]


def box(folder: Path) -> Path:
    (found,) = folder.glob("*.toml")
    return found


def test_googles_permission_logs_in_and_its_token_is_renewed(
    clerk: Clerk, office: PostOffice, desk: GoogleDesk, tmp_path: Path
) -> None:
    (tmp_path / "yagmail.json").write_text(json.dumps(desk.permission))
    well(connect(clerk, office, "--google", str(tmp_path / "yagmail.json")))
    well(clerk("send", "--to-me"))
    assert tokens(office) == ["ya29.token-1", "ya29.token-2"]
    well(clerk("run"))
    assert tokens(office)[-1] == "ya29.token-2", "it was kept, and is good for an hour"
    assert sum(to_clients(office).values()) == 14
    kept = box(tmp_path / "config")
    assert kept.stat().st_mode & 0o777 == 0o600
    assert "ya29.token-2" in kept.read_text()
    assert [one for one in Path().rglob("*") if one.is_file() and b"ya29" in one.read_bytes()] == []


def test_a_permission_that_was_withdrawn_has_its_own_sentence(
    clerk: Clerk, office: PostOffice, desk: GoogleDesk, tmp_path: Path
) -> None:
    desk.lasts = 1
    (tmp_path / "yagmail.json").write_text(json.dumps(desk.permission))
    well(connect(clerk, office, "--google", str(tmp_path / "yagmail.json")))
    desk.answer = REVOKED
    refused = clerk("send", "--to-me")
    assert refused.exit_code == 4
    assert "Google's permission holds no longer" in refused.output
    assert "next: sheetclerk connect mail --google FILE" in refused.output
    desk.answer, office.rule = None, lambda step, _: "535 5.7.8 bad token" if step == "LOGIN" else ""
    refused = clerk("send", "--to-me")
    assert "localhost refused the access token" in refused.output


BROWSER = """
    import os, ssl, sys
    from urllib.request import urlopen

    trusting = ssl.create_default_context(cafile=os.environ["REQUESTS_CA_BUNDLE"])
    urlopen(sys.argv[1], context=trusting).read()
"""


@pytest.mark.parametrize("denies", ["", DENIED])
def test_permission_is_given_in_the_browser(
    clerk: Clerk, office: PostOffice, desk: GoogleDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, denies: str
) -> None:
    desk.denies = denies
    (tmp_path / "client.json").write_text(json.dumps(desk.client_file))
    (tmp_path / "browser.py").write_text(textwrap.dedent(BROWSER))
    monkeypatch.setenv("BROWSER", f"{sys.executable} {tmp_path / 'browser.py'} %s &")
    where = ("--account", USER, "--host", "localhost", "--port", str(office.port), "--security", "starttls")
    done = subprocess.run(
        own_process("connect", "mail", *where, "--google", str(tmp_path / "client.json")),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert bool(tokens(office)) == bool(office.copies) == (not denies)
    if denies:
        assert done.returncode == 4
        assert done.stderr.splitlines() == [
            "mail: Google gave no permission",
            "access_denied",
            "next: sheetclerk connect mail --google FILE",
        ]
        return
    assert "Mail is connected: one letter went to shop@example.com" in done.stdout, done.stderr
    assert [one["grant_type"] for one in desk.asked] == ["authorization_code", "refresh_token"]
    well(clerk("send", "--to-me"))


def test_a_password_takes_the_place_of_a_permission_and_back(
    clerk: Clerk, office: PostOffice, desk: GoogleDesk, tmp_path: Path
) -> None:
    (tmp_path / "yagmail.json").write_text(json.dumps(desk.permission))
    well(connect(clerk, office, "--google", str(tmp_path / "yagmail.json")))
    well(connect(clerk, office, "--new-password", input=PASSWORD))
    well(clerk("send", "--to-me"))
    assert len(tokens(office)) == 1
    well(connect(clerk, office, "--google", str(tmp_path / "yagmail.json")))
    assert len(tokens(office)) == 2
    assert PASSWORD not in box(tmp_path / "config").read_text()


def test_a_password_that_changed_is_asked_for_anew(
    clerk: Clerk, office: PostOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SHEETCLERK_MAIL_PASSWORD")
    well(connect(clerk, office, input=PASSWORD))
    kept = box(tmp_path / "config")
    kept.write_text(kept.read_text().replace(PASSWORD, "last-years-password"))
    refused = connect(clerk, office)
    assert "refused the login" in refused.output
    assert "connect mail --new-password" in refused.output
    well(connect(clerk, office, "--new-password", input=PASSWORD))
    well(connect(clerk, office))


def another_computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHEETCLERK_DATA", str(tmp_path / "data of another"))
    monkeypatch.setenv("SHEETCLERK_CONFIG", str(tmp_path / "config of another"))


@pytest.fixture
def sent(clerk: Clerk, office: PostOffice) -> dict[str, int]:
    """A shop that has sent its week by mail."""
    well(connect(clerk, office))
    well(clerk("send", "--to-me"))
    well(clerk("run"))
    return to_clients(office)


def test_a_second_computer_joins_with_a_copy_and_marks_letters_as_the_first(
    clerk: Clerk, office: PostOffice, sent: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = box(tmp_path / "config")
    another_computer(tmp_path, monkeypatch)
    refused = connect(clerk, office)
    assert refused.exit_code == 4
    assert "another computer of this shop already sends" in refused.output
    assert f"copy {first.name} from there, then: sheetclerk connect mail --join FILE" in refused.output
    monkeypatch.delenv("SHEETCLERK_MAIL_PASSWORD")
    copy = Path(shutil.copy(first, tmp_path / first.name))
    well(connect(clerk, office, "--join", str(copy)))
    assert sorted(box(tmp_path / "config of another").read_text().splitlines()) == sorted(
        first.read_text().splitlines()
    )
    assert box(tmp_path / "config of another").stat().st_mode & 0o777 == 0o600
    well(clerk("send", "--to-me"))
    assert "Nothing new to send" in well(clerk("run", "--take-over"))
    assert to_clients(office) == sent


def test_only_a_copy_of_the_shops_own_file_joins(
    clerk: Clerk, office: PostOffice, sent: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = box(tmp_path / "config")
    another_computer(tmp_path, monkeypatch)
    other, empty = tmp_path / "another-shop.toml", tmp_path / first.name
    shutil.copy(first, other)
    empty.write_text("")
    for given in (other, empty, tmp_path / "gone.toml"):
        refused = connect(clerk, office, "--join", str(given))
        assert refused.exit_code == 4
        assert "is not the file of this shop's secrets" in refused.output
    assert to_clients(office) == sent


def test_where_the_first_computer_is_gone_a_new_secret_marks_what_follows(
    clerk: Clerk, office: PostOffice, sent: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = box(tmp_path / "config")
    another_computer(tmp_path, monkeypatch)
    well(connect(clerk, office, "--new-secret"))
    assert box(tmp_path / "config of another").read_text() != first.read_text()
    hellos = [one.content for one in office.taken if one.recipients == (USER,)]
    ids = {str(message_from_bytes(one)["Message-ID"]).partition(".")[2] for one in hellos}
    assert len(ids) == len(hellos)
    assert to_clients(office) == sent


def test_a_wrong_value_leaves_the_settings_as_they_were(clerk: Clerk) -> None:
    before = Path("sheetclerk.toml").read_bytes()
    refused = clerk("connect", "mail", "--account", "nobody")
    assert refused.exit_code == 4
    assert "account" in refused.output
    assert Path("sheetclerk.toml").read_bytes() == before


def test_a_language_without_words_is_refused_by_name(clerk: Clerk) -> None:
    settings = Path("sheetclerk.toml")
    settings.write_text(with_setting(settings.read_text(), "shop", "language", "xx"))
    refused = clerk("status")
    assert refused.exit_code == 4
    assert 'language = "xx"' in refused.output
    assert "there are no texts in it, only in en" in refused.output


def test_journals_of_other_days_go_after_a_month(clerk: Clerk, tmp_path: Path) -> None:
    well(clerk("run", "--as-of", "2031-05-05"))
    well(clerk("run", "--as-of", "2031-05-06"))
    old, young = sorted(tmp_path.glob("data/*/as-of-*.sqlite3"))
    for path, days in ((old, 31), (young, 29)):
        written = MOMENT.timestamp() - days * 86_400
        os.utime(path, (written, written))
    well(clerk("run"))
    assert sorted(tmp_path.glob("data/*/as-of-*.sqlite3")) == [young]
