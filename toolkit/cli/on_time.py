"""Commands of the timetable: watch and schedule; run --due is theirs too."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.front import VERBOSE, Asked, clock_of_rehearsal, main, tell_unforeseen
from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from toolkit.timetable import Duty
    from toolkit.timetable.commands import Shown

# ruff: noqa: PLC0415 - commands load what they need, so that --help is quick


def run_due_jobs(asked: Asked, limit: int | None, *, clock_is_right: bool = False) -> None:
    """Do what the timetable says is due, and tell what passed."""
    from toolkit import timetable
    from toolkit.report import told

    if asked.book or asked.as_of or asked.only:
        raise click.UsageError("--due does what the timetable says, today and for everybody")
    with timetable.open_duty(Path(), clock_of_rehearsal()) as duty:
        if clock_is_right:
            timetable.trust_clock(duty)
        teller = timetable.Teller(told.check_folder, told.json_of_run if asked.as_json else told.page_and_lines)
        report = timetable.unattended(duty, lambda: timetable.run_due(duty, teller, limit))
        asked.say(*timetable.report_lines(duty, report, as_json=asked.as_json))
        timetable.mark_told(duty, report)
    if report.failure:
        raise report.failure


@main.command()
@click.option("-q", "--quiet", is_flag=True, help="Print only errors.")
@VERBOSE
def watch(*, quiet: bool) -> None:
    """Stay, look once a minute, and do what is due; Ctrl-C ends it."""
    from toolkit import timetable
    from toolkit.clock import SystemClock
    from toolkit.timetable.watching import watch as stay

    asked = Asked(None, None, (), as_json=False, quiet=quiet)
    with timetable.open_duty(Path(), clock_of_rehearsal()):
        pass
    with suppress(KeyboardInterrupt):
        stay(lambda: _tick(asked), clock_of_rehearsal() or SystemClock())
    asked.say("watching ended")


def _tick(asked: Asked) -> None:
    """One look; a failure is told, and the next look comes all the same."""
    try:
        run_due_jobs(asked, None)
    except ToolkitError as error:
        click.echo(str(error), err=True)
    except Exception as error:  # noqa: BLE001 - one mistake of ours must not end the watch of a whole week
        tell_unforeseen(error)


@main.group()
def schedule() -> None:
    """Let this computer run by itself what [timetable] says."""


SYSTEM = click.option(
    "--system",
    type=click.Choice(["systemd", "launchd", "tasks", "cron"]),
    help="Which scheduler; without it, the one that this computer has.",
)


@schedule.command()
@SYSTEM
@VERBOSE
def install(system: str | None) -> None:
    """Write the scheduler's files, and show the commands that begin it."""
    from toolkit import timetable

    _change(timetable.install, system)


@schedule.command()
@SYSTEM
@VERBOSE
def remove(system: str | None) -> None:
    """Delete the scheduler's files, and show the commands that end it."""
    from toolkit import timetable

    _change(timetable.remove, system)


@schedule.command()
@SYSTEM
@VERBOSE
def show(system: str | None) -> None:
    """Tell each job, its next three times, and whether this computer is woken for them."""
    from toolkit import timetable

    with timetable.open_duty(Path(), clock_of_rehearsal()) as duty:
        click.echo("\n".join(timetable.show(duty, system or "")))


def _change(change: Callable[["Duty", str], "Shown"], system: str | None) -> None:
    """Change the scheduler's files, tell what was done, and show the commands that are left to a person."""
    from toolkit import timetable

    with timetable.open_duty(Path(), clock_of_rehearsal()) as duty:
        shown = change(duty, system or "")
        click.echo("\n".join(shown.told))
    for command in shown.commands:
        click.echo(f"next: {command}", err=True)
