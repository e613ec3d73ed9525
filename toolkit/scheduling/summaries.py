"""The result of a look at the timetable, in English sentences and as JSON."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from toolkit.delivery.agenda import Occurrence
from toolkit.scheduling.due_run import DueReport
from toolkit.scheduling.jobs import Job, Timetable

NEXT_TIMES = 3


def wall(moment: datetime, zone: ZoneInfo) -> str:
    """Return a moment as Mon 23 Nov 2026 09:00."""
    here = moment.astimezone(zone)
    return f"{here:%a} {here.day} {here:%b %Y %H:%M}"


def due_lines(report: DueReport, zone: ZoneInfo) -> Iterator[str]:
    """Yield what `run --due` prints after its run."""
    passed = (*report.missed, *report.elsewhere, *report.done)
    if report.missed or report.elsewhere:
        yield f"{len(passed)} passed while off: {_sum(report)}"
    for occurrence in report.done:
        yield f"  done     {occurrence.id}, due {wall(occurrence.due, zone)}"
    for occurrence in report.elsewhere:
        yield f"  done     {occurrence.id}, due {wall(occurrence.due, zone)}: by {occurrence.words}"
    for occurrence in report.missed:
        yield f"  missed   {occurrence.id}, due {wall(occurrence.due, zone)}: {occurrence.words}"
    for occurrence in report.resting:
        yield f"  waits    {occurrence.id}, due {wall(occurrence.due, zone)}: {_why_it_rests(occurrence, zone)}"
    if not (passed or report.resting):
        yield "nothing due"
    if report.next_due:
        yield f"next due: {wall(report.next_due, zone)}"


def _sum(report: DueReport) -> str:
    gone = "written now" if report.run and report.run.rehearsed else "sent now"
    counts = ((report.done, gone), (report.elsewhere, "by another computer"), (report.missed, "too late"))
    return ", ".join(f"{len(occurrences)} {label}" for occurrences, label in counts if occurrences)


def _why_it_rests(occurrence: Occurrence, zone: ZoneInfo) -> str:
    if occurrence.again is None:
        return f"for the end of the quiet hours, until {wall(occurrence.until, zone)}"
    return f"a try failed, the next one comes after {wall(occurrence.again, zone)}"


def due_numbers(report: DueReport, zone: ZoneInfo) -> dict[str, object]:
    """Return what `run --due --json` prints beside the run."""
    return {
        "done": [_numbers(occurrence, zone) for occurrence in report.done],
        "elsewhere": [_numbers(occurrence, zone) for occurrence in report.elsewhere],
        "missed": [_numbers(occurrence, zone) for occurrence in report.missed],
        "waits": [_numbers(occurrence, zone) for occurrence in report.resting],
        "next_due": report.next_due and report.next_due.astimezone(zone).isoformat(),
    }


def _numbers(occurrence: Occurrence, zone: ZoneInfo) -> dict[str, str]:
    return {"occurrence": occurrence.id, "due": occurrence.due.astimezone(zone).isoformat(), "words": occurrence.words}


def job_lines(timetable: Timetable, now: datetime) -> Iterator[str]:
    """Yield each job with its campaigns, lateness and next three times."""
    for job in timetable.jobs:
        yield f"{job.name}: {job.when}"
        yield f"  letters  {', '.join(sorted(job.campaigns)) or 'none'}"
        yield f"  late     {_lateness(job)}"
        times = (due for (_, due), _ in zip(job.when.next_after(now, timetable.zone), range(NEXT_TIMES), strict=False))
        yield f"  next     {', '.join(wall(time, timetable.zone) for time in times)}"
        if any(timetable.is_quiet(due) for _, due in [next(job.when.next_after(now, timetable.zone))]):
            yield "  quiet    in the quiet hours or on a quiet day, so it goes after they end, or not at all"


def _lateness(job: Job) -> str:
    if job.late == 0:
        return "on its own day only"
    return f"at most {job.late} {'day' if job.late == 1 else 'days'} after its day, and never after its next turn"
