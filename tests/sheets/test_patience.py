"""A file that another program or run holds for a moment."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.contracts import PROBLEMS, STANDING, TABS
from tests.sheets.xlsx.test_xlsx_workbook import lay
from toolkit.clock import FixedClock
from toolkit.errors import WorkbookBusy
from toolkit.sheets.csv_folder import CsvFolder
from toolkit.sheets.files import FILE_TRIES, PAUSE, locked, put_all, retry
from toolkit.sheets.xlsx import XlsxWorkbook

ROOT = Path(__file__).parents[2]
HOLDER = """
import sys
from pathlib import Path
from toolkit.sheets.files import at_once, locked
with locked(Path(sys.argv[1]), at_once):
    print("held", flush=True)
    sys.stdin.read()
"""


class OpenElsewhere:
    """A file that Windows lets nobody replace until another program has closed it."""

    def __init__(self, refusals: int) -> None:
        self.refusals = refusals
        self.tries = 0

    def replace(self) -> None:
        self.tries += 1
        if self.tries <= self.refusals:
            raise PermissionError(13, "The process cannot access the file because it is being used")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 22, tzinfo=UTC))


def another_run(path: Path) -> "subprocess.Popen[str]":
    paths = os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))
    run = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        env=os.environ | {"PYTHONPATH": paths},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert run.stdout is not None
    assert run.stdout.readline() == "held\n"
    return run


@pytest.mark.parametrize("refusals", range(FILE_TRIES))
def test_a_file_that_is_closed_in_time_is_replaced(clock: FixedClock, refusals: int) -> None:
    file = OpenElsewhere(refusals)
    retry(file.replace, clock.wait)
    assert (file.tries, clock.waits) == (refusals + 1, [PAUSE] * refusals)


def test_after_five_tries_in_two_seconds_it_is_given_up(clock: FixedClock) -> None:
    file = OpenElsewhere(99)
    with pytest.raises(PermissionError):
        retry(file.replace, clock.wait)
    assert (file.tries, sum(clock.waits)) == (5, 2.0)


def test_every_other_refusal_is_told_at_once(clock: FixedClock) -> None:
    def full() -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        retry(full, clock.wait)
    assert clock.waits == []


def test_where_another_run_writes_the_file_one_waits_two_seconds_and_changes_nothing(
    tmp_path: Path, clock: FixedClock
) -> None:
    path = lay(tmp_path / "clients.xlsx", TABS)
    before = path.read_bytes()
    with another_run(path) as run:
        with pytest.raises(WorkbookBusy, match="another run") as told:
            XlsxWorkbook(path, clock.wait).write([STANDING])
        run.kill()
    assert (path.read_bytes(), sum(clock.waits)) == (before, 2.0)
    assert len(str(told.value).splitlines()) == 3


def test_a_run_that_ends_meanwhile_is_waited_for(tmp_path: Path) -> None:
    path = lay(tmp_path / "clients.xlsx", TABS)
    waits: list[float] = []
    with another_run(path) as run:

        def wait(seconds: float) -> None:
            waits.append(seconds)
            run.kill()
            run.wait()

        XlsxWorkbook(path, wait).write([STANDING])
    assert waits == [PAUSE]
    assert "Standing" in XlsxWorkbook(path).rows()


def test_a_lock_file_that_was_left_behind_holds_nobody_up(tmp_path: Path, clock: FixedClock) -> None:
    path = lay(tmp_path / "clients.xlsx", TABS)
    (tmp_path / ".clients.xlsx.lock").write_text("")
    XlsxWorkbook(path, clock.wait).write([STANDING])
    XlsxWorkbook(path, clock.wait).write([PROBLEMS])
    assert clock.waits == []


def test_behind_a_link_the_lock_of_the_real_file_counts(tmp_path: Path, clock: FixedClock) -> None:
    path = lay(tmp_path / "clients.xlsx", TABS)
    (tmp_path / "shared").mkdir()
    link = tmp_path / "shared" / "clients.xlsx"
    link.symlink_to(path)
    with locked(path, clock.wait), pytest.raises(WorkbookBusy):
        XlsxWorkbook(link, clock.wait).write([STANDING])


def test_a_folder_of_csv_tabs_has_one_lock_for_all(tmp_path: Path, clock: FixedClock) -> None:
    (tmp_path / "Clients.csv").write_text("Client no.,Name\nC1,Asha\n")
    with locked(tmp_path / "tabs", clock.wait), pytest.raises(WorkbookBusy):
        CsvFolder(tmp_path, clock.wait).write([STANDING])
    CsvFolder(tmp_path, clock.wait).write([STANDING])
    assert sorted(CsvFolder(tmp_path).rows()) == ["Clients", "Standing"]


def test_a_disk_without_locks_is_written_all_the_same(tmp_path: Path, clock: FixedClock) -> None:
    (tmp_path / ".clients.txt.lock").mkdir()
    with locked(tmp_path / "clients.txt", clock.wait):
        put_all({tmp_path / "clients.txt": b"new"}, wait=clock.wait)
    assert (tmp_path / "clients.txt").read_bytes() == b"new"
