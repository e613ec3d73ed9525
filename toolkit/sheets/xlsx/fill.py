"""Filling blank cells of people's tabs in the bytes of an .xlsx file: nothing else in it changes."""

from collections.abc import Iterable

from toolkit.book.filling import Filled, Filling
from toolkit.sheets.xlsx.package import Broken, Package
from toolkit.sheets.xlsx.parts import Parts, Unfit
from toolkit.sheets.xlsx.patch import finished, sheet_named, styles_of
from toolkit.sheets.xlsx.people_tab import PeopleTab


def filled(package: Package, asked: Filled) -> tuple[Filled, bytes]:
    """The file with text in blank cells, and which of them were left because of a formula or merged cells.

    Args:
        package: the file as it is.
        asked: what to fill; each row says where it stands in this file.

    Raises:
        Broken: a part that is needed is missing or damaged.
        Unfit: it must not be written.
    """
    parts = Parts(package)
    places = {name: _part_of(parts, name) for name in {one.tab for one in asked.done}}
    tabs = {name: _opened(package, name, part, asked.done) for name, part in places.items()}
    free = asked.without(lambda one: tabs[one.tab].why_not(one.row, one.column))
    styled = styles_of(parts)
    for one in free.done:
        tabs[one.tab].fill(one.row, one.column, one.text, styled[1].as_text)
    changed = {places[name]: tabs[name].written() for name in {one.tab for one in free.done}}
    return free, finished(parts, styled, changed)


def _part_of(parts: Parts, name: str) -> str:
    sheet = sheet_named(parts.sheets, name)
    if sheet is None or sum(one.part == sheet.part for one in parts.sheets) > 1:
        raise Broken(f"its tab {name} has no part of its own")
    return sheet.part


def _opened(package: Package, name: str, part: str, fillings: Iterable[Filling]) -> PeopleTab:
    tab = PeopleTab(package.content(part) or b"", {one.row for one in fillings if one.tab == name})
    if tab.is_guarded:
        raise Unfit(f"its tab {name} is protected", "take the protection off under Review, Unprotect Sheet")
    return tab
