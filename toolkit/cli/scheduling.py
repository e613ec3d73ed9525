"""Commands of the timetable: watch and schedule; run --due is theirs too."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.front import VERBOSE, Asked, clock_of_rehearsal, main, tell_unforeseen
from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from toolkit.scheduling import JobContext
    from toolkit.scheduling.commands import Shown

# ruff: noqa: PLC0415 - commands load what they need, so that --help is quick


def run_due_jobs(asked: Asked, limit: int | None, *, clock_is_right: bool = False) -> None:
    """Do what the timetable says is due, and tell what passed."""
    from toolkit import scheduling
    from toolkit.report import render_run

    if asked.book or asked.as_of or asked.only:
        raise click.UsageError("--due does what the timetable says, today and for everybody")
    with scheduling.open_job_context(Path(), clock_of_rehearsal()) as context:
        if clock_is_right:
            scheduling.trust_clock(context)
        teller = scheduling.Teller(
            render_run.check_folder, render_run.json_of_run if asked.as_json else render_run.page_and_lines
        )
        report = scheduling.unattended(context, lambda: scheduling.run_due(context, teller, limit))
        asked.say(*scheduling.report_lines(context, report, as_json=asked.as_json))
        scheduling.mark_told(context, report)
    if report.failure:
        raise report.failure


@main.command()
@click.option("-q", "--quiet", is_flag=True, help="Print only errors.")
@VERBOSE
def watch(*, quiet: bool) -> None:
    """Stay, look once a minute, and do what is due; Ctrl-C ends it."""
    from toolkit import scheduling
    from toolkit.clock import SystemClock
    from toolkit.scheduling.ticker import watch as stay

    asked = Asked(None, None, (), as_json=False, quiet=quiet)
    with scheduling.open_job_context(Path(), clock_of_rehearsal()):
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
    from toolkit import scheduling

    _change(scheduling.install, system)


@schedule.command()
@SYSTEM
@VERBOSE
def remove(system: str | None) -> None:
    """Delete the scheduler's files, and show the commands that end it."""
    from toolkit import scheduling

    _change(scheduling.remove, system)


@schedule.command()
@SYSTEM
@VERBOSE
def show(system: str | None) -> None:
    """Tell each job, its next three times, and whether this computer is woken for them."""
    from toolkit import scheduling

    with scheduling.open_job_context(Path(), clock_of_rehearsal()) as context:
        click.echo("\n".join(scheduling.show(context, system or "")))


def _change(change: Callable[["JobContext", str], "Shown"], system: str | None) -> None:
    """Change the scheduler's files, tell what was done, and show the commands that are left to a person."""
    from toolkit import scheduling

    with scheduling.open_job_context(Path(), clock_of_rehearsal()) as context:
        shown = change(context, system or "")
        click.echo("\n".join(shown.told))
    for command in shown.commands:
        click.echo(f"next: {command}", err=True)
