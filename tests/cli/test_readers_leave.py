"""Whoever reads our output may stop before its end, as head does."""

import os
import subprocess
import sys

import pytest

from tests.house.source import ROOT


@pytest.mark.usefixtures("clerk")
def test_a_reader_who_leaves_is_no_mistake_of_ours() -> None:
    here, there = os.pipe()
    os.close(here)
    paths = os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", "check"],
        stdout=there,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": paths},
    )
    os.close(there)
    assert "unforeseen" not in done.stderr
    assert done.returncode == 1
