"""Google Sheets, opened by their address and a key."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from toolkit.app.google_key import find_key
from toolkit.book import Words
from toolkit.clock import Clock, chance
from toolkit.errors import ConfigError
from toolkit.sheets.google.address import sheet_id
from toolkit.sheets.google.own_tabs import Notes

if TYPE_CHECKING:
    from toolkit.sheets.google.account_key import AccountKey
    from toolkit.sheets.google.workbook import GoogleWorkbook

EMULATOR: Final = "SHEETCLERK_SHEETS_EMULATOR"
"""Another Sheets API on this computer, such as http://127.0.0.1:8090, for trying things out; nowhere else is taken."""

LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


def say_nothing(_line: str) -> None:
    """Tell nobody that Google lets us wait."""


def notes_in(words: Words) -> Notes:
    """Return the notes at tabs and columns of ours, in a shop's language."""
    return Notes(words.say("sheet", "our_tab"), words.say("sheet", "our_column"))


@dataclass(frozen=True)
class GoogleFactory:
    """Opens Google Sheets.

    Args:
        key_name: the key file's name; "" is the usual one.
        clock: which waits, where Google lets us wait.
        tell: shows a line to the person who waits.
        notes: what people are told at tabs and columns of ours.
    """

    key_name: str
    clock: Clock
    tell: Callable[[str], None] = say_nothing
    notes: Notes = field(default_factory=Notes)

    def open(self, address: str) -> "GoogleWorkbook":
        """Return the sheet at an address, without a request yet.

        Raises:
            ConfigError: the address leads to no Google Sheet.
            SecretMissing: the key is not there, or is none.
        """
        return self.open_with(find_key(self.key_name), address)

    def open_with(self, key: "AccountKey", address: str) -> "GoogleWorkbook":
        """Return the sheet at an address, with a key that was read already."""
        from toolkit.sheets.google.account_key import Login, session_of  # noqa: PLC0415 - as above
        from toolkit.sheets.google.errors import SheetAccess  # noqa: PLC0415 - as above
        from toolkit.sheets.google.http_client import API, RetryingClient, RetryPolicy  # noqa: PLC0415 - gspread takes 0.6 s to load
        from toolkit.sheets.google.workbook import GoogleWorkbook  # noqa: PLC0415 - as above

        sheet, login = sheet_id(address), Login(key.content)
        who = SheetAccess(f"the Google Sheet {sheet[:8]}…", key.account, key.project)
        patience = RetryPolicy(self.clock.wait, chance, self.tell)
        return GoogleWorkbook(sheet, RetryingClient(session_of(login), who, patience, login, _api(API)), self.notes)


def _api(usual: str) -> str:
    """Google's API, or another one on this very computer."""
    named = os.environ.get(EMULATOR, "")
    if named and urlsplit(named).hostname not in LOOPBACK:
        raise ConfigError(
            f"{EMULATOR} names another computer",
            why="the key's token would go there",
            next_step=f"take {EMULATOR} out of the environment",
        )
    return named.rstrip("/") or usual
