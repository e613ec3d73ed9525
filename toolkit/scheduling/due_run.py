"""One run of the shop for what is due."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from toolkit.app.desk import Desk
from toolkit.app.run import weekly_run
from toolkit.app.run_report import RunReport
from toolkit.app.run_scope import RunScope, noted
from toolkit.app.shop import Shop
from toolkit.book import own_tabs
from toolkit.delivery.agenda import Occurrence, OccurrenceState
from toolkit.delivery.lock import run_lock
from toolkit.errors import RunLocked, SetupError, ToolkitError
from toolkit.rules.recurrence import soonest
from toolkit.scheduling.claims import FolderClaims
from toolkit.scheduling.due_check import DueCheck, check_server_clock
from toolkit.scheduling.job_context import JobContext
from toolkit.scheduling.jobs import Timetable, timetable_of

KEEP_CLAIMS: Final = timedelta(days=90)
"""After so long, no computer that trusts its clock asks who did an occurrence."""

FORMER_NAME: Final = "computer"
"""The memo under which earlier versions gave this computer a name of its own for claims."""


class Teller(NamedTuple):
    """Renders a run.

    Args:
        check: called before the first letter leaves; it raises where nothing could be told.
        tell: makes the words for a run from the shop, still open, and its report.
    """

    check: Callable[[Shop], None]
    tell: Callable[[Shop, RunReport], tuple[str, ...]]


@dataclass(frozen=True)
class DueReport:
    """The result of one look at the timetable.

    Args:
        done: occurrences that were done now.
        elsewhere: occurrences that another computer has.
        missed: occurrences that were missed and nobody was told of yet.
        resting: occurrences that wait: for the end of quiet hours, or after a try that failed.
        next_due: when the next one comes due, in UTC; None without jobs.
        run: the run that did them; None where nothing was due.
        told: what is told of that run.
    """

    done: tuple[Occurrence, ...] = ()
    elsewhere: tuple[Occurrence, ...] = ()
    missed: tuple[Occurrence, ...] = ()
    resting: tuple[Occurrence, ...] = ()
    next_due: datetime | None = None
    run: RunReport | None = None
    told: tuple[str, ...] = ()

    @property
    def failure(self) -> ToolkitError | None:
        """The reason why the run did not come to its end, None if it did."""
        return (self.run.stopped or self.run.unwritten) if self.run else None


def run_due(context: JobContext, teller: Teller, limit: int | None = None) -> DueReport:
    """Do what is due now, each occurrence once.

    Args:
        context: the shop's timetable.
        teller: tells of the run, where there was one.
        limit: at most so many letters leave now.

    Raises:
        RunStopped: the clock cannot be trusted.
        RunLocked: another run is at work.
        ToolkitError: the run failed; what was due rests for a while and is then tried again.
    """
    timetable = with_jobs(timetable_of(context.config))
    due_check = DueCheck(context.agenda, timetable, _claims(context), context.clock.now())
    before = context.agenda.open()
    due = due_check.look()
    _check_lock(context, due_check, due.late)
    run, told = _run(context, due_check, teller, limit) if due.ready else (None, ())
    report = _report(context, timetable, {occurrence.id for occurrence in (*before, *due.ready, *due.late)})
    return replace(report, run=run, told=told)


def mark_told(context: JobContext, report: DueReport) -> None:
    """Write down that a person was told of what was missed."""
    context.agenda.move([replace(occurrence, told=True) for occurrence in report.missed])


def _check_lock(context: JobContext, due_check: DueCheck, late: Sequence[Occurrence]) -> None:
    """Write down what is missed, while no other run is at work."""
    if late:
        with run_lock(context.data, context.config.shop.id):
            due_check.settle()


def _run(
    context: JobContext, due_check: DueCheck, teller: Teller, limit: int | None
) -> tuple[RunReport | None, tuple[str, ...]]:
    try:
        with context.open_shop() as shop:
            shop.desk.hold()
            _check_clock(shop.desk)
            begun = due_check.begin(noted(shop.open_book.own_rows(own_tabs.WEEK)))
            if not begun:
                return None, ()
            teller.check(shop)
            run = weekly_run(shop, shop.today, limit, _errand(context, due_check, begun))
            _close_turns(context, due_check, begun, run)
            return run, teller.tell(shop, run)
    except RunLocked:
        raise
    except Exception:
        due_check.put_off()
        raise


def _check_clock(desk: Desk) -> None:
    """Stop live letters if the clock does not agree with the server's."""
    team = desk.open_book.workbook.capabilities.team
    if team and not desk.is_rehearsal:
        check_server_clock(team.server_now, desk.clock.now())


def _close_turns(context: JobContext, due_check: DueCheck, begun: Sequence[Occurrence], run: RunReport) -> None:
    if run.stopped or run.unwritten:
        due_check.put_off()
    else:
        due_check.finish(begun)
        _claims(context).drop(
            occurrence for occurrence in context.agenda.done() if occurrence.due < due_check.now - KEEP_CLAIMS
        )


def _errand(context: JobContext, due_check: DueCheck, begun: Sequence[Occurrence]) -> RunScope:
    wall = due_check.now.astimezone(due_check.timetable.zone)
    words = f"{wall:%Y-%m-%d %H:%M}, {context.computer}"
    return RunScope(
        due_check.timetable.campaigns_of({occurrence.job for occurrence in begun}),
        {occurrence.id: words for occurrence in begun},
    )


def _report(context: JobContext, timetable: Timetable, looked_at: set[str]) -> DueReport:
    turns: dict[OccurrenceState, list[Occurrence]] = {state: [] for state in OccurrenceState}
    for occurrence in context.agenda.among(looked_at):
        turns[occurrence.state].append(occurrence)
    return DueReport(
        done=tuple(turns[OccurrenceState.DONE]),
        elsewhere=tuple(turns[OccurrenceState.ELSEWHERE]),
        missed=context.agenda.untold(),
        resting=context.agenda.open(),
        next_due=soonest([job.when for job in timetable.jobs], context.clock.now(), timetable.zone),
    )


def _claims(context: JobContext) -> FolderClaims:
    return FolderClaims(context.folder / "timetable", context.computer, context.agenda.memo(FORMER_NAME))


def with_jobs(timetable: Timetable) -> Timetable:
    """Return the timetable, if it has a job.

    Raises:
        SetupError: it is empty.
    """
    if timetable.jobs:
        return timetable
    raise SetupError(
        "sheetclerk.toml, [timetable] has no jobs",
        why="nothing runs by itself yet",
        next_step='add there: weekly = "every monday at 09:00"',
    )
