"""Two laptops with the same timetable on one shop's folder, each with a journal of its own."""

import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.house.source import ROOT
from tests.scheduling.conftest import NewDesk
from tests.scheduling.desk import NAIROBI, SATURDAY, WEEKLY, Desk

MONDAY = datetime(2026, 11, 23, 9, tzinfo=NAIROBI)


def laptop(folder: Path, data: Path, moment: datetime) -> subprocess.Popen[str]:
    """`run --due`, begun and not waited for."""
    paths = os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))
    environment = os.environ | {"PYTHONPATH": paths, "SHEETCLERK_DATA": str(data)}
    laptop = str(ROOT / "tests/scheduling/laptop.py")
    command = [sys.executable, laptop, str(folder), moment.isoformat(), "run", "--due"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def both(folder: Path, tmp_path: Path, moment: datetime) -> str:
    """What both print that wake at the same moment."""
    at_once = [laptop(folder, tmp_path / name, moment) for name in ("ann", "ben")]
    said = [one.communicate(timeout=120) for one in at_once]
    return "".join(out for out, _ in said)


def switched(desk: Desk, monkeypatch: pytest.MonkeyPatch, data: Path) -> Desk:
    """The same shop's folder, on the laptop that has this data folder."""
    monkeypatch.setenv("SHEETCLERK_DATA", str(data))
    return desk


def test_two_laptops_that_wake_at_the_same_moment_do_monday_once(new_desk: NewDesk, tmp_path: Path) -> None:
    folder = new_desk(WEEKLY, looked=False).folder
    both(folder, tmp_path, SATURDAY)
    said = both(folder, tmp_path, MONDAY)
    for minutes in (20, 40):
        said += both(folder, tmp_path, MONDAY + timedelta(minutes=minutes))
    assert said.count("Tiers: ") == 1, said
    assert said.count("done     weekly@2026-11-23") == 2, said
    assert len(list(folder.glob("outbox/*/*.eml"))) == 14


def test_two_laptops_by_turns_do_each_monday_once(
    new_desk: NewDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = new_desk(WEEKLY, looked=False)
    for name in ("ann", "ben"):
        switched(desk, monkeypatch, tmp_path / name)("run", "--due")
    for day, first, second in ((23, "ann", "ben"), (30, "ben", "ann")):
        did = switched(desk.at(day, 9), monkeypatch, tmp_path / first)("run", "--due").stdout
        saw = switched(desk.after(minutes=1), monkeypatch, tmp_path / second)("run", "--due").stdout
        assert "Tiers: " in did
        assert "Tiers: " not in saw
        assert "1 passed while off: 1 by another computer" in saw


def test_a_laptop_whose_folder_of_claims_was_lost_reads_the_week_tab(
    new_desk: NewDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = new_desk(WEEKLY, looked=False)
    for name in ("ann", "ben"):
        switched(desk, monkeypatch, tmp_path / name)("run", "--due")
    switched(desk.at(23, 9), monkeypatch, tmp_path / "ann")("run", "--due")
    for claim in (desk.folder / "timetable").iterdir():
        claim.unlink()
    saw = switched(desk.after(minutes=1), monkeypatch, tmp_path / "ben")("run", "--due").stdout
    assert "by 2026-11-23 09:00, " in saw
    assert "Tiers: " not in saw
