"""Foreign exceptions as errors of ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from python_calamine import CalamineError, PasswordError

from toolkit.errors import ToolkitError, WorkbookBusy, WorkbookNotFound, WorkbookUnsafe
from toolkit.sheets.xlsx.package import Broken, TooBig
from toolkit.sheets.xlsx.parts import Unfit


@contextmanager
def in_our_words(path: Path) -> Iterator[None]:
    """Raise our errors for what goes wrong inside.

    Whatever a library lets out at a hostile file is told as damage: calamine's panics are BaseException.
    """
    try:
        yield
    except (ToolkitError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        raise _as_ours(path, error) from error


def _as_ours(path: Path, error: BaseException) -> ToolkitError:
    if isinstance(error, OSError):
        is_there = not isinstance(error, FileNotFoundError | NotADirectoryError | IsADirectoryError)
        return _unreadable(path, error) if is_there else _not_there(path, error)
    match error:
        case PasswordError():
            return unsafe(path, "it is locked with a password", "save it without password")
        case TooBig():
            return _too_big(path, str(error))
        case Unfit():
            return _not_written(path, str(error), error.next_step)
        case MemoryError():
            return _too_big(path, "this computer has not enough memory for it")
        case _:
            has_words = isinstance(error, Broken | CalamineError)
            return damaged(path, str(error) if has_words else f"{type(error).__name__}: {error}")


def unsafe(path: Path, why: str, next_step: str) -> WorkbookUnsafe:
    """Return the error for a file that cannot be taken."""
    return WorkbookUnsafe(f"{path.name} cannot be read", why=_line(why), next_step=f"{next_step}, then run again")


def damaged(path: Path, why: str) -> WorkbookUnsafe:
    """Return the error for a file that cannot be read."""
    return unsafe(path, f"the file is damaged ({why})", "open it in a spreadsheet program, save it as a new .xlsx")


def _line(text: str) -> str:
    """Return foreign text as one short, printable line."""
    words = " ".join("".join(character if character.isprintable() else " " for character in text).split())
    return words if len(words) <= 200 else f"{words[:200]}..."  # noqa: PLR2004  two lines of a terminal


def _not_written(path: Path, why: str, next_step: str) -> WorkbookUnsafe:
    return WorkbookUnsafe(
        f"{path.name} was not written", why=_line(why), next_step=f"{next_step}; or keep the results apart with --book"
    )


def _too_big(path: Path, why: str) -> WorkbookUnsafe:
    return WorkbookUnsafe(
        f"{path.name} is too big",
        why=_line(why),
        next_step="delete what stands far below or beside the data, or move old years to a file of their own",
    )


def _not_there(path: Path, error: OSError) -> WorkbookNotFound:
    return WorkbookNotFound(
        f"there is no workbook {path}",
        why="it is a folder" if isinstance(error, IsADirectoryError) else "there is no such file",
        next_step="mend its name (a shop has it in sheetclerk.toml, [book] where), or start anew: sheetclerk init shop",
    )


def _unreadable(path: Path, error: OSError) -> WorkbookBusy:
    return WorkbookBusy(
        f"{path.name} cannot be read",
        why=f"the computer says: {error.strerror or error}",
        next_step=f"close it in other programs and see that {path} may be read, then run again",
    )
