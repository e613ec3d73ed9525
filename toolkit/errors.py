"""The errors in use.

ToolkitError                    exit code 1
  SetupError                    4, nothing was done yet
    ConfigError                   sheetclerk.toml, or a word in it
    SecretMissing                 a password or key
    ChannelNotReady               the way by which letters leave
    WorkbookNotFound              the file or sheet
    NotShared                     the Google Sheet
  WorkbookError                 4, the next run writes what could not be written
    WorkbookBusy                  open elsewhere, or a folder that cannot be written
    WorkbookChanged               people changed tabs meanwhile
    WorkbookUnsafe                no workbook, damaged, or writing would lose something
                                  (a person must act first)
  RunLocked                     5, another run is at work
  RunStopped                    6, a person must decide

channels/ adds ChannelStopped below ToolkitError. Cells that cannot be read are no errors but values (Problem).
"""

from typing import ClassVar


class ToolkitError(Exception):
    """A failure that a person can fix.

    Args:
        what: what happened and where, one line without a full stop.
        why: the reason, one line.
        next_step: a command or a click that leads on.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, why: str, next_step: str) -> None:
        super().__init__(what)
        self.what = what
        self.why = why
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.what}\n{self.why}\nnext: {self.next_step}"


class SetupError(ToolkitError):
    """The set-up is not ready, and nothing was done yet."""

    exit_code = 4


class ConfigError(SetupError):
    """sheetclerk.toml, or a word in it, cannot be used."""


class SecretMissing(SetupError):
    """A password or key is missing, or others can read it."""


class ChannelNotReady(SetupError):
    """The channel of the settings is not set up on this computer."""


class WorkbookNotFound(SetupError):
    """There is no workbook where the settings point to."""


class NotShared(SetupError):
    """The Google Sheet is not shared with the key, or its API is off."""


class WorkbookError(ToolkitError):
    """The workbook is there, but cannot be read or written now.

    What could not be written is written by the next run, unless `needs_a_person`: then somebody must act first.
    """

    exit_code = 4
    needs_a_person: ClassVar[bool] = False


class WorkbookBusy(WorkbookError):
    """Somebody has the workbook open, or its folder cannot be written."""


class WorkbookChanged(WorkbookError):
    """People changed the workbook's tabs while it was read or written."""


class WorkbookUnsafe(WorkbookError):
    """The file is no workbook, is damaged, or writing would lose something."""

    needs_a_person = True


class RunStopped(ToolkitError):
    """The plan looks wrong, and a person must decide."""

    exit_code = 6


class RunLocked(ToolkitError):
    """Another run of the same shop is at work."""

    exit_code = 5
