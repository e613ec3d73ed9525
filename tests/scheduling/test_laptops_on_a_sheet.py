"""Two laptops with the same timetable on one Google Sheet, each with a folder and a journal of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.house.source import ROOT
from tests.scheduling.conftest import NewDesk
from tests.scheduling.desk import NAIROBI, SATURDAY, WEEKLY
from tests.sheets.google.sheet_desk import made_of
from tests.sheets_server.server import SheetsServer
from toolkit.app.google_factory import EMULATOR
from toolkit.app.google_key import USUAL
from toolkit.config import with_setting
from toolkit.sheets.xlsx import read_tabs

MONDAY = datetime(2026, 11, 23, 9, tzinfo=NAIROBI)
NAMES = ("ann", "ben")


class Team:
    """Ann's and Ben's laptops at one sheet."""

    def __init__(self, folder: Path, config: Path, server: SheetsServer) -> None:
        self._home = folder.parent
        self._environment = os.environ | {
            "PYTHONPATH": os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", ""))),
            "SHEETCLERK_CONFIG": str(config),
            EMULATOR: server.url,
        }
        link = made_of(server, read_tabs(folder / "clients.xlsx")).link
        for name in NAMES:
            shop = shutil.copytree(folder, self._home / name)
            (shop / "clients.xlsx").unlink()
            settings = shop / "sheetclerk.toml"
            settings.write_text(with_setting(settings.read_text(encoding="utf-8"), "book", "where", link), "utf-8")

    def _wakes(self, name: str, moment: datetime) -> "subprocess.Popen[str]":
        script, shop = str(ROOT / "tests/scheduling/laptop.py"), str(self._home / name)
        return subprocess.Popen(
            [sys.executable, script, shop, moment.isoformat(), "run", "--due"],
            env=self._environment | {"SHEETCLERK_DATA": str(self._home / f"data of {name}")},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def wake(self, *names: str, at: datetime) -> str:
        """What those laptops print that wake at the same moment."""
        awake = [self._wakes(name, at) for name in names]
        return "".join("".join(one.communicate(timeout=120)) for one in awake)

    def sends_mail(self) -> None:
        """From now on letters truly leave."""
        mail = {"account": "duka@example.com", "host": "127.0.0.1", "port": 1}
        for name in NAMES:
            settings = self._home / name / "sheetclerk.toml"
            text = with_setting(settings.read_text(encoding="utf-8"), "sending", "channel", "mail")
            for key, value in mail.items():
                text = with_setting(text, "mail", key, value)
            settings.write_text(text, encoding="utf-8")

    @property
    def letters(self) -> int:
        """How many letters both have written."""
        return sum(len(list((self._home / name).glob("outbox/*/*.eml"))) for name in NAMES)


@pytest.fixture
def team(new_desk: NewDesk, tmp_path: Path) -> Iterator[Team]:
    folder, config = new_desk(WEEKLY, looked=False).folder, tmp_path / "config"
    config.mkdir(mode=0o700)
    with SheetsServer() as server:
        server.account_file(config / USUAL)
        yield Team(folder, config, server)


def test_two_laptops_that_wake_at_once_on_one_sheet_do_monday_once(team: Team) -> None:
    team.wake(*NAMES, at=SATURDAY)
    said = team.wake(*NAMES, at=MONDAY)
    for minutes in (20, 40):
        said += team.wake(*NAMES, at=MONDAY + timedelta(minutes=minutes))
    assert said.count("Tiers: ") == 1, said
    assert team.letters == 14


def test_two_laptops_by_turns_on_one_sheet_do_each_monday_once(team: Team) -> None:
    team.wake(*NAMES, at=SATURDAY)
    for week, (first, second) in enumerate((NAMES, NAMES[::-1])):
        monday = MONDAY + timedelta(weeks=week)
        assert "Tiers: " in team.wake(first, at=monday)
        assert "Tiers: " not in team.wake(second, at=monday + timedelta(minutes=1))


def test_a_laptop_whose_clock_is_off_the_servers_sends_nothing(team: Team) -> None:
    team.wake("ann", at=SATURDAY)
    team.sends_mail()
    team.wake("ann", at=SATURDAY)
    said = team.wake("ann", at=MONDAY)
    assert "this computer's clock is wrong" in said
    assert "off the server's; nothing was sent" in said
    assert team.letters == 0
