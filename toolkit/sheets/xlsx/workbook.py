"""An .xlsx file as a workbook."""

import re
from collections.abc import Sequence
from functools import partial
from itertools import zip_longest
from math import isclose
from pathlib import Path
from typing import Final

from toolkit.book import Filled, Filling, OwnTab, Tabs, address
from toolkit.book.filling import found_again, put_in, without_blank_end
from toolkit.errors import WorkbookBusy, WorkbookUnsafe
from toolkit.sheets.files import Wait, at_once, back_up, check_file, locked, put_all
from toolkit.sheets.new_tab import NewTab, name_taken, typed_tab
from toolkit.sheets.workbook import Capabilities
from toolkit.sheets.xlsx.errors import in_our_words
from toolkit.sheets.xlsx.package import Package, open_package, plain_name
from toolkit.sheets.xlsx.parts import Parts
from toolkit.sheets.xlsx.patch import blank_package, check_fit, patched
from toolkit.sheets.xlsx.people_tab import fill_cells
from toolkit.sheets.xlsx.reader import SafeReader, grids
from toolkit.sheets.xlsx.sheet_part import read_back

TAB_NAME: Final = re.compile(r"[^\[\]:*?/\\]{1,31}")
TOLERANCE: Final = 1e-9


class XlsxWorkbook:
    """One .xlsx or .xlsm file, made by the first write.

    Writing puts our tabs into the file as it is by then. All other parts keep their bytes: macros, charts, pictures,
    pivots, tables, comments, formulas and the values that they last showed.

    Args:
        path: where the file is.
        wait: lets seconds pass while another program or run has the file.
    """

    def __init__(self, path: Path, wait: Wait = at_once) -> None:
        self._path = path
        self._wait = wait
        self._reader = SafeReader(path)

    @property
    def name(self) -> str:
        """The file's name."""
        return self._path.name

    @property
    def capabilities(self) -> Capabilities:
        """Nothing beyond the usual."""
        return Capabilities()

    def rows(self) -> Tabs:
        """Read every tab with its cells.

        Raises:
            WorkbookNotFound: there is no such file.
            WorkbookBusy: the file may not be read.
            WorkbookUnsafe: it is no workbook, is damaged, or too big.
        """
        return self._reader.tabs()

    def check_writable(self) -> None:
        """Return quietly if `write` would work now.

        Raises:
            WorkbookBusy: somebody has the file open, or it cannot be written.
            WorkbookUnsafe: it is damaged, too big, signed, or its structure is locked.
        """
        self._refuse_locks()
        check_file(self._path)
        package = self._package()
        with in_our_words(self._path):
            check_fit(package)

    def write(self, tabs: Sequence[OwnTab]) -> str:
        """Write our tabs and return the file's name.

        The old file is kept in `backups/` beside it. The new one is read again and compared before it takes the old
        one's place in one step.

        Raises:
            WorkbookBusy: somebody has the file open, another run writes it, or it cannot be written.
            WorkbookUnsafe: as in check_writable.
        """
        self._refuse_locks()
        for tab in tabs:
            self._refuse_name(tab.name)
        check_file(self._path)
        with locked(self._path, self._wait):
            package = self._package()
            with in_our_words(self._path):
                content = patched(package, tabs, partial(_headings, self._path))
            put_all({self._path: content}, partial(check_same, package, tabs, self._path), back_up, self._wait)
        return self.name

    def fill(self, fillings: Sequence[Filling]) -> Filled:
        """Fill blank cells of people's tabs and change nothing else.

        Numbers in them are text for every program: 007 stays 007. Else as in `write`.

        Raises:
            WorkbookNotFound: there is no such file.
            WorkbookBusy: as in `write`.
            WorkbookUnsafe: as in `check_writable`, or the tab is protected; nothing was changed.
        """
        self._refuse_locks()
        check_file(self._path)
        with locked(self._path, self._wait):
            package, tabs = self._reader.package(), self._reader.tabs()
            with in_our_words(self._path):
                done, content = fill_cells(package, found_again(fillings, tabs))
            if done.done:
                check = partial(check_filled, package, tabs, done.done, self._path)
                put_all({self._path: content}, check, back_up, self._wait)
        return done

    def add_tab(self, tab: NewTab) -> None:
        """Add a new tab behind the others.

        Raises:
            WorkbookBusy: as in `write`.
            WorkbookUnsafe: as in `check_writable`, or a tab of that name is there; nothing was changed.
        """
        if self._path.exists() and tab.name in self.rows():
            raise name_taken(self.name, tab.name)
        self.write([typed_tab(tab)])

    def _package(self) -> Package:
        return self._reader.package() if self._path.exists() else blank_package()

    def _refuse_name(self, name: str) -> None:
        if not TAB_NAME.fullmatch(name) or name.startswith("'") or name.endswith("'"):
            raise WorkbookUnsafe(
                f'{self.name} was not written: "{name}" cannot be the name of a tab',
                why="a name has 1 to 31 characters, none of [ ] : * ? / and backslash, and no ' at its ends",
                next_step="change [tabs] in the shop's templates/<language>/words.toml",
            )

    def _refuse_locks(self) -> None:
        path = self._path.resolve()
        # Excel makes ~$clients.xlsx while it has the file open, LibreOffice .~lock.clients.xlsx#.
        for lock in (f"~${path.name}", f".~lock.{path.name}#"):
            if path.with_name(lock).exists():
                raise WorkbookBusy(
                    f"{self.name} is open in another program",
                    why=f"its lock file {lock} stands beside it",
                    next_step=f"close it there and run again; if nobody has it open, delete {lock}",
                )


def _headings(path: Path, name: str) -> list[str]:
    """Read row 1 of a tab with shared strings."""
    grid = grids(path.read_bytes(), frozenset({name})).get(name, ())
    return [str(cell) for cell in grid[0]] if grid else []


def check_same(old: Package, tabs: Sequence[OwnTab], path: Path, staged: Path) -> None:
    """Return quietly if only our tabs changed, and as meant.

    Args:
        old: the file as it was.
        tabs: ours, as they should be in it.
        path: the file's place.
        staged: the new file.

    Raises:
        WorkbookUnsafe: it is not as it should be.
    """
    with in_our_words(path):
        content = staged.read_bytes()
        new = open_package(content)
        _check_parts(old, new, [tab.name for tab in tabs], path)
        expected = {tab.name.casefold(): tab for tab in tabs}
        for name, grid in grids(content, frozenset(_named(new, expected))).items():
            _check_tab(path, expected.pop(name.casefold()), grid)
        if expected:
            raise _differs(path, f"the tab {next(iter(expected.values())).name} cannot be read back")


def check_filled(old: Package, before: Tabs, fillings: Sequence[Filling], path: Path, staged: Path) -> None:
    """Return quietly if only the filled cells changed.

    Args:
        old: the file as it was.
        before: its tabs.
        fillings: the text of cells that were blank.
        path: the file's place.
        staged: the new file.

    Raises:
        WorkbookUnsafe: it is not as it should be.
    """
    with in_our_words(path):
        _check_parts(old, open_package(staged.read_bytes()), [filling.tab for filling in fillings], path)
    expected = put_in(before, fillings)
    for name, grid in SafeReader(staged).tabs().items():
        if list(map(without_blank_end, grid)) != list(map(without_blank_end, expected.pop(name, ()))):
            raise _differs(path, f"its tab {name} would say something else")
    if expected:
        raise _differs(path, f"its tab {next(iter(expected))} could not be read any more")


def _check_parts(old: Package, new: Package, names: Sequence[str], path: Path) -> None:
    """Refuse a change of parts that may not change."""
    may_change = allowed_to_change(old, new, names)
    for name, entry in old.by_name.items():
        if name not in may_change and (name not in new.by_name or new.by_name[name].record != entry.record):
            raise _differs(path, f"its part {entry.name} would change")


def allowed_to_change(old: Package, new: Package, names: Sequence[str]) -> frozenset[str]:
    """Return the parts that may change with these tabs."""
    parts = Parts(new)
    expected = {name.casefold() for name in names}
    sheets = [sheet.part for sheet in parts.sheets if sheet.name.casefold() in expected]
    relations = [sheet.rpartition("/")[0] + "/_rels/" + sheet.rpartition("/")[2] + ".rels" for sheet in sheets]
    chain = Parts(old).relations.of_kind("calcChain") if old.entries else ""
    styles = parts.relations.of_kind("styles")
    lists = ("[Content_Types].xml", parts.path, parts.relations.part, styles, chain)
    return frozenset(plain_name(name) for name in (*lists, *sheets, *relations) if name)


def _named(new: Package, expected: dict[str, OwnTab]) -> list[str]:
    return [sheet.name for sheet in Parts(new).sheets if sheet.name.casefold() in expected]


def _check_tab(path: Path, tab: OwnTab, grid: Sequence[Sequence[object]]) -> None:
    rows = zip_longest((tab.headings, *tab.rows), grid, fillvalue=())
    for place, (meant, read) in enumerate(rows):
        for column, (cell, current) in enumerate(zip_longest(meant, read, fillvalue="")):
            if cell != current and not _is_same(read_back(cell), current):
                raise _differs(path, f"{tab.name}!{address(place, column)} cannot be read back")


def _is_same(cell: object, current: object) -> bool:
    """Return True if a cell reads as meant."""
    if cell == current:
        return True
    if isinstance(cell, float) and isinstance(current, float | int):
        return isclose(cell, current, rel_tol=TOLERANCE)
    return (
        type(cell) is type(current) and not isinstance(cell, str | bool | int) and str(cell)[:16] == str(current)[:16]
    )


def _differs(path: Path, why: str) -> WorkbookUnsafe:
    return WorkbookUnsafe(
        f"{path.name} was not written",
        why=why,
        next_step="nothing was changed; please report this, and keep the results apart with --book",
    )
