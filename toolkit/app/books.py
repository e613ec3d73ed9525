"""Workbooks by their path or web address."""

from pathlib import Path
from typing import Final, TypeAlias

from toolkit.app.google_factory import GoogleFactory
from toolkit.clock import SystemClock
from toolkit.errors import ConfigError
from toolkit.sheets.csv_folder import CsvFolder
from toolkit.sheets.google import is_web_address, plain_address, sheet_id
from toolkit.sheets.workbook import Workbook
from toolkit.sheets.xlsx import XlsxWorkbook

RESULTS: Final = "results.xlsx"
XLSX: Final = (".xlsx", ".xlsm")

Place: TypeAlias = str | Path
"""Where a workbook is: a path, or the address of a Google Sheet."""


def place_of(folder: Path, where: str) -> Place:
    """Return the place of the workbook that a folder's settings name."""
    return where if is_web_address(where) else folder / where


def place_given(where: Place) -> Place:
    """Return the place that a person named."""
    return str(where) if is_web_address(str(where)) else Path(where)


def workbook_at(where: Place, door: GoogleFactory | None = None) -> Workbook:
    """Return the workbook at a place.

    Args:
        where: a path, or the address of a Google Sheet.
        door: how a Google Sheet is opened, and by which clock writing waits while somebody has a file; the usual key
            and this computer's clock if none is given.

    Raises:
        ConfigError: no kind of ours.
        SecretMissing: a Google Sheet whose key is not on this computer.
    """
    door = door or GoogleFactory("", SystemClock())
    if isinstance(where, str) and is_web_address(where):
        return door.open(plain_address(where))
    path, wait = Path(where), door.clock.wait
    if path.is_dir():
        return CsvFolder(path, wait)
    if path.suffix.casefold() in (*XLSX, ""):
        return XlsxWorkbook(path, wait)
    raise ConfigError(
        f"{path.name} cannot be read",
        why="a workbook is an .xlsx file, a folder of .csv tabs, or the address of a Google Sheet",
        next_step="save it as .xlsx, or put its tabs as .csv files into a folder",
    )


def results_of(where: Place) -> Path:
    """Return the file for the results of a workbook that is only read."""
    if isinstance(where, str) and is_web_address(where):
        return Path(f"sheet-{sheet_id(where)[:8]}-{RESULTS}")
    return Path(f"{Path(where).stem}-{RESULTS}")


def short_name(where: Place) -> str:
    """Return the name of a shop without settings, or "" for a sheet, whose title is not read yet."""
    return "" if isinstance(where, str) and is_web_address(where) else Path(where).stem
