import os
import resource
import stat
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.contracts import PROBLEMS, STANDING, TABS
from tests.sheets.xlsx.disks import break_disk, breaking_disk, fill_up, make_read_only, needs_disks, small_disk
from tests.sheets.xlsx.test_xlsx_workbook import lay
from toolkit.book.grid import OwnTab
from toolkit.errors import WorkbookBusy, WorkbookUnsafe
from toolkit.sheets.files import BACKUPS_KEPT, back_up
from toolkit.sheets.xlsx import XlsxWorkbook, read_tabs


def tab(number: int) -> OwnTab:
    return OwnTab("Standing", ("Client no.", "Tier"), ((f"C{number}", "Gold"),))


def files_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_the_old_file_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    path = lay(tmp_path / "clients.xlsx", TABS)
    path.chmod(0o640)
    moment = datetime(2026, 11, 21, 9, 30, tzinfo=UTC).timestamp()
    os.utime(path, (moment, moment))
    old = path.read_bytes()

    XlsxWorkbook(path).write([STANDING])

    (backup,) = (tmp_path / "backups").iterdir()
    assert backup.name.startswith("clients 2026-11-2")
    assert backup.suffix == ".xlsx"
    assert backup.read_bytes() == old
    assert backup.stat().st_mtime == moment
    assert stat.S_IMODE(backup.stat().st_mode) == 0o640


def test_the_last_ten_versions_are_kept_and_other_files_stay(tmp_path: Path) -> None:
    path = lay(tmp_path / "clients.xlsx", TABS)
    (tmp_path / "backups").mkdir()
    for name in ("notes.txt", "clients of my own.xlsx", "clients-2025 2026-11-21 093000000.xlsx"):
        (tmp_path / "backups" / name).write_text("mine")

    for number in range(BACKUPS_KEPT + 3):
        os.utime(path, (1_700_000_000 + number, 1_700_000_000 + number))
        XlsxWorkbook(path).write([tab(number)])

    backups = [one for one in (tmp_path / "backups").iterdir() if one.read_bytes() != b"mine"]
    assert len(backups) == BACKUPS_KEPT
    newest = max(backups, key=lambda one: one.stat().st_mtime)
    assert read_tabs(newest)["Standing"][1][0] == f"C{BACKUPS_KEPT + 1}"
    assert len(list((tmp_path / "backups").iterdir())) == BACKUPS_KEPT + 3


def test_a_file_that_is_not_there_yet_needs_no_copy(tmp_path: Path) -> None:
    back_up(tmp_path / "clients.xlsx")

    assert list(tmp_path.iterdir()) == []


def test_a_link_is_followed_and_the_copy_lies_beside_the_real_file(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    path = lay(tmp_path / "real" / "book.xlsx", TABS)
    link = tmp_path / "clients.xlsx"
    link.symlink_to(path)

    XlsxWorkbook(link).write([STANDING])

    assert link.is_symlink()
    assert next(name for name in files_in(tmp_path) if "backups" in name).startswith("real/backups/book ")


def test_a_lock_beside_the_real_file_counts_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    path = lay(tmp_path / "real" / "book.xlsx", TABS)
    (tmp_path / "clients.xlsx").symlink_to(path)
    (tmp_path / "real" / "~$book.xlsx").write_bytes(b"Asha")

    with pytest.raises(WorkbookBusy, match="open in another program"):
        XlsxWorkbook(tmp_path / "clients.xlsx").write([STANDING])


def test_what_a_killed_run_left_is_swept_after_an_hour(tmp_path: Path) -> None:
    path = lay(tmp_path / "clients.xlsx", TABS)
    old, young = tmp_path / ".clients.xlsx.123.tmp", tmp_path / ".clients.xlsx.124.tmp"
    for left in (old, young):
        left.write_bytes(b"half")
    os.utime(old, (1_700_000_000, 1_700_000_000))

    XlsxWorkbook(path).write([STANDING])

    assert not old.exists()
    assert young.exists()


def test_the_file_is_patched_as_it_is_by_then(tmp_path: Path) -> None:
    path = lay(tmp_path / "clients.xlsx", TABS)
    book = XlsxWorkbook(path)
    book.rows()
    lay(path, {**TABS, "Notes": (("typed meanwhile",),)})

    book.write([STANDING])

    assert read_tabs(path)["Notes"] == [["typed meanwhile"]]


def test_a_file_that_got_damaged_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = lay(tmp_path / "clients.xlsx", TABS)
    book = XlsxWorkbook(path)
    book.rows()
    path.write_bytes(path.read_bytes()[:2000])

    with pytest.raises(WorkbookUnsafe, match="cannot be read"):
        book.write([STANDING])

    assert files_in(tmp_path) == ["clients.xlsx"]


@needs_disks
def test_a_full_disk_is_told_and_harms_nothing_wherever_it_gets_full(tmp_path: Path) -> None:
    told: list[WorkbookBusy] = []
    with small_disk(tmp_path / "disk", 64) as disk:
        path = lay(disk / "clients.xlsx", TABS)
        XlsxWorkbook(path).write([STANDING])
        old, there = path.read_bytes(), files_in(disk)
        for free in range(24):
            fill_up(disk, free)
            try:
                XlsxWorkbook(path).write([tab(free), PROBLEMS])
                break
            except WorkbookBusy as error:
                told.append(error)
            (disk / "filler").unlink()
            assert path.read_bytes() == old
            assert files_in(disk) == there
        assert read_tabs(path)["Standing"][1][0] == f"C{free}"
    assert len(told) >= 4
    assert {("No space left" in error.why, str(error).count("\n")) for error in told} == {(True, 2)}


@needs_disks
def test_a_disk_that_became_read_only_is_told(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 64) as disk:
        path = lay(disk / "clients.xlsx", TABS)
        old = path.read_bytes()
        make_read_only(disk)

        for use in (XlsxWorkbook(path).check_writable, lambda: XlsxWorkbook(path).write([STANDING])):
            with pytest.raises(WorkbookBusy) as told:
                use()
            assert "Read-only file system" in told.value.why

        assert path.read_bytes() == old
        assert XlsxWorkbook(path).rows()


@needs_disks
def test_a_disk_that_breaks_is_told(tmp_path: Path) -> None:
    with breaking_disk(tmp_path / "disk") as (disk, memory):
        path = lay(disk / "clients.xlsx", TABS)
        old = path.read_bytes()
        break_disk(memory)

        with pytest.raises(WorkbookBusy) as told:
            XlsxWorkbook(path).write([STANDING])

        assert "Input/output error" in told.value.why
        assert path.read_bytes() == old
        assert files_in(disk) == ["clients.xlsx"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
@pytest.mark.parametrize("most", [0, 1, 100, 2_000, 5_000])
def test_a_limit_for_files_is_told_and_harms_nothing(tmp_path: Path, most: int) -> None:
    path = lay(tmp_path / "clients.xlsx", TABS)
    book, old = XlsxWorkbook(path), path.read_bytes()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        with pytest.raises(WorkbookBusy) as told:
            book.write([STANDING, PROBLEMS])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert "File too large" in told.value.why
    assert path.read_bytes() == old
    assert files_in(tmp_path) == ["clients.xlsx"]
