"""Approval of a month's bonuses, which never change again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from toolkit.app.bonus_tab import all_rows, kept_now
from toolkit.app.open_book import OpenBook
from toolkit.app.own_tab_checks import check_own_tabs
from toolkit.app.shop import Shop
from toolkit.book import own_tabs
from toolkit.errors import RunStopped
from toolkit.rules.bonuses.monthly import Bonus, Bonuses
from toolkit.rules.months import month_name, months_after
from toolkit.snapshot import Snapshot

MONTHS_NAMED: Final = 3


def approve(shop: Shop, month: date, *, is_sure: bool = False) -> tuple[Bonus, ...]:
    """Keep a month's bonuses in the Bonuses tab and return them.

    Args:
        shop: whose staff are paid.
        month: its first day.
        is_sure: a person knows that earlier months can then never be approved.

    Raises:
        RunStopped: the month is approved already, is not over, or is not the next one in turn; the first approval
            would leave earlier months out; or another computer approved something at the same time.
        WorkbookError: the workbook cannot be written; nothing was approved.
    """
    shop.desk.hold()
    open_book, snapshot, bonuses = shop.open_book, shop.snapshot, shop.snapshot.bonuses
    _refuse_again(snapshot, month)
    _refuse_early(month, shop.today)
    _refuse_out_of_turn(bonuses, month)
    approved = tuple(_approved(bonus, shop.today) for bonus in bonuses.month(month))
    if not (is_sure or bonuses.kept):
        _refuse_to_skip(snapshot, month)
    if not approved:
        raise RunStopped(
            f"no staff in {month_name(month)}",
            why="there is nothing to approve",
            next_step="look at From and Until in the Staff tab",
        )
    check_own_tabs(open_book)
    open_book.workbook.check_writable()
    _refuse_meanwhile(open_book, month)
    this_month = shop.today.replace(day=1)
    now = () if month == this_month else bonuses.month(this_month)
    rows = all_rows(snapshot, shop.config.shop.places, approved, now)
    open_book.workbook.write((open_book.own_tab(own_tabs.BONUSES, rows),))
    return approved


def _approved(bonus: Bonus, today: date) -> Bonus:
    return replace(bonus, approved_on=today, figures=replace(bonus.figures, approved_on=today))


def _refuse_again(snapshot: Snapshot, month: date) -> None:
    kept = snapshot.bonuses.kept.get(month)
    if kept:
        raise RunStopped(
            f"{month_name(month)} is approved already",
            why=f"it was approved on {kept.approved_on.isoformat()}, and an approved month never changes",
            next_step="what became known later is added to the next month by itself",
        )
    if any(row.month == month for row in snapshot.book.approved_rows):
        raise RunStopped(
            f"{month_name(month)} is approved already, but its rows were changed by hand",
            why="what was approved can no longer be read",
            next_step="bring back an earlier version of the workbook",
        )


def _refuse_meanwhile(open_book: OpenBook, month: date) -> None:
    """Stop if another computer approved a month meanwhile."""
    before = {(row.month, row.staff, row.text) for row in open_book.snapshot.book.approved_rows}
    open_book.read_own_tabs_again()
    if {(row.month, row.staff, row.text) for row in kept_now(open_book.snapshot)} != before:
        raise RunStopped(
            f"{month_name(month)} was not approved: the Bonuses tab was changed meanwhile",
            why="somebody approved a month on another computer, or changed an approved row",
            next_step=f"sheetclerk bonus show {month_name(month)}, then approve it again if it still is to be approved",
        )


def _refuse_early(month: date, today: date) -> None:
    end = months_after(month, 1)
    if today < end:
        raise RunStopped(
            f"{month_name(month)} is not over",
            why="sales of its last days would be missing",
            next_step=f"approve it from {end.isoformat()} on",
        )


def _refuse_out_of_turn(bonuses: Bonuses, month: date) -> None:
    last = max(bonuses.kept, default=None)
    if last and month != months_after(last, 1):
        turn = month_name(months_after(last, 1))
        raise RunStopped(
            f"{month_name(month)} is not the next month",
            why=f"{month_name(last)} was approved last, and months are approved one after the other",
            next_step=f"sheetclerk bonus approve {turn}",
        )


def _refuse_to_skip(snapshot: Snapshot, month: date) -> None:
    """Stop before a first approval that would leave out earlier months for good."""
    skipped = list(_paid_before(snapshot, month))
    if skipped:
        more = len(skipped) - MONTHS_NAMED
        named = ", ".join(map(month_name, skipped[:MONTHS_NAMED])) + (f" and {more} more" if more > 0 else "")
        raise RunStopped(
            f"{month_name(month)} would be the first approved month, and earlier ones have bonuses: {named}",
            why="months are approved one after the other, so those could never be approved",
            next_step=f"sheetclerk bonus approve {month_name(skipped[0])}, or to leave them out for good:"
            f" sheetclerk bonus approve {month_name(month)} --yes",
        )


def _paid_before(snapshot: Snapshot, month: date) -> Iterator[date]:
    """Yield the earlier months in which somebody has a bonus, oldest first."""
    earlier = min((purchase.date for purchase in snapshot.book.purchases), default=month).replace(day=1)
    while earlier < month:
        if any(bonus.amount for bonus in snapshot.bonuses.month(earlier)):
            yield earlier
        earlier = months_after(earlier, 1)
