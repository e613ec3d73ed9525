"""One run from the workbook to the workbook."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from toolkit.app.desk import Desk
from toolkit.app.own_tabs import owned_tabs, write_own_tabs
from toolkit.app.run_checks import check_run, remember_letters, sizes_of
from toolkit.app.run_report import RunReport
from toolkit.app.run_scope import FULL_RUN, RunScope
from toolkit.app.shop import Shop
from toolkit.delivery.letter_record import LetterFilter
from toolkit.errors import WorkbookError

OTHER_DAYS_KEPT: Final = timedelta(days=30)
"""How long a journal of another day is kept: addresses and letters lie in it."""


def weekly_run(
    shop: Shop,
    today: date,
    limit: int | None = None,
    scope: RunScope = FULL_RUN,
    *,
    letter: str = "",
    is_sure: bool = False,
) -> RunReport:
    """Decide who is owed a letter, send each once, and write down where clients stand.

    Args:
        shop: an open shop.
        today: the day for which everything is worked out.
        limit: at most so many letters leave now.
        scope: what the run is for; everything, unless the timetable started it.
        letter: send only letters of this name; "" is all that is due.
        is_sure: a person has looked, and wants a plan sent that looks wrong.

    Returns:
        What was found, decided and done; its `stopped` and `unwritten` say what could not be.

    Raises:
        ToolkitError: nothing was sent.
    """
    desk = shop.desk
    desk.hold()
    started = shop.clock.now()
    plan = shop.plan_week(today, scope.campaigns)
    plan = plan.of(letter) if letter else plan
    check_run(shop, plan, limit, is_sure=is_sure)
    delivered = desk.deliver(plan, limit, LetterFilter(shop.choices.only, letter))
    report = RunReport.of(shop, plan, delivered)
    _record(desk, report, started)
    report = _written(shop, report, FULL_RUN if report.stopped else scope)
    if report.unwritten is None:
        remember_letters(desk, is_sure=is_sure)
    return report


def _record(desk: Desk, report: RunReport, started: datetime) -> None:
    """Keep the run's figures, and delete what is too old."""
    desk.outbox.record_run(report.as_of, started, {**report.letter_counts, **sizes_of(report.book)})
    desk.outbox.purge(report.as_of)
    if desk.keeps_records:
        for path in desk.data.glob("as-of-*.sqlite3*"):
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < desk.clock.now() - OTHER_DAYS_KEPT:
                path.unlink(missing_ok=True)


def _written(shop: Shop, report: RunReport, scope: RunScope) -> RunReport:
    """Write our tabs, or leave that to the next run if the workbook is busy."""
    try:
        shop.open_book.read_own_tabs_again()
        return replace(report, results=write_own_tabs(shop.desk, owned_tabs(shop, report, scope)))
    except WorkbookError as error:
        return replace(report, unwritten=error)
