"""A person says that the workbook's letters leave from this computer from now on."""

from toolkit.book import ours
from toolkit.shop import Shop
from toolkit.weekly.home import computer, home_in
from toolkit.weekly.own_tabs import own_tab


def take_over(shop: Shop) -> str:
    """Write this computer into the Week tab; return which one it named before, "" where it named none or this one.

    Raises:
        ChannelNotReady: mail is not connected on this computer.
        RunLocked: a run is at work on this computer.
        WorkbookError: the workbook cannot be written now.
    """
    shop.make_ready()
    before, here = home_in(shop), computer(shop)
    shop.hold()
    others = (tuple(row) for row in shop.week[1:] if row and row[0] != ours.HOME)
    shop.write([own_tab(ours.WEEK, [*others, (ours.HOME, here)], shop)])
    return "" if before == here else before
