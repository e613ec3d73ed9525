"""Addresses of Google Sheets as people paste them."""

import re
from typing import Final

from toolkit.errors import ConfigError

_SHEET: Final = re.compile(r"/spreadsheets/(?:u/\d+/)?d/([A-Za-z0-9_-]{10,})")
_WEB: Final = re.compile(r"https?:|(?:docs|drive|sheets)\.google\.com/", re.IGNORECASE)
_COPY: Final = "open the sheet in the browser and copy the whole address: https://docs.google.com/spreadsheets/d/..."

_OTHERS: Final = (
    ("/spreadsheets/d/e/", "it shows a published page, which can only be looked at", _COPY),
    ("drive.google.com/drive/", "it leads to a folder of Google Drive", "look for the sheet in that folder; " + _COPY),
    (
        "drive.google.com/",
        "it leads to a file in Google Drive, such as an .xlsx, and not to an open sheet",
        "open the file there with Google Sheets, choose File, Save as Google Sheets, and copy the new address",
    ),
    ("docs.google.com/forms/", "it leads to a form", "open the sheet with the form's answers and copy its address"),
    ("docs.google.com/document/", "it leads to a text document", _COPY),
)


def is_web_address(where: str) -> bool:
    """Return True for a web address, also without its https://."""
    return bool(_WEB.match(where))


def plain_address(address: str) -> str:
    """Return the address without ? and &, which shells interpret.

    Raises:
        ConfigError: it leads to no Google Sheet.
    """
    return f"https://docs.google.com/spreadsheets/d/{sheet_id(address)}"


def sheet_id(address: str) -> str:
    """Return the id of the sheet at an address.

    Raises:
        ConfigError: it leads to something else.
    """
    kind = next((other for other in _OTHERS if other[0] in address), None)
    match = _SHEET.search(address)
    if match and kind is None:
        return match[1]
    _, why, next_step = kind or ("", "the address of a Google Sheet has /spreadsheets/d/ and its id in it", _COPY)
    raise ConfigError(f"{address} is not the address of a Google Sheet", why=why, next_step=next_step)
