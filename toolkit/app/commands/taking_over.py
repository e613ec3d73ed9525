"""The move of a shop to this computer."""

from toolkit.app.desk import Desk
from toolkit.app.own_tab_checks import check_own_tabs
from toolkit.book import own_tabs
from toolkit.errors import SetupError


def take_over(desk: Desk) -> str:
    """Name this computer in the Week tab, and return the one named before.

    Raises:
        SetupError: the shop's letters go to a folder.
        ChannelNotReady: mail is not connected on this computer.
        RunLocked: a run is at work on this computer.
        WorkbookError: the workbook cannot be written now.
    """
    _refuse_folder(desk)
    desk.check_ready()
    desk.hold()
    open_book, here = desk.open_book, desk.computer
    check_own_tabs(open_book)
    before, week = open_book.home(), open_book.own_rows(own_tabs.WEEK)
    others = (tuple(row) for row in week[1:] if row and row[0] != own_tabs.HOME)
    open_book.workbook.write([open_book.own_tab(own_tabs.WEEK, [*others, (own_tabs.HOME, here)])])
    return "" if before == here else before


def _refuse_folder(desk: Desk) -> None:
    if desk.is_rehearsal:
        raise SetupError(
            "there is nothing to take over",
            why="no letter leaves from here: [sending] channel is folder",
            next_step="sheetclerk connect mail",
        )
