"""LibreOffice as a second opinion: workbooks opened, recalculated as it does on its own, and saved again."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

OFFICE: Final = shutil.which("soffice")
needs_office: Final = pytest.mark.skipif(not OFFICE, reason="LibreOffice is not on this computer")


def converted(books: Sequence[Path], folder: Path) -> list[Path]:
    """Each workbook as LibreOffice saves it, in one call."""
    folder.mkdir(exist_ok=True)
    profile = folder.parent / "office-profile"
    command = [
        str(OFFICE),
        f"-env:UserInstallation=file://{profile}",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(folder),
        *map(str, books),
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=300, check=False, env={**os.environ, "HOME": str(folder)}
    )
    assert done.returncode == 0, done.stderr[-1000:]
    return [folder / book.name for book in books]
