"""The command line in a new shop, on a computer that trusts the tests' authority."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.day import type_command, typist
from tests.mail.authority import Authority
from tests.mail.post_office import PASSWORD, USER, PostOffice
from toolkit.config import with_setting

Clerk = Callable[..., Result]


def new_clerk(folder: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    """Make a shop in a folder, go there, and give the command line."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    monkeypatch.setenv("SHEETCLERK_CONFIG", str(folder / "config"))
    monkeypatch.setenv("SHEETCLERK_DATA", str(folder / "data"))
    monkeypatch.setenv("SHEETCLERK_MAIL_PASSWORD", PASSWORD)
    monkeypatch.chdir(folder)
    assert type_command("init", "shop").exit_code == 0
    monkeypatch.chdir(folder / "shop")
    settings = Path("sheetclerk.toml")
    settings.write_text(with_setting(settings.read_text(), "mail", "per_minute", 10_000))
    return typist()


def connect(clerk: Clerk, office: PostOffice, *more: str, **typed: str) -> Result:
    where = ("--account", USER, "--host", "localhost", "--port", str(office.port), "--security", "starttls")
    return clerk("connect", "mail", *where, *more, **typed)


def well(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.output


def to_clients(office: PostOffice) -> dict[str, int]:
    return {to: number for to, number in office.copies.items() if to != USER}
