"""Tabs that people gave another name, so that nothing reads them any more."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from toolkit.book.grid import Grid, Tabs
from toolkit.book.headings import heading_row
from toolkit.book.i18n import Lexicon, plain
from toolkit.book.parse.cells import Reading, shown
from toolkit.book.tab import Tab

MANY: Final = 4
"""So many headings of one of our tabs in one row are no chance."""


def renamed(missing: Collection[Tab[Any]], tabs: Tabs, known: Collection[str], reading: Reading) -> Mapping[str, str]:
    """The tabs that have the headings of ours under names that nothing reads: by the name that we look for.

    Args:
        missing: ours, which are not there under any name that we know.
        tabs: the workbook's.
        known: the names of tabs that are read, or are ours.
        reading: how cells are read.
    """
    found: dict[str, str] = {}
    for name, grid in tabs.items():
        if name not in known and grid:
            likeness = {tab.name: _likeness(tab, grid, reading) for tab in missing}
            best = max(likeness, key=likeness.__getitem__, default="")
            if likeness.get(best):
                found.setdefault(best, name)
    return found


def _likeness(tab: Tab[Any], grid: Grid, reading: Reading) -> int:
    """How many headings of ours stand there; 0 where one is missing without which no row can be, or few are ours."""
    there = {plain(shown(cell)) for cell in grid[heading_row(tab, grid, reading)]} - {""}
    columns = [(column, _spellings(column.heading, reading.lexicon)) for column in tab.columns]
    found = [column for column, spellings in columns if there & spellings]
    is_whole = all(column in found for column in tab.columns if column.vital or column.expected)
    also = {one for heading in tab.ours for one in _spellings(heading, reading.lexicon)}
    strangers = there - also - {one for _, spellings in columns for one in spellings}
    is_ours = len(found) >= 2 * len(strangers) and len(found) >= min(MANY, len(tab.columns) / 2)
    return len(found) if is_whole and is_ours else 0


def _spellings(heading: str, lexicon: Lexicon) -> set[str]:
    return {plain(said) for said in lexicon.headings_for(heading)}
