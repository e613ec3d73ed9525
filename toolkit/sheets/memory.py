"""A workbook in memory, for tests and rehearsals."""

from collections.abc import Sequence
from decimal import Decimal

from toolkit.book import Cell, Filled, Filling, Link, OwnCell, OwnTab, Tabs
from toolkit.book.filling import found_again, put_in
from toolkit.errors import WorkbookBusy
from toolkit.sheets.new_tab import NewTab, name_taken, typed_tab
from toolkit.sheets.workbook import Capabilities


class MemoryWorkbook:
    """Tabs that live as long as the program.

    Args:
        tabs: every tab with its cells.
        name: what people call it.

    Attributes:
        written: our tabs as they were last written, by name.
        busy: why it cannot be written; "" while it can.
    """

    def __init__(self, tabs: Tabs, name: str = "memory") -> None:
        self._tabs = {tab: tuple(tuple(row) for row in grid) for tab, grid in tabs.items()}
        self._name = name
        self.written: dict[str, OwnTab] = {}
        self.busy = ""

    @property
    def name(self) -> str:
        """Its name for people."""
        return self._name

    @property
    def capabilities(self) -> Capabilities:
        """Nothing beyond the usual."""
        return Capabilities()

    def rows(self) -> Tabs:
        """Read every tab with its cells."""
        return dict(self._tabs)

    def check_writable(self) -> None:
        """Return quietly if `write` would work now.

        Raises:
            WorkbookBusy: `busy` says why.
        """
        if self.busy:
            raise WorkbookBusy(
                f"{self.name} cannot be written",
                why=self.busy,
                next_step="close it there, then run again; nothing was changed",
            )

    def write(self, tabs: Sequence[OwnTab]) -> str:
        """Write our tabs and return the workbook's name.

        Raises:
            WorkbookBusy: as in check_writable.
        """
        self.check_writable()
        for tab in tabs:
            self.written[tab.name] = tab
            self._tabs[tab.name] = (tab.headings, *(tuple(map(_read_back, row)) for row in tab.rows))
        return self.name

    def fill(self, fillings: Sequence[Filling]) -> Filled:
        """Fill blank cells.

        Raises:
            WorkbookBusy: as in check_writable; nothing was changed.
        """
        self.check_writable()
        filled = found_again(fillings, self._tabs)
        self._tabs = {tab: tuple(map(tuple, grid)) for tab, grid in put_in(self._tabs, filled.done).items()}
        return filled

    def add_tab(self, tab: NewTab) -> None:
        """Add a new tab of the team's.

        Raises:
            WorkbookBusy: as in check_writable; nothing was changed.
            WorkbookUnsafe: a tab of that name is there; nothing was changed.
        """
        self.check_writable()
        if tab.name in self._tabs:
            raise name_taken(self.name, tab.name)
        typed = typed_tab(tab)
        self._tabs[tab.name] = (typed.headings, *(tuple(map(_read_back, row)) for row in typed.rows))


def _read_back(cell: OwnCell) -> Cell:
    if isinstance(cell, Decimal):
        return float(cell)
    return cell.words if isinstance(cell, Link) else cell
