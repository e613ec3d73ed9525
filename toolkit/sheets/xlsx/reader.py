"""Reading an .xlsx file with python-calamine: whole grids from A1, typed cells."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from toolkit.book.grid import Grid, Tabs
from toolkit.errors import ToolkitError, WorkbookBusy, WorkbookNotFound, WorkbookUnsafe

MOST_BYTES: Final = 50_000_000
MOST_CELLS: Final = 3_000_000
ZIP_START: Final = b"PK\x03\x04"
OLE_START: Final = b"\xd0\xcf\x11\xe0"


def read_tabs(path: Path) -> Tabs:
    """Every tab of an .xlsx file with its cells; blank cells are "", and so are error values such as #N/A.

    Raises:
        WorkbookNotFound: there is no such file, or it is a folder.
        WorkbookBusy: the file may not be read.
        WorkbookUnsafe: it is no .xlsx workbook, is damaged, locked with a password or too big.
    """
    check_is_workbook(path)
    with _told(path), CalamineWorkbook.from_path(path) as book:
        sheets = [book.get_sheet_by_name(name) for name in _tab_names(book)]
        _check_size(path, sheets)
        return {sheet.name: _grid(sheet) for sheet in sheets}


def check_is_workbook(path: Path) -> None:
    """Return quietly if the file starts as an .xlsx file does.

    Raises:
        WorkbookNotFound: there is no such file, or it is a folder.
        WorkbookBusy: the file may not be read.
        WorkbookUnsafe: it is something else, or too big.
    """
    with _told(path), path.open("rb") as file:
        start = file.read(4)
    if start == OLE_START:
        raise unsafe(path, "it is locked with a password, or is an old .xls file", "save it as .xlsx without password")
    if start != ZIP_START:
        raise unsafe(path, "it is no .xlsx workbook", "open it in a spreadsheet program and save it as .xlsx")
    if path.stat().st_size > MOST_BYTES:
        raise _too_big(path)


def unsafe(path: Path, why: str, next_step: str) -> WorkbookUnsafe:
    """The words for a file that cannot be taken."""
    return WorkbookUnsafe(f"{path.name} cannot be read", why=why, next_step=f"{next_step}, then run again")


def damaged(path: Path, error: BaseException) -> WorkbookUnsafe:
    """The words for a file at which the library gave up."""
    reason = next(iter(str(error).splitlines()), type(error).__name__)
    return unsafe(path, f"the file is damaged ({reason})", "open it in a spreadsheet program, save it as a new .xlsx")


def _tab_names(book: CalamineWorkbook) -> list[str]:
    return [sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]


def _grid(sheet: CalamineSheet) -> Grid:
    return sheet.to_python(skip_empty_area=False)


def _check_size(path: Path, sheets: list[CalamineSheet]) -> None:
    if sum(sheet.total_height * sheet.total_width for sheet in sheets) > MOST_CELLS:
        raise _too_big(path)


def _too_big(path: Path) -> WorkbookUnsafe:
    return WorkbookUnsafe(
        f"{path.name} is too big",
        why=f"at most {MOST_BYTES // 1_000_000} MB and {MOST_CELLS:,} cells are read",
        next_step="delete what stands far below or beside the data, or move old years to a file of their own",
    )


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except ToolkitError:
        raise
    except BaseException as error:
        told = _in_our_words(path, error)
        if told is None:
            raise
        raise told from error


def _in_our_words(path: Path, error: BaseException) -> ToolkitError | None:
    match error:
        case FileNotFoundError() | NotADirectoryError() | IsADirectoryError():
            return _not_there(path, error)
        case OSError():
            return _unreadable(path, error)
        case PasswordError():
            return unsafe(path, "it is locked with a password", "save it without password")
        case CalamineError() | ValueError() | OverflowError():
            return damaged(path, error)
        case _ if type(error).__name__ == "PanicException":  # pyo3 derives Rust's panics from BaseException
            return damaged(path, error)
        case _:
            return None


def _not_there(path: Path, error: OSError) -> WorkbookNotFound:
    return WorkbookNotFound(
        f"{path} is no workbook",
        why="it is a folder" if isinstance(error, IsADirectoryError) else "there is no such file",
        next_step="name the workbook with --book, or start a new shop: sheetclerk init shop",
    )


def _unreadable(path: Path, error: OSError) -> WorkbookBusy:
    return WorkbookBusy(
        f"{path.name} cannot be read",
        why=f"the computer says: {error.strerror or error}",
        next_step=f"close it in other programs and see that {path} may be read, then run again",
    )
