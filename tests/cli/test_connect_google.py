"""connect google: from a key file that came down to a sheet that opens."""

import json
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from tests.day import MOMENT, type_command
from tests.sheets.google.sheet_desk import made_of
from tests.sheets_server.server import SheetsServer
from toolkit.app.google_factory import EMULATOR
from toolkit.app.google_key import CONNECT, ENVIRONMENT, USUAL
from toolkit.config import read_config

Clerk = Callable[..., Result]
CLIENTS = {"Clients": (("Client no.", "Name"), ("C001", "Asha"))}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[SheetsServer]:
    with SheetsServer().stand_at(MOMENT) as running:
        monkeypatch.setenv(EMULATOR, running.url)
        yield running


@pytest.fixture
def download(server: SheetsServer, tmp_path: Path) -> Path:
    """The key as a browser leaves it: readable by others."""
    path = server.account_file(tmp_path / "shop-123456-0123456789ab.json")
    path.chmod(0o644)
    return path


@pytest.fixture
def clerk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    monkeypatch.setenv("SHEETCLERK_CONFIG", str(tmp_path / "config"))
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    return lambda *words: type_command("connect", "google", *words)


def test_the_four_steps_are_told_and_nothing_is_asked_of_google_without_a_key(
    clerk: Clerk, server: SheetsServer
) -> None:
    result = clerk()

    assert result.exit_code == 4
    assert [line[:1] for line in result.stdout.splitlines()] == ["1", "2", "3", "4"]
    assert "there is no key yet" in result.stderr
    assert "next: sheetclerk connect google --key FILE" in result.stderr
    assert server.count("read") == 0


def test_a_key_is_checked_kept_for_its_owner_alone_and_says_with_whom_to_share(
    clerk: Clerk, server: SheetsServer, download: Path, tmp_path: Path
) -> None:
    people = made_of(server, CLIENTS)

    result = clerk(people.link, "--key", str(download))

    assert result.exit_code == 0, result.output
    kept = tmp_path / "config" / USUAL
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert json.loads(kept.read_text()) == json.loads(download.read_text())
    assert f"Share the sheet, as Editor, with: {server.email}" in result.stdout
    assert "Duka la Juma opens and can be written: 1 tab." in result.stdout
    plain = people.link.removesuffix("/edit#gid=0")
    assert f"next: sheetclerk adopt {plain}        (still blank? sheetclerk init shop --book {plain})" in result.stderr
    assert f"Saved in {kept}, readable by you only. Delete {download}" in result.stdout
    assert "1 project" not in result.stdout, "who has a key needs no steps to one"
    assert "PRIVATE" not in result.output


def test_it_waits_until_the_owner_has_shared_the_sheet(clerk: Clerk, server: SheetsServer, download: Path) -> None:
    people = made_of(server, CLIENTS)
    people.share(server.email, "")
    looks: list[str] = []
    roles = iter(["", "", "reader", "reader", "writer"])

    def shared_meanwhile(seen: object) -> None:
        looks.append(str(seen))
        people.share(server.email, next(roles, "writer"))

    server.between = shared_meanwhile

    result = clerk(people.link, "--key", str(download))

    assert result.exit_code == 0, result.output
    assert result.stderr.count("is not shared with sheetclerk") == 1
    assert result.stderr.count("is shared for viewing only") == 1
    assert result.stderr.count("then this goes on by itself") == 2
    assert "run again" not in result.stderr
    assert len(looks) > 4


def test_it_gives_up_after_ten_minutes(clerk: Clerk, server: SheetsServer, download: Path) -> None:
    people = made_of(server, CLIENTS)
    people.share(server.email, "")

    result = clerk(people.link, "--key", str(download))

    assert result.exit_code == 4
    assert result.stderr.count("next:") == 1
    assert f"add {server.email} as Editor" in result.stderr


def test_in_a_shops_folder_the_settings_name_the_sheet(clerk: Clerk, server: SheetsServer, download: Path) -> None:
    Path("sheetclerk.toml").write_text('[shop]\nid = "a1"\n[book]\nwhere = "clients.xlsx"\n# mine\n')
    people = made_of(server, CLIENTS)

    result = clerk(people.link, "--key", str(download))

    assert result.exit_code == 0, result.output
    assert read_config(Path("sheetclerk.toml")).book.where == people.link
    assert "# mine" in Path("sheetclerk.toml").read_text()
    assert "sheetclerk.toml names it as the workbook now, no longer clients.xlsx." in result.stdout
    assert "next: sheetclerk doctor" in result.stderr
    assert clerk().exit_code == 0


def test_a_key_never_lies_in_a_git_work_tree(
    clerk: Clerk, server: SheetsServer, download: Path, tmp_path: Path
) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path / "config")], check=True)

    result = clerk(made_of(server, CLIENTS).link, "--key", str(download))

    assert result.exit_code == 4
    assert "git work tree" in result.stderr
    assert not (tmp_path / "config" / USUAL).exists()


def test_a_key_that_came_down_into_a_git_work_tree_is_refused_there(
    clerk: Clerk, server: SheetsServer, download: Path, tmp_path: Path
) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path / "repo")], check=True)
    inside = download.rename(tmp_path / "repo" / "key.json")

    result = clerk(made_of(server, CLIENTS).link, "--key", str(inside))

    assert result.exit_code == 4
    assert "git work tree" in result.stderr
    assert "next: move it out of there, then: sheetclerk connect google --key FILE" in result.stderr
    assert not (tmp_path / "config" / USUAL).exists()


def test_a_key_in_the_environment_goes_before_every_other_and_that_is_said(
    clerk: Clerk, server: SheetsServer, download: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = made_of(server, CLIENTS).link
    monkeypatch.setenv(ENVIRONMENT, "~/nowhere.json")

    missing, other = clerk(link), clerk(link, "--key", str(download))

    assert (missing.exit_code, other.exit_code) == (4, 4)
    assert f"{ENVIRONMENT} names ~/nowhere.json: there is no such file" in missing.stderr
    assert f"next: take it out of the environment, then: {CONNECT}" in other.stderr


def test_a_key_that_google_does_not_know_any_more_is_followed_by_a_new_one(
    clerk: Clerk, server: SheetsServer, download: Path
) -> None:
    link = made_of(server, CLIENTS).link
    server.revoke_key()

    assert f"then: {CONNECT}" in clerk(link, "--key", str(download)).stderr


def test_an_address_may_lack_its_https_and_carry_what_a_browser_hangs_on_to_it(
    clerk: Clerk, server: SheetsServer, download: Path
) -> None:
    plain = made_of(server, CLIENTS).link.removesuffix("/edit#gid=0")
    Path("sheetclerk.toml").write_text('[shop]\nid = "a1"\n')

    result = clerk(plain.removeprefix("https://") + "/edit?usp=sharing&gid=0", "--key", str(download))

    assert result.exit_code == 0, result.output
    assert type_command("doctor").exit_code == 0


def test_a_wrong_file_is_told_for_what_it_is(clerk: Clerk, tmp_path: Path) -> None:
    wrong = tmp_path / "client_secret.json"
    wrong.write_text('{"installed": {"client_id": "1"}}')

    result = clerk("https://docs.google.com/spreadsheets/d/1234567890", "--key", str(wrong))

    assert result.exit_code == 4
    assert "secret of an OAuth app" in result.stderr


def test_without_an_address_it_says_how_to_name_one(clerk: Clerk, download: Path) -> None:
    result = clerk("--key", str(download))

    assert result.exit_code == 4
    assert 'next: sheetclerk connect google "https://docs.google.com/spreadsheets/d/' in result.stderr
