"""A folder of .csv files as a workbook."""

import csv
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from pathlib import Path

from toolkit.book import Filled, Filling, Grid, OwnTab, Tabs
from toolkit.book.filling import found_again, put_in, without_blank_end
from toolkit.errors import WorkbookBusy, WorkbookNotFound, WorkbookUnsafe
from toolkit.sheets.csv_text import grid_of, text_of, with_cell
from toolkit.sheets.files import Wait, at_once, back_up, check_file, check_folder, locked, put_all
from toolkit.sheets.layout import cell_text
from toolkit.sheets.new_tab import NewTab, name_taken
from toolkit.sheets.workbook import Capabilities


class CsvFolder:
    """A folder whose .csv files are tabs of text cells.

    Files are UTF-8, with commas or semicolons. Ours have commas and a byte order mark, without which Excel takes a file
    for the alphabet of its computer. Text that a program might run stands behind an apostrophe, which is taken off
    again when the tab is read here.

    Args:
        folder: where the files lie.
        wait: lets seconds pass while another program or run has a file.
    """

    def __init__(self, folder: Path, wait: Wait = at_once) -> None:
        self._folder = folder
        self._wait = wait

    @property
    def name(self) -> str:
        """The folder's name."""
        return self._folder.resolve().name or str(self._folder)

    @property
    def capabilities(self) -> Capabilities:
        """Nothing beyond the usual."""
        return Capabilities()

    def rows(self) -> Tabs:
        """Read every tab with its cells, sorted by name.

        Raises:
            WorkbookNotFound: there is no such folder, or no .csv file in it.
            WorkbookBusy: a file may not be read.
            WorkbookUnsafe: a file is not CSV in UTF-8.
        """
        files = self._files()
        if not files:
            raise WorkbookNotFound(
                f"{self.name} holds no .csv file",
                why="in a folder that serves as workbook every .csv file is a tab",
                next_step=f"put Clients.csv into {self._folder}, or name another workbook with --book",
            )
        return {_tab_of(file): _read(file) for file in files}

    def check_writable(self) -> None:
        """Return quietly if `write` would work now.

        Raises:
            WorkbookNotFound: there is no such folder.
            WorkbookBusy: a tab is open in LibreOffice, or the folder cannot be written.
        """
        self._files()
        _refuse_locks(self._folder.glob(".~lock.*#"))
        check_folder(self._folder)

    def write(self, tabs: Sequence[OwnTab]) -> str:
        """Write all or none of our tabs, and return the folder's name.

        Raises:
            WorkbookNotFound: there is no such folder.
            WorkbookBusy: as in check_writable, or one of the files cannot be written.
        """
        self.check_writable()
        contents = {self._file_of(tab): text_of(tab).encode("utf-8-sig", "replace") for tab in tabs}
        for path in contents:
            check_file(path)
        with locked(self._folder / "tabs", self._wait):
            put_all(contents, wait=self._wait)
        return self.name

    def fill(self, fillings: Sequence[Filling]) -> Filled:
        """Fill blank cells of people's tabs and change nothing else.

        Each old file is kept in `backups/` beside it.

        Raises:
            WorkbookNotFound: there is no such folder.
            WorkbookBusy: as in `write`.
            WorkbookUnsafe: a file would say something else; nothing was changed.
        """
        self.check_writable()
        with locked(self._folder / "tabs", self._wait):
            before = self.rows()
            filled = found_again(fillings, before)
            after = put_in(before, filled.done)
            files = [file for file in self._files() if _tab_of(file) in {filling.tab for filling in filled.done}]
            for file in files:
                check_file(file)
            put_all({file: _filled(file, filled.done, after) for file in files}, before=back_up, wait=self._wait)
        return filled

    def add_tab(self, tab: NewTab) -> None:
        """Add a new tab with its cells as they were typed.

        Raises:
            WorkbookBusy: the folder cannot be written.
            WorkbookUnsafe: the tab is there already.
        """
        self.check_writable()
        rows = tuple(tuple(map(cell_text, row)) for row in tab.rows)
        own = OwnTab(tab.name, tuple(column.heading for column in tab.columns), rows)
        path = self._folder / f"{tab.name}.csv"
        if path.exists():
            raise name_taken(self.name, tab.name)
        put_all({path: text_of(own).encode("utf-8-sig", "replace")})

    def _files(self) -> list[Path]:
        try:
            files = [path for path in self._folder.iterdir() if _is_tab(path)]
        except FileNotFoundError as error:
            raise self._not_there("there is no such folder") from error
        except NotADirectoryError as error:
            raise self._not_there("it is a file, and a folder of .csv files is needed") from error
        except OSError as error:
            raise _unreadable(self._folder, error) from error
        return sorted(files, key=lambda path: (path.stem.casefold(), path.name))

    def _file_of(self, tab: OwnTab) -> Path:
        same = (path for path in self._files() if _tab_of(path) == tab.name)
        return next(same, self._folder / f"{tab.name}.csv")

    def _not_there(self, why: str) -> WorkbookNotFound:
        return WorkbookNotFound(
            f"{self._folder} is no folder of .csv tabs",
            why=why,
            next_step="name the workbook with --book, or start a new shop: sheetclerk init shop",
        )


def _is_tab(path: Path) -> bool:
    return path.suffix.lower() == ".csv" and not path.name.startswith(".") and path.is_file()


def _tab_of(path: Path) -> str:
    return unicodedata.normalize("NFC", path.stem)


def _read(path: Path) -> Grid:
    try:
        return grid_of(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise _unreadable(path, error) from error
    except UnicodeDecodeError as error:
        raise _unsafe(path, f"byte {error.start + 1} is not UTF-8", "save it again as CSV UTF-8") from error
    except csv.Error as error:
        raise _unsafe(path, f"its quotes do not close: {error}", "fix the quotes, or save it again as CSV") from error


def _filled(path: Path, fillings: Iterable[Filling], after: Tabs) -> bytes:
    """Return the bytes of a tab with its cells filled."""
    content = path.read_bytes()
    text, name = content.decode("utf-8-sig"), _tab_of(path)
    for filling in fillings:
        text = with_cell(text, filling.row, filling.column, filling.text) if filling.tab == name else text
    if list(map(without_blank_end, grid_of(text))) != list(map(without_blank_end, after[name])):
        raise _unsafe(path, "it would say something else in other cells", "fill the cell by hand")
    return (BOM_UTF8 if content.startswith(BOM_UTF8) else b"") + text.encode()


def _refuse_locks(locks: Iterable[Path]) -> None:
    for lock in locks:
        tab = lock.name.removeprefix(".~lock.").removesuffix("#")
        raise WorkbookBusy(
            f"{tab} is open in another program",
            why=f"its lock file {lock.name} stands beside it",
            next_step=f"close it there and run again; if nobody has it open, delete {lock.name}",
        )


def _unreadable(path: Path, error: OSError) -> WorkbookBusy:
    return WorkbookBusy(
        f"{path.name} cannot be read",
        why=f"the computer says: {error.strerror or error}",
        next_step=f"see that {path} may be read, then run again",
    )


def _unsafe(path: Path, why: str, next_step: str) -> WorkbookUnsafe:
    return WorkbookUnsafe(f"{path.name} cannot be read as a tab", why=why, next_step=f"{next_step}, then run again")
