"""Whoever reads our output may stop before its end, as head does."""

import os
import subprocess

import pytest

from tests.day import ROOT, own_process


@pytest.mark.usefixtures("clerk")
def test_a_reader_who_leaves_is_no_mistake_of_ours() -> None:
    here, there = os.pipe()
    os.close(here)
    paths = os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))
    done = subprocess.run(
        own_process("check"),
        stdout=there,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": paths},
    )
    os.close(there)
    assert "unexpected" not in done.stderr
    assert done.returncode == 1
