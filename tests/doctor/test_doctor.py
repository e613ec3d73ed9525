"""doctor looks at every part, tells what is wrong with its next step, and looks at nothing that rests on it."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import pytest
from click.testing import Result

from tests.day import MOMENT, type_command
from tests.sheets.google.sheet_desk import made_of
from tests.sheets_server.faults import Seen, lost_request, refuse
from tests.sheets_server.server import SheetsServer
from toolkit.app.google_factory import EMULATOR
from toolkit.app.google_key import USUAL
from toolkit.config import with_setting

CLIENTS: Final = {"Clients": (("Client no.", "Name"), ("C001", "Asha"), ("C002", "Peter"))}


def is_installed() -> bool:
    try:
        return bool(version("sheetclerk"))
    except PackageNotFoundError:
        return False


class Case:
    """A shop on a Google Sheet, and doctor in its folder."""

    def __init__(self, server: SheetsServer, config: Path) -> None:
        self.server = server
        self.key = server.account_file(config / USUAL)
        self.people = made_of(server, CLIENTS)
        self.settings = Path("sheetclerk.toml")
        self.settings.write_text(
            f'[shop]\nid = "a1"\nname = "Duka"\ncurrency = "KES"\n[book]\nwhere = "{self.people.link}"\n'
        )

    def set(self, section: str, name: str, value: object) -> None:
        self.settings.write_text(with_setting(self.settings.read_text(), section, name, value))

    def spoil_key(self, **changed: object) -> None:
        self.key.write_text(json.dumps({**json.loads(self.key.read_text()), **changed}))

    def with_mail(self) -> None:
        self.set("sending", "channel", "mail")
        self.set("mail", "account", "juma@gmail.com")

    def cut_off(self) -> None:
        self.server.weather = lambda seen: None if seen.deed == "token" else lost_request()

    def without_quota(self) -> None:
        self.server.weather = lambda seen: refuse(429) if seen.deed == "read" else None

    def with_expired_tokens(self) -> None:
        def expire(seen: Seen) -> None:
            if seen.deed != "token":
                self.server.expire_tokens()

        self.server.weather = expire

    def examine(self, *flags: str) -> Result:
        return type_command("doctor", *flags)

    def found(self) -> dict[str, dict[str, str]]:
        return {one["part"]: one for one in json.loads(self.examine("--json").stdout)["parts"]}


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Case]:
    (tmp_path / "config").mkdir(mode=0o700)
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    monkeypatch.setenv("SHEETCLERK_CONFIG", str(tmp_path / "config"))
    with SheetsServer().stand_at(MOMENT) as server:
        monkeypatch.setenv(EMULATOR, server.url)
        yield Case(server, tmp_path / "config")


def test_all_is_well(case: Case) -> None:
    result = case.examine()

    assert result.exit_code == 0, result.output
    marks = [line.split()[:2] for line in result.stdout.splitlines()]
    assert marks[:4] == [["ok", "sheetclerk.toml"], ["ok", "key"], ["ok", "book"], ["ok", "clock"]]
    assert "ok    book              Duka la Juma: 2 clients, 0 purchases" in result.stdout
    assert "next: sheetclerk run" in result.stderr
    assert "Standing" not in case.people.titles()


FAILURES: Final[dict[str, tuple[Callable[[Case], object], str, str, str]]] = {
    "no settings": (lambda c: c.settings.unlink(), "sheetclerk.toml", "sheetclerk.toml", "init"),
    "wrong address": (
        lambda c: c.set("book", "where", "https://drive.google.com/file/d/1abc/view"),
        "book",
        "is not the address of a Google Sheet",
        "Save as Google Sheets",
    ),
    "no key": (lambda c: c.key.unlink(), "key", "is not there", "connect google"),
    "key of another kind": (lambda c: c.spoil_key(type="authorized_user"), "key", "is not the key", "--key"),
    "damaged key": (lambda c: c.spoil_key(private_key="-----BEGIN"), "key", "is not the key", "--key"),
    "key in a git work tree": (lambda c: (c.key.parent / ".git").mkdir(), "key", "git work tree", "SHEETCLERK_CONFIG"),
    "expired token": (Case.with_expired_tokens, "book", "no longer takes the key", "connect google --key FILE"),
    "key that others read": (lambda c: c.key.chmod(0o644), "key", "other users of this computer", "chmod 600"),
    "not shared": (lambda c: c.people.share(c.server.email, ""), "book", "is not shared", "as Editor"),
    "no clients": (lambda c: c.people.rename("Clients", "Junk"), "book", "Clients", "name your own tab"),
    "only to look at": (lambda c: c.people.share(c.server.email, "reader"), "book", "for viewing only", "make "),
    "API off": (lambda c: setattr(c.server, "api_off", True), "book", "API is switched off", "press Enable"),
    "cut address": (
        lambda c: c.set("book", "where", c.people.link.replace("1TestSheet", "1TestShet")),
        "book",
        "is not there",
        "copy the whole address",
    ),
    "address without https": (
        lambda c: c.set("book", "where", "docs.google.com/spreadsheets/d/1NoSuchSheet/edit"),
        "book",
        "is not there",
        "connect google ADDRESS",
    ),
    ".xlsx in Drive": (lambda c: c.server.office(c.people.id), "book", "is an Excel file", "Save as Google Sheets"),
    "key deleted": (lambda c: c.server.revoke_key(), "book", "does not know the key", "connect google --key FILE"),
    "quota": (Case.without_quota, "book", "cannot be read", "wait some minutes"),
    "no line": (Case.cut_off, "book", "cannot be read", "internet works"),
    "clock an hour off": (
        lambda c: c.server.stand_at(MOMENT + timedelta(hours=3), off=timedelta(hours=3)),
        "book",
        "clock is wrong",
        "set date and time",
    ),
    "clock six minutes off": (
        lambda c: c.server.stand_at(MOMENT + timedelta(minutes=6)),
        "clock",
        "clock is wrong",
        "set date and time",
    ),
    "mail not connected": (
        Case.with_mail,
        "mail",
        "not connected on this computer",
        "connect mail",
    ),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_each_thing_that_can_be_wrong_is_named_with_what_to_do(case: Case, failure: str) -> None:
    go_wrong, part, what, next_step = FAILURES[failure]
    if part == "mail":
        type_command("run")
    go_wrong(case)

    found = case.found()

    assert found[part]["mark"] == "STOP"
    assert what in found[part]["words"]
    assert found[part]["why"]
    assert next_step in found[part]["next"]
    after = list(found)[list(found).index(part) + 1 :]
    assert {found[one]["mark"] for one in after} <= {"skip"} or part in ("clock", "mail")
    assert case.examine().exit_code == 4


def test_a_file_needs_no_key_and_no_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    type_command("init", "shop")
    monkeypatch.chdir(tmp_path / "shop")

    result = type_command("doctor")

    assert result.exit_code == 0, result.output
    assert "skip  key               the workbook is not a Google Sheet" in result.stdout
    assert "ok    book              clients.xlsx: 12 clients, 40 purchases" in result.stdout
    assert "skip  schedule          [timetable] has no jobs" in result.stdout


def test_a_timetable_says_when_it_is_due_next(case: Case) -> None:
    case.set("timetable", "weekly", "every monday at 09:00")

    assert case.found()["schedule"]["words"].startswith("next due 20")


@pytest.mark.skipif(not is_installed(), reason="sheetclerk is not installed in this Python, as a scheduler needs it")
def test_as_scheduled_the_environment_of_a_persons_shell_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SHEETCLERK_GOOGLE_KEY", str(tmp_path / "only-in-my-shell.json"))
    monkeypatch.chdir(tmp_path)
    type_command("init", "shop")
    monkeypatch.chdir(tmp_path / "shop")
    assert type_command("doctor", "--as-scheduled").exit_code == 0
    settings = Path("sheetclerk.toml")
    address = "https://docs.google.com/spreadsheets/d/1Sle_EDNRq8PsQGzmskqQWIGnUT4epR-d9A-9gaJsrrQ/edit"
    settings.write_text(with_setting(settings.read_text(), "book", "where", address))

    result = type_command("doctor", "--as-scheduled")

    assert result.exit_code == 4
    assert "STOP  key" in result.stdout
    assert "(as a scheduler would start it)" in result.stdout
    assert "only-in-my-shell" not in result.stdout
