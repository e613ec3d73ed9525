"""Tabs and cells in the answers of Google."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from toolkit.book import Grid
from toolkit.book.grid import place_of
from toolkit.sheets.google.lease import Lease, leases_in
from toolkit.sheets.layout import quoted

FIELDS: Final = (
    "properties.title,developerMetadata(metadataId,metadataKey,metadataValue),"
    "sheets.properties(sheetId,title,sheetType,gridProperties(rowCount,columnCount))"
)


@dataclass(frozen=True, slots=True)
class SheetTab:
    """One tab with the size of its grid."""

    id: int
    title: str
    rows: int
    columns: int

    @property
    def range(self) -> str:
        """The whole tab in A1 notation."""
        return quoted(self.title)


@dataclass(frozen=True, slots=True)
class TabList:
    """The tabs of one sheet as they were read.

    Args:
        title: what people call the sheet.
        tabs: those with cells, in their order.
        taken: every id that is taken, those of charts too.
        leases: who sent and wrote, oldest first.
    """

    title: str
    tabs: tuple[SheetTab, ...]
    taken: frozenset[int] = frozenset()
    leases: tuple[Lease, ...] = ()

    def named(self, title: str) -> SheetTab | None:
        """Return the tab of a name in any case, as Google does."""
        return next((tab for tab in self.tabs if tab.title.casefold() == title.casefold()), None)

    def grown(self, sizes: Mapping[str, tuple[int, int]]) -> "TabList":
        """Return the list with the grid sizes of now."""
        return replace(self, tabs=tuple(_sized(tab, sizes) for tab in self.tabs))


def _sized(tab: SheetTab, sizes: Mapping[str, tuple[int, int]]) -> SheetTab:
    rows, columns = sizes.get(tab.title, (tab.rows, tab.columns))
    return replace(tab, rows=rows, columns=columns)


def read_tab_list(answer: Mapping[str, Any]) -> TabList:
    """Return the tabs out of a `spreadsheets.get` answer."""
    sheets = [sheet["properties"] for sheet in answer.get("sheets", ())]
    tabs = tuple(
        SheetTab(sheet.get("sheetId", 0), sheet["title"], grid["rowCount"], grid["columnCount"])
        for sheet in sheets
        if (grid := sheet.get("gridProperties")) and sheet.get("sheetType", "GRID") == "GRID"
    )
    title = answer.get("properties", {}).get("title", "")
    leases = leases_in(answer.get("developerMetadata", ()))
    return TabList(title, tabs, frozenset(sheet.get("sheetId", 0) for sheet in sheets), leases)


def cells_in(answer: Mapping[str, Any], titles: Iterable[str]) -> dict[str, Grid]:
    """Return the rows of each tab, in the request's order."""
    ranges = answer.get("valueRanges", ())
    return {title: part.get("values", []) for title, part in zip(titles, ranges, strict=True)}


def sizes_in(answer: Mapping[str, Any], titles: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Return the grid sizes of whole tabs.

    Asked for a tab by its name alone, Google names the range with the grid's last cell, such as 'Clients'!A1:Z1000.
    """
    ranges = answer.get("valueRanges", ())
    return {title: _corner(part["range"]) for title, part in zip(titles, ranges, strict=True)}


def _corner(written: str) -> tuple[int, int]:
    """Return 1000 and 26 for 'Clients'!A1:Z1000."""
    row, column = place_of(written.rpartition("!")[2].rpartition(":")[2])
    return row + 1, column + 1
