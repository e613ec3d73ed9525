"""A command loads no library that it does not use; python -m tests.bench.bench_start tells what that saves."""

import os
import subprocess
import sys
import tomllib
from typing import Final

import pytest

from tests.house.source import ROOT

SCRIPT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]["sheetclerk"]
AS_MODULE: Final = ("-m", "toolkit", "--help")
AS_SCRIPT: Final = (
    "-c",
    "import sys; from {} import {} as main; sys.argv = ['sheetclerk', '--help']; main()".format(*SCRIPT.split(":")),
)
HEAVY: Final = {
    "babel",
    "css_inline",
    "email_validator",
    "gspread",
    "jinja2",
    "markdown_it",
    "openpyxl",
    "phonenumbers",
    "python_calamine",
    "schedule",
    "sqlite3",
    "yagmail",
}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))
    command = [sys.executable, *arguments]
    return subprocess.run(command, env=os.environ | {"PYTHONPATH": paths}, capture_output=True, text=True, check=True)


@pytest.mark.parametrize("command", [AS_MODULE, AS_SCRIPT], ids=["module", "script"])
def test_help_loads_no_heavy_library(command: tuple[str, ...]) -> None:
    done = run("-X", "importtime", *command)
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}

    assert "Usage:" in done.stdout
    assert "toolkit" in loaded
    assert loaded & HEAVY == set()
