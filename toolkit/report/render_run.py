"""What a command prints of a run, as sentences or as JSON, and where its page is written."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from toolkit.app.run_report import RunReport
from toolkit.app.shop import Shop
from toolkit.book.i18n import ENGLISH
from toolkit.book.problem import Problem
from toolkit.errors import SetupError, WorkbookError
from toolkit.letters.wording import Wordings
from toolkit.report.json_form import Money, problem_numbers, run_numbers
from toolkit.report.page import report_page
from toolkit.report.pages import lay_page
from toolkit.report.rules_in_words import rule_lines
from toolkit.report.send_preview import quiet_line
from toolkit.report.sentences import (
    Voice,
    delivery_lines,
    letters_line,
    problem_lines,
    read_line,
    read_lines,
    standing_line,
)


def voice_of(shop: Shop) -> Voice:
    """The terminal's English, with the shop's money."""
    return Voice(shop.texts.lexicon.words(ENGLISH), shop.config.shop.currency, shop.config.shop.places)


def shops_voice(shop: Shop) -> Voice:
    """The shop's own language, for what is pasted to a person who asks."""
    return Voice(shop.words, shop.config.shop.currency, shop.config.shop.places)


def write_page(shop: Shop, report: RunReport) -> Path:
    """Write the report of a week, over an earlier one of the same week, and return its path."""
    year, week, _ = report.as_of.isocalendar()
    path = shop.folder / "report" / f"{year}-W{week:02}.html"
    settings = shop.config.shop
    page = report_page(report, shop.words, settings.currency, settings.places, settings.language)
    return lay_page(path, page)


def check_folder(shop: Shop) -> None:
    """Make the folder of the reports, before the first letter leaves.

    Raises:
        SetupError: it cannot be made or written.
    """
    folder = shop.folder / "report"
    try:
        folder.mkdir(exist_ok=True)
        (folder / ".writable").touch()
        (folder / ".writable").unlink()
    except OSError as error:
        why = error.strerror or "it cannot be written"
        raise SetupError(
            f"{folder}: no report can be written there", why=why, next_step="make that folder writable, then run again"
        ) from None


def run_lines(shop: Shop, report: RunReport, page: Path) -> Iterator[str]:
    """What `run` prints."""
    voice = voice_of(shop)
    yield from read_lines(report, voice)
    yield standing_line(report, voice)
    yield from delivery_lines(report)
    yield letters_line(report, voice, "outbox/")
    yield from _by_mail(shop, report)
    if report.unwritten:
        yield unwritten_line(report.unwritten)
    elif report.results != report.workbook:
        yield f"Results: {report.results}, since {report.workbook} is only read"
    yield f"Report: {page}"


def unwritten_line(error: WorkbookError) -> str:
    """Why our tabs were not written, and what writes them: the next run, or first a person."""
    said = f"Not written down yet: {error.what}, {error.why}"
    how = f"before a run can write it: {error.next_step}" if error.needs_a_person else "the next run writes it"
    return f"{said}; {how}"


def _by_mail(shop: Shop, report: RunReport) -> Iterator[str]:
    """What only letters that truly leave ask for."""
    if shop.is_rehearsal:
        return
    new = shop.new_words(report.plan)
    if waiting := sum(letter.header.route.is_email and letter.header.words_id in new for letter in report.plan.letters):
        yield f"{waiting} letters in new words wait until you have seen one: sheetclerk send --to-me"
    if report.letter_counts["waiting"]:
        yield from quiet_line(shop)
    if report.letter_counts["in_doubt"]:
        yield "Letters in doubt: sheetclerk outbox"
    if report.stops:
        *others, last = report.stops.words
        words = f"{', '.join(others)} or {last}" if others else last
        yield f"Stop requests: look for {words} at {report.stops.inbox}, then: sheetclerk"
        yield '  suppress CLIENT --why "asked us to stop"'


def page_and_lines(shop: Shop, report: RunReport) -> tuple[str, ...]:
    """What a run of the timetable prints; its page is written."""
    return tuple(run_lines(shop, report, write_page(shop, report)))


def json_of_run(shop: Shop, report: RunReport) -> tuple[str, ...]:
    """What a run of the timetable prints as JSON; its page is written."""
    write_page(shop, report)
    return tuple(as_json(shop, report))


def status_lines(shop: Shop, report: RunReport) -> Iterator[str]:
    """What `status` prints."""
    voice = voice_of(shop)
    yield read_line(report)
    yield standing_line(report, voice)
    yield from delivery_lines(report)
    waited = f"; {report.waited} wait from earlier plans" if report.waited else ""
    yield f"Letters: {report.plan}; {report.said_today} said today{waited}"


def all_problems(shop: Shop) -> tuple[Problem, ...]:
    """What is wrong with the workbook's cells, with the files of the letters, and with the owner's Ready words."""
    return (*shop.problems, *Wordings(shop.texts, shop.book).problems())


def check_lines(shop: Shop, problems: Sequence[Problem]) -> Iterator[str]:
    """What `check` prints: every cell to mend, what only advises, and the loyalty rules in words."""
    words = shop.texts.lexicon.words(ENGLISH)
    to_mend = [one for one in problems if not one.is_hint]
    hints = [one for one in problems if one.is_hint]
    yield f"{shop.workbook.name}: {len(to_mend)} to mend" if to_mend else f"{shop.workbook.name}: nothing to mend"
    yield from problem_lines(to_mend, words, len(to_mend))
    if hints:
        yield "Worth a look:"
        yield from problem_lines(hints, words, len(hints))
    rules = list(rule_lines(shop.book, shop.choices.loyalty, voice_of(shop), shop.today))
    if rules:
        yield "The rules as they are read today:"
        yield from (f"  {rule}" for rule in rules)


def as_json(shop: Shop, report: RunReport) -> Iterator[str]:
    """What `run --json` and `status --json` print."""
    money = Money(shop.config.shop.currency, shop.config.shop.places)
    yield json.dumps(run_numbers(report, money, shop.texts.lexicon.words(ENGLISH)), ensure_ascii=False, indent=1)


def lines_as_json(lines: Sequence[str]) -> str:
    """What --json prints of a command that has only lines to tell, such as explain and show."""
    return json.dumps({"lines": list(lines)}, ensure_ascii=False, indent=1)


def problems_as_json(shop: Shop, problems: Sequence[Problem]) -> Iterator[str]:
    """What `check --json` prints."""
    told = [problem_numbers(one, shop.texts.lexicon.words(ENGLISH)) for one in problems]
    yield json.dumps({"problems": told}, ensure_ascii=False, indent=1)
