"""A trial of lease and claims on the real Google Sheet."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from toolkit.app.books import place_of, workbook_at
from toolkit.app.google_factory import GoogleFactory
from toolkit.doctor.checks import Context, settings
from toolkit.doctor.finding import Finding, Mark
from toolkit.errors import ConfigError, ToolkitError

if TYPE_CHECKING:
    from toolkit.sheets.google.workbook import GoogleWorkbook

PART = "live locks"


def findings_of_locks(context: Context) -> Iterator[Finding]:
    """Try lease and claims in a tab of their own, which is deleted at the end.

    Args:
        context: the set-up; its settings are read here.
    """
    from toolkit.sheets.google.trial import trials  # noqa: PLC0415 - gspread takes 0.6 s to load

    try:
        settings(context)
        if not context.is_online:
            raise ConfigError(
                "the workbook is not a Google Sheet",
                why="only a Google Sheet is shared",
                next_step="sheetclerk connect google URL",
            )
        for name, wrong in trials(_sheet(context), _sheet(context)):
            yield _found(name, wrong)
    except ToolkitError as error:
        yield Finding.wrong(PART, error)


def _sheet(context: Context) -> "GoogleWorkbook":
    """Return the sheet over a connection of its own."""
    book = context.config.book
    door = GoogleFactory(book.key_file, context.clock, context.tell)
    return cast("GoogleWorkbook", workbook_at(place_of(context.folder, book.where), door))


def _found(name: str, wrong: str) -> Finding:
    if not wrong:
        return Finding(PART, Mark.OK, name)
    return Finding(
        PART,
        Mark.STOP,
        f"failed: {name}",
        why=wrong,
        next_step="let only one computer send from this sheet, and report these lines",
        exit_code=4,
    )
