"""The Sent folder, looked into over IMAP."""

import ssl
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.mail.authority import Authority
from tests.mail.post_office import PASSWORD, USER, PostOffice
from tests.mail.reading_room import HANG_UP, ReadingRoom
from toolkit.channels.account import MailAccount, Timeouts
from toolkit.channels.channel import ChannelStopped
from toolkit.channels.sent_folder import SentFolder, SentMatch

ROOT = Path(__file__).parents[2]
MINE, OTHER = "<one.mark@example.com>", "<two.mark@example.com>"
INBOX = ("\\HasNoChildren", "INBOX")
SENT = ("\\HasNoChildren \\Sent", "Gesendet")
GMAIL = ("\\HasNoChildren \\Sent", "[Gmail]/&BB4EQgQ,BEAEMAQyBDsENQQ9BD0ESwQ1-")


@pytest.fixture
def room(authority: Authority) -> Iterator[ReadingRoom]:
    with ReadingRoom(authority.server(), {INBOX: [OTHER], SENT: ["<x@y>", MINE]}) as room:
        yield room


def folder(room: ReadingRoom, tls: Callable[[], ssl.SSLContext], **changes: object) -> SentFolder:
    given: dict[str, object] = {
        "user": USER,
        "password": lambda: PASSWORD,
        "host": "localhost",
        "port": room.port,
        "sender": USER,
        "tls_first": room.tls_first,
        "tls": tls,
        "patience": Timeouts(5, 5, 5),
    }
    return SentFolder(MailAccount(**{**given, **changes}))  # type: ignore[arg-type]  # a table of settings


@pytest.mark.parametrize("tls_first", [True, False])
def test_what_lies_in_the_folder_that_is_marked_as_sent_is_found(
    authority: Authority,
    room: ReadingRoom,
    tls_first: bool,  # noqa: FBT001 - one column of a table
) -> None:
    room.tls_first = tls_first
    assert folder(room, authority.client).holding([MINE, OTHER]) == SentMatch("Gesendet", frozenset({MINE}))
    assert not [one for one in room.heard if one.split()[1] in ("SELECT", "STORE", "EXPUNGE", "APPEND")]


def test_gmails_folder_is_found_in_any_language(authority: Authority, room: ReadingRoom) -> None:
    room.folders = {INBOX: [], ("\\HasChildren \\Noselect", "[Gmail]"): [], GMAIL: [MINE]}
    assert folder(room, authority.client).holding([MINE]) == SentMatch("[Gmail]/Отправленные", frozenset({MINE}))


def test_a_folder_that_is_only_called_sent_will_do(authority: Authority, room: ReadingRoom) -> None:
    room.folders = {INBOX: [], ("\\HasNoChildren", "Sent"): [MINE]}
    assert folder(room, authority.client).holding([MINE]) == SentMatch("Sent", frozenset({MINE}))


def test_a_server_that_finds_too_much_proves_nothing(authority: Authority, room: ReadingRoom) -> None:
    room.finds_all = True
    assert folder(room, authority.client).holding([MINE, OTHER]).ids == {MINE}
    room.folders[SENT] = [f"{MINE[:-1]}.example>"]
    assert folder(room, authority.client).holding([MINE]).ids == frozenset()


def test_an_access_token_logs_in(authority: Authority, room: ReadingRoom) -> None:
    token = folder(room, authority.client, password=lambda: "ya29.token", is_token=True)
    assert token.holding([MINE]).ids == {MINE}
    said = next(one for one in room.heard if one.startswith("d"))
    assert b64decode(said) == f"user={USER}\x01auth=Bearer ya29.token\x01\x01".encode()


TROUBLES: dict[str, tuple[str, dict[str, object]]] = {
    "refused the login": ("AUTHENTICATIONFAILED", {"password": lambda: "wrong-password"}),
    "refused the login: letters beyond ASCII": ("check account and password", {"password": lambda: "wrong-пароль"}),
    "cannot be reached": ("check the network, and imap_host", {"port": 1}),
    "cannot be reached: no such host": ("imap_host and imap_port", {"host": "nowhere.invalid"}),
}


@pytest.mark.parametrize("what", TROUBLES)
def test_what_is_wrong_with_the_account_is_told(authority: Authority, room: ReadingRoom, what: str) -> None:
    words, changes = TROUBLES[what]
    with pytest.raises(ChannelStopped, match=what.partition(":")[0]) as stop:
        folder(room, authority.client, **changes).holding([MINE])
    assert words in str(stop.value)
    assert "wrong-" not in str(stop.value)
    assert len(str(stop.value).splitlines()) == 3


ANSWERS = {
    ("SEARCH", "NO [SERVERBUG] no"): "broke off",
    ("EXAMINE", "NO [NOPERM] no"): "broke off",
    ("SEARCH", HANG_UP): "broke off",
    ("LIST", HANG_UP): "broke off",
    ("LOGIN", HANG_UP): "refused the login",
    ("LOGIN", "NO [UNAVAILABLE] come later"): "refused the login",
}


@pytest.mark.parametrize(("step", "answer"), ANSWERS)
def test_a_server_that_will_not_is_told(authority: Authority, room: ReadingRoom, step: str, answer: str) -> None:
    room.rule = lambda command: answer if command == step else ""
    with pytest.raises(ChannelStopped, match=ANSWERS[step, answer]) as stop:
        folder(room, authority.client).holding([MINE])
    assert PASSWORD not in str(stop.value)
    assert len(str(stop.value).splitlines()) == 3


def test_an_account_without_a_sent_folder_is_told(authority: Authority, room: ReadingRoom) -> None:
    room.folders = {INBOX: [MINE]}
    with pytest.raises(ChannelStopped, match="shows no Sent folder") as stop:
        folder(room, authority.client).holding([MINE])
    assert "mark-sent KEY" in stop.value.next_step


def test_gmail_is_told_of_app_passwords() -> None:
    account = MailAccount(USER, lambda: PASSWORD, "imap.gmail.com", 993, USER)
    assert "apppasswords" in SentFolder(account).login_help


BAD_ROOMS: dict[str, tuple[str, Callable[[Authority], ReadingRoom]]] = {
    "self-signed": ("is not trusted", lambda a: ReadingRoom(a.server(own=True))),
    "wrong name": ("does not name localhost", lambda a: ReadingRoom(a.server("elsewhere.example"))),
    "self-signed, STARTTLS": ("is not trusted", lambda a: ReadingRoom(a.server(own=True), tls_first=False)),
    "wrong name, STARTTLS": (
        "does not name localhost",
        lambda a: ReadingRoom(a.server("elsewhere.example"), tls_first=False),
    ),
    "STARTTLS stripped": (
        "offers no safe line",
        lambda a: ReadingRoom(a.server(), tls_first=False, offers_starttls=False),
    ),
}


@pytest.mark.parametrize("kind", BAD_ROOMS)
def test_a_room_with_bad_tls_never_hears_the_password(authority: Authority, kind: str) -> None:
    words, make = BAD_ROOMS[kind]
    with make(authority) as room, pytest.raises(ChannelStopped, match=words) as stop:
        folder(room, authority.client).holding([MINE])
    assert not [one for one in room.heard if "LOGIN" in one or "AUTHENTICATE" in one or PASSWORD in one]
    assert len(str(stop.value).splitlines()) == 3


def test_a_plain_server_where_tls_comes_first_never_hears_the_password(authority: Authority) -> None:
    with PostOffice(None) as office:
        plain = ReadingRoom(None, port=office.port)
        with pytest.raises(ChannelStopped, match="no safe line"):
            folder(plain, authority.client).holding([MINE])
    assert office.heard == []


def test_where_the_extra_is_missing_it_is_named() -> None:
    script = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from toolkit.channels.account import MailAccount\n"
        "from toolkit.channels.sent_folder import SentFolder\n"
        "SentFolder(MailAccount('a', str, 'localhost', 993, 'a')).holding(['<x@y>'])\n"
    )
    bare = [sys.executable, "-S", "-c", script]
    done = subprocess.run(bare, capture_output=True, text=True, check=False, env={})
    assert "ChannelNotReady: the Sent folder cannot be read yet" in done.stderr
    assert "pip install 'sheetclerk[imap]'" in done.stderr
