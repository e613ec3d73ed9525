"""The command line in the example shop, and a Sheets server with a key, for rooms that need no other ones."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from tests.day import MOMENT, clock, typist
from tests.sheets_server.server import SheetsServer
from toolkit.app.commands.new_shop import make_shop
from toolkit.app.google_factory import EMULATOR
from toolkit.app.google_key import USUAL

Run = Callable[..., Result]


@pytest.fixture
def clerk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line in the example shop as it stands in its story, which never ran."""
    make_shop(tmp_path / "shop", clock=clock())
    monkeypatch.chdir(tmp_path / "shop")
    return typist()


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SheetsServer]:
    """The Sheets server, and the key in this user's configuration folder."""
    with SheetsServer().stand_at(MOMENT) as running:
        (tmp_path / "config").mkdir(mode=0o700)
        running.account_file(tmp_path / "config" / USUAL)
        monkeypatch.setenv(EMULATOR, running.url)
        monkeypatch.setenv("SHEETCLERK_CONFIG", str(tmp_path / "config"))
        yield running
