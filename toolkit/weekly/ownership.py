"""A tab of the team's that bears the name of one of ours is told apart before anything is written or sent."""

from toolkit.book import ours
from toolkit.book.cells import shown
from toolkit.book.grid import Grid
from toolkit.book.words import plain
from toolkit.errors import WorkbookUnsafe
from toolkit.sheets.apart import Apart
from toolkit.shop import Shop


def check_ours(shop: Shop) -> None:
    """Return quietly if every tab that a run would write over is blank or was laid by us.

    A workbook that is only read keeps its tabs anyway.

    Raises:
        WorkbookUnsafe: a tab with the name of ours has a heading that we never laid.
    """
    if isinstance(shop.workbook, Apart):
        return
    names = {plain(name): name for name in ours.HEADINGS}
    for written, grid in shop.tabs.items():
        name = names.get(plain(shop.reading.lexicon.tab(written)), "")
        if name and (foreign := _foreign(grid, name, shop)):
            raise WorkbookUnsafe(
                f"{shop.workbook.name} was not written: its tab {written} is not ours",
                why=f'it has the heading "{foreign}", which we never laid, and we would write over it',
                next_step=f"give that tab another name: {written} is the name of ours; nothing was changed or sent",
            )


def _foreign(grid: Grid, name: str, shop: Shop) -> str:
    """The first heading of a tab that is none of ours in any language; "" where there is none."""
    languages = shop.reading.lexicon.languages.values()
    known = {plain(words.heading(one)) for words in languages for one in ours.HEADINGS[name]}
    top = next((row for row in grid if any(map(shown, row))), ())
    return next((shown(cell) for cell in top if shown(cell) and plain(shown(cell)) not in known), "")
