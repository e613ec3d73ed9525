"""Comparison of a new file with the old one."""

from collections.abc import Sequence
from itertools import zip_longest
from math import isclose
from pathlib import Path
from typing import Final

from toolkit.book.filling import Filling, put_in, said
from toolkit.book.grid import OwnTab, Tabs, address
from toolkit.errors import WorkbookUnsafe
from toolkit.sheets.xlsx.errors import in_our_words
from toolkit.sheets.xlsx.package import Package, open_package, plain_name
from toolkit.sheets.xlsx.parts import Parts
from toolkit.sheets.xlsx.reader import SafeReader, grids
from toolkit.sheets.xlsx.sheet_part import read_back

EXACT: Final = 1e-9


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
        if list(map(said, grid)) != list(map(said, expected.pop(name, ()))):
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
        return isclose(cell, current, rel_tol=EXACT)
    return (
        type(cell) is type(current) and not isinstance(cell, str | bool | int) and str(cell)[:16] == str(current)[:16]
    )


def _differs(path: Path, why: str) -> WorkbookUnsafe:
    return WorkbookUnsafe(
        f"{path.name} was not written",
        why=why,
        next_step="nothing was changed; please report this, and keep the results apart with --book",
    )
