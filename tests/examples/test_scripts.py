"""The scripts in examples/ do what they say, and do it once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import toolkit

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    toolkit.make_shop(tmp_path / "shop")
    return tmp_path


def run(script: str, folder: Path) -> str:
    here = {**os.environ, "PYTHONPATH": str(EXAMPLES.parent)}
    done = subprocess.run(
        [sys.executable, EXAMPLES / script], cwd=folder, env=here, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_script_is_run_here() -> None:
    assert {path.name for path in EXAMPLES.glob("*.py")} == {"weekly.py", "one_off.py"}


def test_the_weekly_script_writes_each_letter_once(folder: Path) -> None:
    assert run("weekly.py", folder).splitlines() == [
        "15 ready, 3 held, 0 already sent",
        "Clients!I4 email-no-dot",
        "Clients!J6 phone-rounded",
    ]
    assert run("weekly.py", folder).startswith("0 ready, 3 held")


def test_the_one_off_script_is_safe_to_run_twice(folder: Path) -> None:
    first = run("one_off.py", folder)
    written = list((folder / "shop" / "outbox").rglob("*.eml"))
    assert first == f"{len(written)} ready, 0 held, 0 already sent\n"
    assert (folder / "out" / "index.html").is_file()
    assert run("one_off.py", folder) == f"0 ready, 0 held, {len(written)} already sent\n"
    assert list((folder / "shop" / "outbox").rglob("*.eml")) == written
