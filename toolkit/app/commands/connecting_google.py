"""The connection of a shop to its Google Sheet."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from toolkit.app.factory import SETTINGS
from toolkit.app.google_factory import GoogleFactory, say_nothing
from toolkit.app.google_key import CONNECT, ENVIRONMENT, USUAL, find_key, keep_key, key_file
from toolkit.clock import Clock, SystemClock
from toolkit.config import config_of, edit_settings, read_config, with_setting
from toolkit.errors import ConfigError, NotShared, SecretMissing
from toolkit.sheets.google import is_web_address, plain_address

if TYPE_CHECKING:
    from toolkit.sheets.google.account_key import AccountKey
    from toolkit.sheets.google.workbook import GoogleWorkbook

SET_UP_STEPS: Final = (
    ("project", "open https://console.cloud.google.com/projectcreate, give any name, press Create"),
    ("API on", "open https://console.cloud.google.com/apis/library/sheets.googleapis.com, press Enable"),
    (
        "key",
        "open https://console.cloud.google.com/iam-admin/serviceaccounts, Create service account, Keys, Add key, JSON",
    ),
    ("share", "open your sheet, press Share, add the account's address as Editor"),
)
"""What a person does once, in this order."""

LOOK_AGAIN: Final = 5.0
"""Seconds between two looks whether the sheet opens."""

MOST_LOOKS: Final = 120
"""So often it is looked, which is ten minutes."""


@dataclass(frozen=True, slots=True)
class SheetConnected:
    """The result of connect google.

    Args:
        title: the sheet's.
        tabs: how many tabs it has.
        address: its plain address.
        settings: the sheetclerk.toml that names it now; None where one does not stand in a shop.
        before: the workbook that these named before; "" where they named this one.
    """

    title: str
    tabs: int
    address: str
    settings: Path | None = None
    before: str = ""


def take_key(given: Path) -> "AccountKey":
    """Check a key file, and copy it to where it is kept.

    Raises:
        SecretMissing: it is none, or not safe where it lies.
        SetupError: it cannot be kept.
    """
    return keep_key(given, USUAL)


def kept_at() -> Path:
    """Return the file in which `take_key` keeps it."""
    return key_file(USUAL)


def known_key() -> "AccountKey | None":
    """Return the key that is kept already, or None if there is none.

    Raises:
        SecretMissing: what is kept is no key, or others can read it.
    """
    try:
        return find_key(_key_name(Path()))
    except SecretMissing as missing:
        if missing.what.endswith("is not there"):
            return None
        raise


def known_sheet(folder: Path) -> str:
    """Return the address of the sheet in a folder's settings, or "" if they name none."""
    where = read_config(folder / SETTINGS).book.where if (folder / SETTINGS).is_file() else ""
    return where if is_web_address(where) else ""


def connect_sheet(
    folder: Path, key: "AccountKey", address: str, clock: Clock | None = None, tell: Callable[[str], None] = say_nothing
) -> SheetConnected:
    """Wait until the sheet opens, then name it in the shop's settings.

    Args:
        folder: where one stands; settings that are there get the address.
        key: the key, checked.
        address: the sheet's.
        clock: waits between two looks; the computer's own if none is given.
        tell: gets a line where something still has to be done.

    Raises:
        NotShared: after ten minutes it still does not open.
        ConfigError: the address leads to no sheet.
        ToolkitError: something else is wrong with it.
    """
    clock = clock or SystemClock()
    workbook = GoogleFactory("", clock, tell).open_with(key, address)
    _wait_until_open(workbook, clock, tell)
    settings = folder / SETTINGS
    tabs, plain = len(workbook.tabs().tabs), plain_address(address)
    if not settings.is_file():
        return SheetConnected(workbook.name, tabs, plain)
    return SheetConnected(workbook.name, tabs, plain, settings, _name_sheet(settings, address))


def _wait_until_open(workbook: "GoogleWorkbook", clock: Clock, tell: Callable[[str], None]) -> None:
    from toolkit.sheets.google.errors import THEN_AGAIN  # noqa: PLC0415 - google-auth takes 0.3 s to load

    said = ""
    for look in range(MOST_LOOKS):
        try:
            workbook.tabs()
            workbook.probe()
        except NotShared as closed:
            if look == MOST_LOOKS - 1:
                raise
            if closed.what != said:
                step = closed.next_step.removesuffix(THEN_AGAIN)
                tell(f"waiting, ten minutes at most: {closed.what}; {step}; then this goes on by itself")
            said = closed.what
            clock.wait(LOOK_AGAIN)
        else:
            return


def _name_sheet(settings: Path, address: str) -> str:
    """Name the sheet in the settings, and return the workbook they named before."""
    before = read_config(settings).book.where

    def changed(text: str) -> str:
        return with_setting(with_setting(text, "book", "where", address), "book", "key_file", USUAL)

    edit_settings(settings, changed, config_of)
    return "" if before == address else before


def _key_name(folder: Path) -> str:
    return read_config(folder / SETTINGS).book.key_file if (folder / SETTINGS).is_file() else ""


def refuse_no_key(given: Path | None) -> Path:
    """Return the key file that was named.

    Raises:
        SecretMissing: none was.
    """
    if given:
        return given
    raise SecretMissing(
        "there is no key yet",
        why="a Google Sheet opens only with the key of a service account; the steps above lead to one",
        next_step=f"{CONNECT}        (the file of step 3)",
    )


def refuse_no_address(address: str) -> str:
    """Return the address that was named.

    Raises:
        ConfigError: there is none.
    """
    if address:
        return address
    raise ConfigError(
        "no Google Sheet is named",
        why=f"without its address nothing can be opened; the key alone ({ENVIRONMENT} or its file) opens many",
        next_step='sheetclerk connect google "https://docs.google.com/spreadsheets/d/..."',
    )
