"""One run from the workbook to the workbook."""

from dataclasses import replace
from datetime import date

from toolkit.app.as_of_journals import forget_other_days
from toolkit.app.commands.stopping import put
from toolkit.app.home_computer import check_home
from toolkit.app.outbox_memory import check_memory, remember
from toolkit.app.own_tabs import owned_tabs
from toolkit.app.ownership import check_ours
from toolkit.app.run_report import RunReport
from toolkit.app.run_scope import EVERYTHING, RunScope
from toolkit.app.sanity import COMPARED, check_sane, sizes_of
from toolkit.app.shop import Shop
from toolkit.errors import WorkbookError


def weekly_run(
    shop: Shop,
    today: date,
    limit: int | None = None,
    errand: RunScope = EVERYTHING,
    *,
    letter: str = "",
    is_sure: bool = False,
) -> RunReport:
    """Read the book, decide who is owed a letter, send each letter once, write down where clients stand.

    Args:
        shop: an open shop.
        today: the day for which everything is worked out.
        limit: at most so many letters leave now.
        errand: what the run is for; everything, unless the timetable sent it.
        letter: send only letters of this name; "" is all that is due.
        is_sure: a person has looked, and wants a plan sent that looks wrong.

    Returns:
        What was found, decided and done; its `stopped` and `unwritten` say what could not be.

    Raises:
        ToolkitError: nothing was sent.
    """
    shop.hold()
    started = shop.clock.now()
    plan = shop.plan_week(today, errand.campaigns)
    plan = plan.of(letter) if letter else plan
    if not (shop.is_rehearsal or is_sure):
        check_sane(plan, shop.book, shop.outbox.last_runs(COMPARED))
    check_ours(shop)
    check_home(shop)
    if not (shop.is_rehearsal or is_sure or limit == 0):
        check_memory(shop)
    shop.workbook.check_writable()
    delivered = shop.deliver_waiting(plan, limit, letter)
    report = replace(RunReport.of(shop, plan, delivered.outcomes), stopped=delivered.stopped)
    shop.outbox.record_run(today, started, {**report.letter_counts, **sizes_of(shop.book)})
    shop.outbox.purge(today)
    if shop.keeps_records:
        forget_other_days(shop)
    report = _written_down(shop, report, errand)
    if report.unwritten is None:
        remember(shop, is_sure=is_sure)
    return report


def _written_down(shop: Shop, report: RunReport, errand: RunScope) -> RunReport:
    """Put our tabs into the workbook; where it got busy meanwhile, the journal has all, and the next run writes it."""
    finished = EVERYTHING if report.stopped else errand
    try:
        shop.look_at_ours()
        return replace(report, results=put(shop, owned_tabs(shop, report, finished)))
    except WorkbookError as error:
        return replace(report, unwritten=error)
