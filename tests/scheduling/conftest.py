"""The example shop on Saturday, 21 November 2026, made once and copied for each test."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import toolkit
from tests.scheduling.desk import SATURDAY, WEEKLY, Desk, with_jobs

NewDesk = Callable[..., Desk]


@pytest.fixture(scope="session")
def _example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example") / "shop"
    toolkit.make_shop(folder, clock=toolkit.FixedClock(SATURDAY))
    return folder


@pytest.fixture
def new_desk(_example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> NewDesk:
    """Makes a desk in a shop with these jobs; somebody looked on Saturday unless told otherwise."""

    def made(*jobs: str, sending: str = "", clock: toolkit.FixedClock | None = None, looked: bool = True) -> Desk:
        shop = with_jobs(shutil.copytree(_example, tmp_path / "shop"), *jobs, sending=sending)
        desk = Desk(shop, clock or toolkit.FixedClock(SATURDAY), monkeypatch.chdir)
        if looked:
            assert desk("run", "--due").exit_code == 0
        return desk

    return made


@pytest.fixture
def desk(new_desk: NewDesk) -> Desk:
    """A weekly job and a newsletter with a job of its own."""
    return new_desk(WEEKLY, 'newsletter = "every month on the 1st at 10:00"')
