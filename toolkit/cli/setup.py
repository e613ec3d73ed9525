"""Commands that set up and look after: connect google, doctor."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.delivery import connect
from toolkit.cli.front import VERBOSE, clock_of_rehearsal, main, progress

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.doctor import Finding

# ruff: noqa: PLC0415 - commands load what they need, so that --help is quick


@connect.command("google")
@click.argument("address", required=False, default="")
@click.option("--key", "key_file", type=click.Path(path_type=Path), help="The key file that came down; it is copied.")
@VERBOSE
def connect_to_google(address: str, key_file: Path | None) -> None:
    """Lead through the four steps to a Google Sheet at ADDRESS: project, API on, key, share."""
    from toolkit.app.commands import connecting_google as sheet

    known = None if key_file else sheet.known_key()
    if known is None and key_file is None:
        for number, (name, step) in enumerate(sheet.STEPS, start=1):
            click.echo(f"{number} {name:<8} {step}")
        key_file = sheet.refuse_no_key(_asked_for_key())
    key = known or sheet.take_key(sheet.refuse_no_key(key_file))
    click.echo(f"Key: {key.account}, of project {key.project}")
    if key_file:
        click.echo(f"It is kept in {sheet.kept_at()}, for your eyes only. Delete {key_file}: it opens your sheet too.")
    click.echo(f"Share the sheet, as Editor, with: {key.account}")
    where = sheet.refuse_no_address(address or sheet.known_sheet(Path()) or _asked_for_address())
    done = sheet.connect_sheet(Path(), key, where, clock_of_rehearsal(), progress)
    click.echo(f"{done.title} opens and may be written: {done.tabs} tab{'' if done.tabs == 1 else 's'}.")
    if done.settings:
        before = f", no longer {done.before}" if done.before else ""
        click.echo(f"{done.settings} names it as the workbook now{before}.")
    new = f"sheetclerk adopt {done.address}        (blank so far? sheetclerk init shop --book {done.address})"
    click.echo(f"next: {'sheetclerk doctor' if done.settings else new}", err=True)


def _asked_for_key() -> Path | None:
    """The file that a person at a terminal names; None without a terminal."""
    if not sys.stdin.isatty():
        return None
    given = str(click.prompt("The key file that came down (.json)"))
    return Path(given.strip().strip("'\"")).expanduser()


def _asked_for_address() -> str:
    return str(click.prompt("Address of the sheet")) if sys.stdin.isatty() else ""


@main.command()
@click.option("--as-scheduled", is_flag=True, help="Look with nothing but what a scheduler hands on.")
@click.option("--live-locks", is_flag=True, help="Try on the real Google Sheet what keeps two computers apart.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@VERBOSE
def doctor(*, as_scheduled: bool, live_locks: bool, as_json: bool) -> None:
    """Look at every part of the set-up, and tell for each that is wrong what it is and what to do."""
    from toolkit import doctor as room
    from toolkit.clock import SystemClock

    with room.Context(Path(), clock_of_rehearsal() or SystemClock(), progress) as context:
        look = room.findings_of_locks if live_locks else room.findings
        found = _shown(room.findings_as_scheduled(Path()) if as_scheduled else look(context), as_json=as_json)
    worst = max((one.exit_code for one in found), default=0)
    if not as_json:
        click.echo("next: " + _next(found), err=True)
    sys.exit(worst)


def _shown(findings: "Iterable[Finding]", *, as_json: bool) -> "list[Finding]":
    """Print each finding as it comes, or all of them as JSON."""
    found = []
    for one in findings:
        found.append(one)
        if not as_json:
            click.echo("\n".join(one.lines()))
    if as_json:
        click.echo(json.dumps({"parts": [one.as_json() for one in found]}, ensure_ascii=False, indent=1))
    return found


def _next(found: "list[Finding]") -> str:
    return next((one.next_step for one in found if one.next_step), "sheetclerk run")
