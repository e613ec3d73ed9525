"""Runs that nobody watches, with a log and a notice to the owner."""

from collections.abc import Callable
from datetime import timedelta
from email.utils import format_datetime, parseaddr
from html import escape
from logging import INFO, Formatter, LogRecord
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from toolkit.campaigns.occasion import letter_key
from toolkit.channels.status_text import render_remark
from toolkit.errors import RunLocked, ToolkitError
from toolkit.letters.letter import Envelope, Letter, LetterHeader, Packed
from toolkit.rules.contact import by_email
from toolkit.scheduling.due_run import DueReport
from toolkit.scheduling.job_context import JobContext
from toolkit.scheduling.summaries import due_lines

LOG: Final = "timetable.log"
LOG_BYTES: Final = 500_000
LOGS_KEPT: Final = 3
NOTICE: Final = "notice"
FAILED: Final = "failure"
"""The memo that holds the failure of which the owner was told; it goes with the next run that works."""


def unattended(context: JobContext, attempt: Callable[[], DueReport]) -> DueReport:
    """Try to do what is due, log it, and tell the owner once of failures in a row.

    Raises:
        ToolkitError: as the attempt does; that another run is at work is no failure.
    """
    try:
        report = attempt()
    except RunLocked as error:
        write_log(context, f"left alone: {error.what}")
        raise
    except ToolkitError as error:
        _failed(context, error)
        raise
    except Exception as error:
        _failed(context, _unforeseen(error))
        raise
    if report.done or report.elsewhere or report.missed:
        for line in due_lines(report, context.config.shop.zone):
            write_log(context, line)
    if report.failure:
        _failed(context, report.failure)
    elif not report.resting and context.agenda.memo(FAILED):
        context.agenda.keep_memo(FAILED, "")
    return report


def _unforeseen(error: Exception) -> ToolkitError:
    """Return an error by its kind only, since its words may hold an address."""
    return ToolkitError(
        "sheetclerk hit an unexpected error; this is a bug",
        why=f"its kind is {type(error).__name__}",
        next_step="sheetclerk run -v, and report what it shows",
    )


def write_log(context: JobContext, line: str) -> None:
    """Add a line to the log, which rotates below 2 MB."""
    stamp = f"{context.clock.now():%Y-%m-%dT%H:%M:%SZ}"
    context.data.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(context.data / LOG, maxBytes=LOG_BYTES, backupCount=LOGS_KEPT, encoding="utf-8")
    handler.setFormatter(Formatter("%(message)s"))
    try:
        handler.handle(LogRecord(LOG, INFO, "", 0, f"{stamp} {line}".replace("\n", " | "), None, None))
    finally:
        handler.close()


def log_path(context: JobContext) -> Path:
    """Return the path of the log."""
    return context.data / LOG


def _failed(context: JobContext, error: ToolkitError) -> None:
    write_log(context, f"failed: {error}")
    if context.agenda.memo(FAILED):
        return
    context.agenda.keep_memo(FAILED, error.what)
    try:
        write_log(context, f"the owner is told: {_tell_owner(context, error)}")
    except ToolkitError as stop:
        write_log(context, f"the owner cannot be told: {stop.what}")


def _tell_owner(context: JobContext, error: ToolkitError) -> str:
    """Send a notice to the owner by the first channel that carries it."""
    letter = _notice(context, error)
    channel = next((candidate for candidate in context.channels if candidate.carries(letter.header)), None)
    if channel is None:
        return "no channel carries it"
    now = context.clock.now().astimezone(context.config.shop.zone).replace(microsecond=0)
    date = b"Date: " + format_datetime(now).encode() + b"\r\n"
    receipt = channel.send(Envelope(letter.header, date + context.seal(letter), now), lambda: None)
    channel.close()
    return render_remark(receipt.words, context.words)


def _notice(context: JobContext, error: ToolkitError) -> Letter:
    shop, mail, now = context.config.shop, context.config.mail, context.clock.now()
    values = {"shop": shop.name, "computer": context.computer}
    text = f"{context.words.say(NOTICE, 'text', **values)}\n\n{error}\n"
    header = LetterHeader(
        key=letter_key(shop.id, NOTICE, now.isoformat(), ""),
        campaign=NOTICE,
        occurrence=now.date().isoformat(),
        client="",
        name=shop.name,
        route=by_email(parseaddr(mail.reply_to or mail.from_ or mail.account)[1]),
        language=shop.language,
        subject=context.words.say(NOTICE, "subject", **values),
        words_id=NOTICE,
        expires=(now + timedelta(days=1)).date(),
    )
    return Letter(header=header, text=text, page=Packed.of(f"<pre>{escape(text)}</pre>"))
