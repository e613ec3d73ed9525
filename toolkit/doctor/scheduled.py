"""The checks as a scheduler would run them."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from toolkit.app.sending import data_folder
from toolkit.doctor.finding import Finding, Mark

HANDED_ON: Final = ("HOME", "USER", "LOGNAME", "SYSTEMROOT", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
"""What a scheduler leaves of a person's environment."""

BARE_PATH: Final = "/usr/bin:/bin"
DOCTOR_SECONDS: Final = 900


def findings_as_scheduled(folder: Path) -> Iterator[Finding]:
    """Yield the findings of doctor when a scheduler starts it.

    Args:
        folder: the shop's.
    """
    command = (sys.executable, "-m", "toolkit", "doctor", "--json")
    done = subprocess.run(  # noqa: S603 - our own command
        command,
        cwd=folder,
        env=bare_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=DOCTOR_SECONDS,
    )
    try:
        parts = json.loads(done.stdout)["parts"]
    except (ValueError, KeyError, TypeError):
        yield _did_not_start(done.stderr)
        return
    yield from map(_finding, parts)


def bare_environment() -> dict[str, str]:
    """Return the bare environment that the files of `schedule install` give."""
    left = {name: os.environ[name] for name in HANDED_ON if name in os.environ}
    return left | {"SHEETCLERK_DATA": str(data_folder().resolve()), "PATH": BARE_PATH}


def _finding(part: dict[str, Any]) -> Finding:
    why, step = part.get("why", ""), part.get("next", "")
    if part["mark"] == Mark.STOP:
        why = f"{why} (as a scheduler would start it)"
    return Finding(part["part"], Mark(part["mark"]), part["words"], why, step, part.get("exit_code", 0))


def _did_not_start(said: str) -> Finding:
    last = next((line for line in reversed(said.splitlines()) if line.strip()), "it said nothing")
    return Finding(
        "scheduled run",
        Mark.STOP,
        "sheetclerk does not start without your shell's environment",
        why=f"it said: {last[:200]}",
        next_step="install sheetclerk into a virtual environment, and call it from there: sheetclerk schedule install",
        exit_code=4,
    )
