"""A workbook that is only read."""

from collections.abc import Sequence

from toolkit.book import Filled, Filling, OwnTab, Tabs
from toolkit.errors import WorkbookNotFound, WorkbookUnsafe
from toolkit.sheets.new_tab import NewTab
from toolkit.sheets.workbook import Capabilities, Workbook


class ReadOnlyWorkbook:
    """The team's book, never written, with our tabs in another.

    Args:
        book: where the team keeps its clients.
        results: where our tabs stand; it may not exist yet.
        own_names: the names of our tabs.
    """

    def __init__(self, book: Workbook, results: Workbook, own_names: frozenset[str]) -> None:
        self._book = book
        self._results = results
        self._own_names = own_names

    @property
    def name(self) -> str:
        """The book's name."""
        return self._book.name

    @property
    def capabilities(self) -> Capabilities:
        """The book is only read."""
        return Capabilities(is_read_only=True)

    def rows(self) -> Tabs:
        """Read the book's tabs, and ours from the results."""
        return {**self._book.rows(), **self._own_rows()}

    def check_writable(self) -> None:
        """Return quietly if the results could be written now."""
        self._results.check_writable()

    def write(self, tabs: Sequence[OwnTab]) -> str:
        """Write our tabs to the results, and return their name."""
        return self._results.write(tabs)

    def fill(self, fillings: Sequence[Filling]) -> Filled:
        """Refuse, since the book is only read.

        Raises:
            WorkbookUnsafe: always.
        """
        cells = ", ".join(filling.place for filling in fillings[:3])
        raise self._read_only(f"{cells} was not filled", "fill it by hand")

    def add_tab(self, tab: NewTab) -> None:
        """Refuse, since the book is only read.

        Raises:
            WorkbookUnsafe: always.
        """
        raise self._read_only(f"the tab {tab.name} was not added", "add it by hand")

    def _read_only(self, undone: str, by_hand: str) -> WorkbookUnsafe:
        return WorkbookUnsafe(
            f"{self.name} is only read: {undone}",
            why="only a shop's own workbook is written, and sheetclerk.toml names it",
            next_step=f"{by_hand}, or make this the workbook of a shop: sheetclerk adopt {self.name}",
        )

    def _own_rows(self) -> Tabs:
        try:
            tabs = self._results.rows()
        except WorkbookNotFound:
            return {}
        return {name: grid for name, grid in tabs.items() if name in self._own_names}
