"""The commands of the timetable, apart from running what is due."""

import json
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.scheduling.due_run import DueReport, with_jobs
from toolkit.scheduling.installers import entry_of, find_installer, install_files, installed, remove_files
from toolkit.scheduling.job_context import JobContext
from toolkit.scheduling.jobs import timetable_of
from toolkit.scheduling.summaries import due_lines, due_numbers, job_lines, wall
from toolkit.scheduling.unattended import log_path


class Shown(NamedTuple):
    """The lines of a command, and the commands that a person types next."""

    told: tuple[str, ...]
    commands: tuple[str, ...]


def install(context: JobContext, system: str) -> Shown:
    """Write the files of a scheduler, and count what comes due from now on.

    Args:
        context: the shop's timetable.
        system: the scheduler's name; "" is the one that this computer has.

    Raises:
        SetupError: there is no job, or a folder cannot be written.
    """
    timetable, chosen, entry = with_jobs(timetable_of(context.config)), find_installer(system), entry_of(context)
    paths = install_files(chosen, entry)
    if context.agenda.seen() is None:
        context.agenda.note(context.clock.now(), ())
    written = (f"Wrote {path}" for path in paths)
    return Shown((*written, *job_lines(timetable, context.clock.now())), chosen.start(entry))


def remove(context: JobContext, system: str) -> Shown:
    """Take the files of a scheduler away.

    Raises:
        SetupError: a file cannot be deleted.
    """
    chosen, entry = find_installer(system), entry_of(context)
    deleted = tuple(f"Deleted {path}" for path in remove_files(chosen, entry))
    return Shown(deleted or (f"{chosen.name}: nothing was installed",), chosen.stop(entry) if deleted else ())


def show(context: JobContext, system: str) -> Iterator[str]:
    """Yield each job with its next times, the last look, and what wakes this computer.

    Raises:
        SetupError: there is no job.
    """
    timetable, chosen, entry = with_jobs(timetable_of(context.config)), find_installer(system), entry_of(context)
    yield from job_lines(timetable, context.clock.now())
    seen = context.agenda.seen()
    yield f"last look: {wall(seen, timetable.zone) if seen else 'never'}"
    for occurrence in context.agenda.open():
        yield f"waits: {occurrence.id}, until {wall(occurrence.until, timetable.zone)}"
    paths = installed(chosen, entry)
    yield f"{chosen.name}: {', '.join(map(str, paths)) or 'not installed'}"
    yield f"log: {log_path(context)}"


def report_lines(context: JobContext, report: DueReport, *, as_json: bool) -> Iterator[str]:
    """Yield what `run --due` prints after its run."""
    zone = context.config.shop.zone
    if as_json:
        run = json.loads("".join(report.told) or "{}")
        yield json.dumps({**run, "due": due_numbers(report, zone)}, ensure_ascii=False, indent=1)
    else:
        yield from (*report.told, *due_lines(report, zone))


def trust_clock(context: JobContext) -> None:
    """Go on from now, since a person says that the clock is right.

    What lies behind is caught up as usual, however long ago the last look was.
    """
    seen, now = context.agenda.seen(), context.clock.now()
    if seen and seen > now:
        context.agenda.forget_after(now)
    elif seen:
        timetable = timetable_of(context.config)
        context.agenda.note(now, timetable.came_due(seen, now))
