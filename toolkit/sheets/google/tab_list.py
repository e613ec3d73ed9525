"""Which tabs a Google Sheet has, and the cells that one request brings of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from toolkit.book.grid import Grid, place_of
from toolkit.sheets.google.lease import Lease, leases_in
from toolkit.sheets.layout import quoted

FIELDS: Final = (
    "properties.title,developerMetadata(metadataId,metadataKey,metadataValue),"
    "sheets.properties(sheetId,title,sheetType,gridProperties(rowCount,columnCount))"
)


@dataclass(frozen=True, slots=True)
class SheetTab:
    """One tab: its id, its name, and how big its grid is."""

    id: int
    title: str
    rows: int
    columns: int

    @property
    def range(self) -> str:
        """The whole tab as A1 notation names it."""
        return quoted(self.title)


@dataclass(frozen=True, slots=True)
class TabList:
    """The tabs of one sheet as they were when they were asked for.

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
        """The tab of a name; Google tells names apart by more than capitals."""
        return next((tab for tab in self.tabs if tab.title.casefold() == title.casefold()), None)

    def grown(self, sizes: Mapping[str, tuple[int, int]]) -> "TabList":
        """The list with the rows and columns that grids have by now."""
        return replace(self, tabs=tuple(_sized(tab, sizes) for tab in self.tabs))


def _sized(tab: SheetTab, sizes: Mapping[str, tuple[int, int]]) -> SheetTab:
    rows, columns = sizes.get(tab.title, (tab.rows, tab.columns))
    return replace(tab, rows=rows, columns=columns)


def tab_list(answer: Mapping[str, Any]) -> TabList:
    """The list in the answer of `spreadsheets.get` with FIELDS."""
    found = [one["properties"] for one in answer.get("sheets", ())]
    tabs = tuple(
        SheetTab(one.get("sheetId", 0), one["title"], grid["rowCount"], grid["columnCount"])
        for one in found
        if (grid := one.get("gridProperties")) and one.get("sheetType", "GRID") == "GRID"
    )
    title = answer.get("properties", {}).get("title", "")
    leases = leases_in(answer.get("developerMetadata", ()))
    return TabList(title, tabs, frozenset(one.get("sheetId", 0) for one in found), leases)


def cells_in(answer: Mapping[str, Any], titles: Iterable[str]) -> dict[str, Grid]:
    """The rows of each tab in the answer of `values:batchGet`, in the order in which they were asked for."""
    ranges = answer.get("valueRanges", ())
    return {title: one.get("values", []) for title, one in zip(titles, ranges, strict=True)}


def sizes_in(answer: Mapping[str, Any], titles: Iterable[str]) -> dict[str, tuple[int, int]]:
    """The rows and columns of whole tabs in the answer of `values:batchGet`, which names the grid's last cell."""
    ranges = answer.get("valueRanges", ())
    return {title: _corner(one["range"]) for title, one in zip(titles, ranges, strict=True)}


def _corner(written: str) -> tuple[int, int]:
    """Rows and columns up to the last cell of a range: 'Clients'!A1:Z1000 is 1000 and 26."""
    row, column = place_of(written.rpartition("!")[2].rpartition(":")[2])
    return row + 1, column + 1
