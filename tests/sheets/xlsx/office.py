"""LibreOffice as a second opinion: workbooks opened, recalculated as it does on its own, and saved again."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import pytest

OFFICE: Final = shutil.which("soffice")
needs_office: Final = pytest.mark.skipif(not OFFICE, reason="LibreOffice is not on this computer")


LIBRARY: Final = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:libraries PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "libraries.dtd">
<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">
<library:library library:name="Standard" xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple"
 library:link="false"/></library:libraries>"""
MODULES: Final = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Moves"/></library:library>"""
MODULE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Moves" script:language="StarBasic">{}
</script:module>"""
AS_XLSX: Final = "xlsx:Calc MS Excel 2007 XML"

WORK: Final = """
Sub Work
  On Error GoTo Failed
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  Dim book As Object
  book = StarDesktop.loadComponentFromURL("{book}", "_blank", 0, hidden())
  Dim sheet As Object
  sheet = book.Sheets.getByName("{tab}")
{steps}
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName"
  filter(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL("{saved}", filter())
  book.close(True)
  StarDesktop.terminate()
  Exit Sub
Failed:
  Open "{told}" For Output As #1
  Print #1, Error$ & " in line " & Erl
  Close #1
  StarDesktop.terminate()
End Sub
"""


def worked_on(book: Path, tab: str, steps: str, saved: Path) -> Path:
    """A workbook after somebody worked on one of its tabs in LibreOffice, as it is saved there.

    Args:
        book: opened as LibreOffice opens any workbook.
        tab: stands in `sheet`.
        steps: what is done there, in Basic.
        saved: where it is saved.
    """
    profile = saved.parent / "office-profile"
    library = profile / "user" / "basic" / "Standard"
    saved.parent.mkdir()
    _run(profile, "--terminate_after_init")
    told = saved.with_suffix(".txt")
    work = WORK.format(book=book.as_uri(), tab=tab, steps=steps, saved=saved.as_uri(), told=told.as_uri())
    (library.parent / "script.xlc").write_text(LIBRARY, encoding="utf-8")
    (library / "script.xlb").write_text(MODULES, encoding="utf-8")
    (library / "Moves.xba").write_text(MODULE.format(escape(work)), encoding="utf-8")
    _run(profile, "macro:///Standard.Moves.Work")
    assert saved.exists(), told.read_text(encoding="utf-8") if told.exists() else "the macro was not run"
    return saved


def _run(profile: Path, *arguments: str) -> None:
    command = [str(OFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless", *arguments]
    home = {**os.environ, "HOME": str(profile.parent)}
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, env=home)
    assert done.returncode == 0, done.stderr[-1000:]


def converted(books: Sequence[Path], folder: Path) -> list[Path]:
    """Each workbook as LibreOffice saves it, in one call."""
    folder.mkdir(exist_ok=True)
    _run(folder.parent / "office-profile", "--convert-to", AS_XLSX, "--outdir", str(folder), *map(str, books))
    return [folder / book.name for book in books]
