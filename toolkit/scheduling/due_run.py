"""Do what is due: once, within its lateness, in one run of the shop; what passed is written down and told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from toolkit.app.job_context import JobContext
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
from toolkit.scheduling.jobs import Timetable, timetable_of

KEEP_CLAIMS: Final = timedelta(days=90)
"""After so long, no computer that trusts its clock asks who did an occurrence."""

FORMER_NAME: Final = "computer"
"""The memo under which earlier versions gave this computer a name of its own for claims."""


class Teller(NamedTuple):
    """Who tells of a run.

    Args:
        check: called before the first letter leaves; it raises where nothing could be told.
        tell: makes the words for a run from the shop, still open, and its report.
    """

    check: Callable[[Shop], None]
    tell: Callable[[Shop, RunReport], tuple[str, ...]]


@dataclass(frozen=True)
class DueReport:
    """What one look at the timetable came to.

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
        """Why the run did not come to its end; None where it did."""
        return (self.run.stopped or self.run.unwritten) if self.run else None


def run_due(duty: JobContext, teller: Teller, limit: int | None = None) -> DueReport:
    """Do what is due now, each occurrence once.

    Args:
        duty: the shop's timetable.
        teller: tells of the run, where there was one.
        limit: at most so many letters leave now.

    Raises:
        RunStopped: the clock cannot be trusted.
        RunLocked: another run is at work.
        ToolkitError: the run failed; what was due rests for a while and is then tried again.
    """
    timetable = with_jobs(timetable_of(duty.config))
    wake = DueCheck(duty.agenda, timetable, _claims(duty), duty.clock.now())
    before = duty.agenda.open()
    found = wake.look()
    _check_lock(duty, wake, found.late)
    run, told = _run(duty, wake, teller, limit) if found.ready else (None, ())
    report = _report(duty, timetable, {one.id for one in (*before, *found.ready, *found.late)})
    return replace(report, run=run, told=told)


def mark_told(duty: JobContext, report: DueReport) -> None:
    """Write down that a person was told of what was missed; until then each look tells it again."""
    duty.agenda.move([replace(one, told=True) for one in report.missed])


def _check_lock(duty: JobContext, wake: DueCheck, late: Sequence[Occurrence]) -> None:
    """What is too late is written down while no other run is at it."""
    if late:
        with run_lock(duty.data, duty.config.shop.id):
            wake.settle()


def _run(
    duty: JobContext, wake: DueCheck, teller: Teller, limit: int | None
) -> tuple[RunReport | None, tuple[str, ...]]:
    try:
        with duty.open_shop() as shop:
            shop.desk.hold()
            _check_clock(shop)
            begun = wake.begin(noted(shop.open_book.own_rows(own_tabs.WEEK)))
            if not begun:
                return None, ()
            teller.check(shop)
            run = weekly_run(shop, shop.today, limit, _errand(duty, wake, begun))
            _close_turns(duty, wake, begun, run)
            return run, teller.tell(shop, run)
    except RunLocked:
        raise
    except Exception:
        wake.put_off()
        raise


def _check_clock(shop: Shop) -> None:
    """Letters that truly leave do so by a clock that agrees with the server's."""
    team = shop.open_book.workbook.capabilities.team
    if team and not shop.desk.is_rehearsal:
        check_server_clock(team.server_now, shop.clock.now())


def _close_turns(duty: JobContext, wake: DueCheck, begun: Sequence[Occurrence], run: RunReport) -> None:
    if run.stopped or run.unwritten:
        wake.put_off()
    else:
        wake.finish(begun)
        _claims(duty).drop(one for one in duty.agenda.done() if one.due < wake.now - KEEP_CLAIMS)


def _errand(duty: JobContext, wake: DueCheck, begun: Sequence[Occurrence]) -> RunScope:
    wall = wake.now.astimezone(wake.timetable.zone)
    words = f"{wall:%Y-%m-%d %H:%M}, {duty.computer}"
    return RunScope(wake.timetable.campaigns_of({one.job for one in begun}), {one.id: words for one in begun})


def _report(duty: JobContext, timetable: Timetable, looked_at: set[str]) -> DueReport:
    turns: dict[OccurrenceState, list[Occurrence]] = {state: [] for state in OccurrenceState}
    for one in duty.agenda.among(looked_at):
        turns[one.state].append(one)
    return DueReport(
        done=tuple(turns[OccurrenceState.DONE]),
        elsewhere=tuple(turns[OccurrenceState.ELSEWHERE]),
        missed=duty.agenda.untold(),
        resting=duty.agenda.open(),
        next_due=soonest([job.when for job in timetable.jobs], duty.clock.now(), timetable.zone),
    )


def _claims(duty: JobContext) -> FolderClaims:
    return FolderClaims(duty.folder / "timetable", duty.computer, duty.agenda.memo(FORMER_NAME))


def with_jobs(timetable: Timetable) -> Timetable:
    """The timetable itself, where it holds a job.

    Raises:
        SetupError: it is empty.
    """
    if timetable.jobs:
        return timetable
    raise SetupError(
        "sheetclerk.toml, [timetable] has no job",
        why="nothing is due by itself yet",
        next_step='write there: weekly = "every monday at 09:00"',
    )
