"""The tree of errors in use: what happened and where, why, and the next step."""

from typing import ClassVar


class ToolkitError(Exception):
    """Something that a person can mend.

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
    """The set-up is not ready; nothing was done yet."""

    exit_code = 4


class ConfigError(SetupError):
    """sheetclerk.toml, or a word in it, cannot be used."""


class SecretMissing(SetupError):
    """A password or key is not there, or lies where others can read it."""


class ChannelNotReady(SetupError):
    """Letters shall leave by a channel that is not set up on this computer."""


class WorkbookNotFound(SetupError):
    """There is no workbook where the settings point to."""


class NotShared(SetupError):
    """The Google Sheet is there, but was not shared with the key, or Google's door to it is closed."""


class WorkbookError(ToolkitError):
    """The workbook is there, but cannot be read or written now.

    What could not be written is written by the next run, unless `needs_a_person`: then somebody must act first.
    """

    exit_code = 4
    needs_a_person: ClassVar[bool] = False


class WorkbookBusy(WorkbookError):
    """Somebody has the workbook open, or its folder cannot be written."""


class WorkbookChanged(WorkbookError):
    """People changed the tabs of the workbook while it was read or written."""


class WorkbookUnsafe(WorkbookError):
    """The file is no workbook, is damaged, or writing would lose something."""

    needs_a_person = True


class RunStopped(ToolkitError):
    """The plan looks wrong: a person must decide."""

    exit_code = 6


class RunLocked(ToolkitError):
    """Another run of the same shop is at work."""

    exit_code = 5
