"""Commands of the timetable: watch and schedule, and what run --due does."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from toolkit.cli.options import VERBOSE, CommonOptions, clock_of_rehearsal, main, print_bug
from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from toolkit.scheduling import JobContext
    from toolkit.scheduling.commands import Shown

# ruff: noqa: PLC0415 - commands load what they need, so that --help is quick


def run_due_jobs(options: CommonOptions, limit: int | None, *, clock_is_right: bool = False) -> None:
    """Do what the timetable says is due, and print what passed."""
    from toolkit import scheduling
    from toolkit.report import render_run

    if options.book or options.as_of or options.only:
        raise click.UsageError("--due follows the timetable, for everyone: leave out --book, --as-of and --only")
    with scheduling.open_job_context(Path(), clock_of_rehearsal()) as context:
        if clock_is_right:
            scheduling.trust_clock(context)
        teller = scheduling.Teller(
            render_run.check_folder, render_run.json_of_run if options.as_json else render_run.page_and_lines
        )
        report = scheduling.unattended(context, lambda: scheduling.run_due(context, teller, limit))
        options.echo(*scheduling.report_lines(context, report, as_json=options.as_json))
        scheduling.mark_told(context, report)
    if report.failure:
        raise report.failure


@main.command(epilog="Example: sheetclerk watch")
@click.option("-q", "--quiet", is_flag=True, help="Print only errors.")
@VERBOSE
def watch(*, quiet: bool) -> None:
    """Stay open and do what is due.

    Looks at the timetable once a minute. Ctrl-C ends it.
    """
    from toolkit import scheduling
    from toolkit.clock import SystemClock
    from toolkit.scheduling.ticker import watch as keep_watching

    options = CommonOptions(None, None, (), as_json=False, quiet=quiet)
    with scheduling.open_job_context(Path(), clock_of_rehearsal()):
        pass
    with suppress(KeyboardInterrupt):
        keep_watching(lambda: _tick(options), clock_of_rehearsal() or SystemClock())
    options.echo("Stopped watching.")


def _tick(options: CommonOptions) -> None:
    """Look once; a failure is printed, and the next look comes all the same."""
    try:
        run_due_jobs(options, None)
    except ToolkitError as error:
        click.echo(str(error), err=True)
    except Exception as error:  # noqa: BLE001 - one bug of ours must not end the watch of a whole week
        print_bug(error)


@main.group(epilog="Example: sheetclerk schedule install")
def schedule() -> None:
    """Let this computer run the timetable by itself."""


SYSTEM: Final = click.option(
    "--system",
    type=click.Choice(["systemd", "launchd", "tasks", "cron"]),
    help="The scheduler to use; without it, the one that this computer has.",
)


@schedule.command(epilog="Example: sheetclerk schedule install --system cron")
@SYSTEM
@VERBOSE
def install(system: str | None) -> None:
    """Write the scheduler's files.

    Shows the commands that start it; you run those yourself.
    """
    from toolkit import scheduling

    _change(scheduling.install, system)


@schedule.command(epilog="Example: sheetclerk schedule remove")
@SYSTEM
@VERBOSE
def remove(system: str | None) -> None:
    """Delete the scheduler's files.

    Shows the commands that stop it; you run those yourself.
    """
    from toolkit import scheduling

    _change(scheduling.remove, system)


@schedule.command(epilog="Example: sheetclerk schedule show")
@SYSTEM
@VERBOSE
def show(system: str | None) -> None:
    """Show each job and its next three times.

    Says too whether this computer is set up to wake for them.
    """
    from toolkit import scheduling

    with scheduling.open_job_context(Path(), clock_of_rehearsal()) as context:
        click.echo("\n".join(scheduling.show(context, system or "")))


def _change(change: Callable[["JobContext", str], "Shown"], system: str | None) -> None:
    """Change the scheduler's files, and print what was done and the commands that are left to a person."""
    from toolkit import scheduling

    with scheduling.open_job_context(Path(), clock_of_rehearsal()) as context:
        shown = change(context, system or "")
        click.echo("\n".join(shown.told))
    for command in shown.commands:
        click.echo(f"next: {command}", err=True)
