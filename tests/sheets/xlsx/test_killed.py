"""kill -9 at many points of a save; 200 of them: SHEETCLERK_SOAK=1 pytest tests/sheets/xlsx/test_killed.py."""

import os
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from tests.contracts import TABS
from tests.sheets.xlsx.save_child import tab
from tests.sheets.xlsx.test_xlsx_workbook import lay
from toolkit.sheets.xlsx import XlsxWorkbook, read_tabs

ROOT = Path(__file__).parents[3]
KILLS = 200 if os.environ.get("SHEETCLERK_SOAK") else 12
A_SAVE = 0.35
"""Seconds within which the points of a kill lie; on a busy computer some saves take longer."""


def saved_until(path: Path, seconds: float | None) -> int:
    """Let another process save, kill it after so many seconds, and return its exit code."""
    command = [sys.executable, "-m", "tests.sheets.xlsx.save_child", str(path)]
    paths = os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))
    own = os.environ | {"PYTHONPATH": paths}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT, env=own) as child:
        assert child.stdout
        assert child.stdin
        assert child.stdout.readline() == "ready\n"
        child.stdin.write("go\n")
        child.stdin.flush()
        with suppress(subprocess.TimeoutExpired):
            child.wait(seconds)
        child.kill()
    return child.returncode


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_a_killed_save_leaves_the_old_workbook_or_the_new_one(tmp_path: Path) -> None:
    path = lay(tmp_path / "clients.xlsx", TABS)
    XlsxWorkbook(path).write([tab("old")])
    old = path.read_bytes()
    assert saved_until(path, None) == 0
    new = path.read_bytes()
    assert new != old

    left = Counter[str]()
    for kill in range(KILLS):
        path.write_bytes(old)
        saved_until(path, A_SAVE * kill / KILLS)
        found = path.read_bytes()
        assert found in (old, new)
        assert len(read_tabs(path)["Standing"]) == len(tab("").rows) + 1
        left["old" if found == old else "new"] += 1

    assert left["old"]
    assert left.total() == KILLS
    XlsxWorkbook(path).write([tab("after")])
    assert read_tabs(path)["Standing"][1][1] == "after"
