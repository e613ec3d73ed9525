"""Twenty secrets and addresses that must appear nowhere but where people typed them."""

import io
import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.day import TODAY, clock, typist
from tests.mail.authority import Authority
from tests.mail.post_office import PASSWORD, USER, PostOffice
from toolkit.app.commands.new_shop import make_shop
from toolkit.channels.redact import redacted
from toolkit.config import with_setting

CANARIES = [f"canary{n:02}@nest{n:02}.example" for n in range(18)]
SHOP_SECRET = "the-shops-own-canary-secret"  # noqa: S105 - a canary
REPLIES = (
    "550 5.1.1 <{}>: no such user",
    "550 {} unknown",
    "451 4.7.1 <{}> greylisted",
    "452 4.2.2 {}: mailbox full",
    "550 5.7.1 {}: blocked as spam",
    "",
)


def lay(folder: Path, port: int) -> None:
    """A shop in a folder of .csv tabs, with a canary for each client."""
    make_shop(folder, clock=clock())
    (folder / "clients.xlsx").unlink()
    tabs = folder / "tabs"
    tabs.mkdir()
    clients = [f"C{n},Client {n},{one},2026-01-01,yes" for n, one in enumerate(CANARIES)]
    (tabs / "Clients.csv").write_text("\n".join(["Client no.,Name,Email,First met,Letters", *clients]))
    bought = [f"P{n},C{n},100,{TODAY}" for n in range(len(CANARIES))]
    (tabs / "Purchases.csv").write_text("\n".join(["Purchase no.,Client no.,Amount,Date", *bought]))
    settings = folder / "sheetclerk.toml"
    mail = {"account": USER, "host": "localhost", "port": port, "security": "starttls", "per_minute": 10_000}
    text = with_setting(settings.read_text(), "book", "where", "tabs")
    for name, value in mail.items():
        text = with_setting(text, "mail", name, value)
    settings.write_text(text)


@pytest.fixture
def clerk(
    tmp_path: Path, authority: Authority, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Result]:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    monkeypatch.setenv("SHEETCLERK_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("SHEETCLERK_MAIL_PASSWORD", PASSWORD)
    monkeypatch.setenv("SHEETCLERK_SHOP_SECRET", SHOP_SECRET)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "shop"))
    lay(tmp_path / "shop", office.port)
    monkeypatch.chdir(tmp_path / "shop")
    return typist()


def test_no_secret_and_no_address_is_told_written_or_logged(
    clerk: Callable[..., Result], office: PostOffice, tmp_path: Path
) -> None:
    logged = io.StringIO()
    ear = logging.StreamHandler(logged)
    logging.getLogger("yagmail").addHandler(ear)
    told = [clerk("connect", "mail").output, clerk("send", "--to-me", "-v").output]
    office.rule = lambda step, to: (
        REPLIES[int(to[6:8]) % len(REPLIES)].format(to) if step == "RCPT" and to.startswith("canary") else ""
    )
    told += [clerk("run", "-v").output for _ in range(4)]
    told += [clerk("outbox").output, clerk("status", "-v").output, clerk("check", "-v").output]
    office.rule = lambda step, _: f"535 5.7.8 {PASSWORD} of {CANARIES[0]} is wrong" if step == "LOGIN" else ""
    told.append(clerk("run", "-v").output)
    logging.getLogger("yagmail").removeHandler(ear)
    typed = {tmp_path / "shop" / "tabs" / "Clients.csv"}
    files = [one for one in (tmp_path / "shop").rglob("*") if one.is_file() and one not in typed]
    everything = "\n".join([*told, logged.getvalue(), *(one.read_text(errors="replace") for one in files)])
    assert "no such user" in everything
    assert len(CANARIES) + 2 == 20
    assert [one for one in (*CANARIES, PASSWORD, SHOP_SECRET) if one in everything] == []


def test_a_traceback_shows_no_address_and_no_secret() -> None:
    words = f"ValueError: <{CANARIES[0]}> said {PASSWORD}, not to {CANARIES[1]}; id 12"
    assert redacted(words, [PASSWORD, ""]) == "ValueError: <c***@n***> said ***, not to c***@n***; id 12"


def test_words_without_an_address_stay_as_they_are() -> None:
    assert redacted("550 5.1.1 user unknown @ home", ["550"]) == "550 5.1.1 user unknown @ home"
