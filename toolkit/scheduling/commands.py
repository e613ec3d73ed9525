"""What the commands of the timetable do and tell, apart from running what is due."""

import json
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.app.job_context import JobContext
from toolkit.scheduling.due_run import DueReport, with_jobs
from toolkit.scheduling.installers import installed, put_in_place, system_named, take_away, waking_of
from toolkit.scheduling.jobs import timetable_of
from toolkit.scheduling.summaries import due_lines, due_numbers, job_lines, wall
from toolkit.scheduling.unattended import log_path


class Shown(NamedTuple):
    """What a command tells, and the commands that a person types next."""

    told: tuple[str, ...]
    commands: tuple[str, ...]


def install(duty: JobContext, system: str) -> Shown:
    """Put the files of a scheduler in place; from now on what comes due counts, even if the computer is off.

    Args:
        duty: the shop's timetable.
        system: the scheduler's name; "" is the one that this computer has.

    Raises:
        SetupError: there is no job, or a folder cannot be written.
    """
    timetable, chosen, waking = with_jobs(timetable_of(duty.config)), system_named(system), waking_of(duty)
    paths = put_in_place(chosen, waking)
    if duty.agenda.seen() is None:
        duty.agenda.note(duty.clock.now(), ())
    written = (f"Wrote {path}" for path in paths)
    return Shown((*written, *job_lines(timetable, duty.clock.now())), chosen.start(waking))


def remove(duty: JobContext, system: str) -> Shown:
    """Take the files of a scheduler away.

    Raises:
        SetupError: a file cannot be deleted.
    """
    chosen, waking = system_named(system), waking_of(duty)
    deleted = tuple(f"Deleted {path}" for path in take_away(chosen, waking))
    return Shown(deleted or (f"{chosen.name}: nothing was installed",), chosen.stop(waking) if deleted else ())


def show(duty: JobContext, system: str) -> Iterator[str]:
    """Each job with its next three times, when somebody looked last, and what wakes this computer.

    Raises:
        SetupError: there is no job.
    """
    timetable, chosen, waking = with_jobs(timetable_of(duty.config)), system_named(system), waking_of(duty)
    yield from job_lines(timetable, duty.clock.now())
    seen = duty.agenda.seen()
    yield f"last look: {wall(seen, timetable.zone) if seen else 'never'}"
    for one in duty.agenda.open():
        yield f"waits: {one.id}, until {wall(one.until, timetable.zone)}"
    there = installed(chosen, waking)
    yield f"{chosen.name}: {', '.join(map(str, there)) or 'not installed'}"
    yield f"log: {log_path(duty)}"


def report_lines(duty: JobContext, report: DueReport, *, as_json: bool) -> Iterator[str]:
    """What `run --due` prints after its run."""
    zone = duty.config.shop.zone
    if as_json:
        run = json.loads("".join(report.told) or "{}")
        yield json.dumps({**run, "due": due_numbers(report, zone)}, ensure_ascii=False, indent=1)
    else:
        yield from (*report.told, *due_lines(report, zone))


def trust_clock(duty: JobContext) -> None:
    """Go on from now, since a person says that the clock is right: nothing that lies ahead counts as missed.

    What lies behind is caught up as usual, however long ago the last look was.
    """
    seen, now = duty.agenda.seen(), duty.clock.now()
    if seen and seen > now:
        duty.agenda.forget_after(now)
    elif seen:
        timetable = timetable_of(duty.config)
        duty.agenda.note(now, timetable.came_due(seen, now))
