import os
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from toolkit.delivery.lock import run_lock
from toolkit.errors import RunLocked, SetupError

ROOT = Path(__file__).parents[2]
HOLDER = """
import sys
from pathlib import Path
from toolkit.delivery.lock import run_lock
with run_lock(Path(sys.argv[1]), "shop"):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_run(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    paths = os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))
    command = [sys.executable, "-c", HOLDER, str(folder)]
    with subprocess.Popen(
        command, env=os.environ | {"PYTHONPATH": paths}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == "held\n"
        try:
            yield run
        finally:
            run.kill()


def test_a_second_run_on_this_computer_is_told_who_is_at_work_and_since_when(tmp_path: Path) -> None:
    with another_run(tmp_path) as run, pytest.raises(RunLocked) as locked, run_lock(tmp_path, "shop"):
        pass
    assert f"(process {run.pid})" in locked.value.why
    assert " since " in locked.value.why
    assert locked.value.exit_code == 5
    assert len(str(locked.value).splitlines()) == 3


def test_the_files_that_a_killed_run_left_behind_block_no_later_run(tmp_path: Path) -> None:
    with another_run(tmp_path) as run:
        run.kill()
        run.wait()
        assert list(tmp_path.glob("*.lock"))
        assert list(tmp_path.glob("*.json"))
        with run_lock(tmp_path, "shop"):
            pass


def test_a_note_that_cannot_be_read_still_means_locked(tmp_path: Path) -> None:
    with another_run(tmp_path):
        [note] = tmp_path.glob("*.json")
        for broken in ("{", "[]", '{"who": "Ann"}'):
            note.write_text(broken, encoding="utf-8")
            with pytest.raises(RunLocked, match="holds the lock"), run_lock(tmp_path, "shop"):
                pass


def test_the_lock_is_free_again_after_a_run_and_after_one_that_failed(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a bug"), run_lock(tmp_path, "shop"):
        raise ValueError("a bug")
    with run_lock(tmp_path, "shop"):
        assert list(tmp_path.glob("*.json"))
    assert not list(tmp_path.glob("*.json"))


def test_two_shops_do_not_wait_for_each_other(tmp_path: Path) -> None:
    with run_lock(tmp_path / "data", "one"), run_lock(tmp_path / "data", "../other"):
        assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_folder_that_cannot_hold_a_lock_is_a_set_up_to_mend(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(SetupError) as error, run_lock(tmp_path / "data", "shop"):
        pass
    assert len(str(error.value).splitlines()) == 3


def test_locking_warns_of_nothing(tmp_path: Path) -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        with run_lock(tmp_path, "shop"):
            pass
    assert told == []
