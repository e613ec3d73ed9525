"""Checks that our tabs are ours, before anything is sent."""

from collections.abc import Collection, Iterator
from typing import Final

from toolkit.app.open_book import OpenBook
from toolkit.book import Grid, address, own_tabs, plain, shown
from toolkit.book.own_tabs import is_called, own_headings, own_places
from toolkit.errors import WorkbookUnsafe

MISSED: Final = (own_tabs.STANDING, own_tabs.POINTS, own_tabs.BONUSES, own_tabs.OUTBOX, own_tabs.SUPPRESSED)
"""Tabs that people look at under another name, or whose rows we read again."""


def check_own_tabs(open_book: OpenBook) -> None:
    """Return quietly if every tab of our names is ours or blank, and none was renamed.

    A workbook that is only read keeps its tabs anyway.

    Raises:
        WorkbookUnsafe: a tab with the name of ours has a heading that we never laid, or ours has a name of the team's.
    """
    if open_book.workbook.capabilities.is_read_only:
        return
    for name in own_tabs.HEADINGS:
        called = [tab for tab in open_book.snapshot.tabs if is_called(name, tab, open_book.snapshot.reading.lexicon)]
        for tab in called:
            _refuse_foreign(open_book, name, tab)
        if name in _missed(open_book) and not called:
            _refuse_renamed(open_book, name)


def _missed(open_book: OpenBook) -> Collection[str]:
    """Return the tabs that must not go missing.

    A shared sheet remembers the letters of its Outbox tab by itself.
    """
    return set(MISSED) - ({own_tabs.OUTBOX} if open_book.workbook.capabilities.team else set())


def _refuse_foreign(open_book: OpenBook, name: str, tab: str) -> None:
    grid = open_book.snapshot.tabs[tab]
    place, foreign = next(_foreign(grid, name, open_book), ("", ""))
    if foreign and _laid(grid, name, open_book) < len(own_tabs.HEADINGS[name]) / 2:
        raise WorkbookUnsafe(
            f"{open_book.workbook.name} was not written: its tab {tab} is not ours",
            why=f'it has the heading "{foreign}", which is not ours and would be overwritten',
            next_step=f"rename that tab, since sheetclerk writes one called {tab}; nothing was changed or sent",
        )
    if foreign:
        raise WorkbookUnsafe(
            f"{open_book.workbook.name} was not written: its tab {tab} has something that is not ours",
            why=f'{tab}!{place} says "{foreign}", which is not ours and would be overwritten',
            next_step=f"move it into a tab of your own, or delete that row or column of {tab}; nothing was changed or "
            "sent",
        )


def _refuse_renamed(open_book: OpenBook, name: str) -> None:
    """Stop if people renamed a tab, which would be made anew without its memory."""
    wanted = open_book.snapshot.own_tab_name(name)
    whole = (
        tab
        for tab, grid in open_book.snapshot.tabs.items()
        if _laid(grid, name, open_book) == len(own_tabs.HEADINGS[name])
    )
    if renamed := next(whole, ""):
        raise WorkbookUnsafe(
            f"{open_book.workbook.name} was not written: there is no tab {wanted}, but {renamed} has its headings",
            why=f"a renamed tab is not read, so what only {wanted} remembers would be lost",
            next_step=f"rename it back to {wanted}; if it is a copy, change a heading of {renamed}; nothing was "
            "changed or sent",
        )


def _laid(grid: Grid, name: str, open_book: OpenBook) -> int:
    """Return how many of our headings stand in one of its first rows."""
    known = own_headings(name, open_book.snapshot.reading.lexicon)
    top, _ = own_places(name, grid, open_book.snapshot.reading.lexicon)
    return len({known.get(plain(shown(cell))) for row in grid[top : top + 1] for cell in row} - {None})


def _foreign(grid: Grid, name: str, open_book: OpenBook) -> Iterator[tuple[str, str]]:
    """Yield the address and text of each heading that is not ours."""
    known = own_headings(name, open_book.snapshot.reading.lexicon)
    filled = next((number for number, row in enumerate(grid) if any(map(shown, row))), 0)
    top, _ = own_places(name, grid, open_book.snapshot.reading.lexicon)
    for number, row in enumerate(grid[: max(top, filled) + 1]):
        for column, cell in enumerate(row):
            if shown(cell) and plain(shown(cell)) not in known:
                yield address(number, column), shown(cell)
