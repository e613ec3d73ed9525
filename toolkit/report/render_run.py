"""The output of `run`, `status` and `check`."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from toolkit.app.run_report import RunReport
from toolkit.app.shop import Shop
from toolkit.book import Problem
from toolkit.book.i18n import ENGLISH
from toolkit.errors import WorkbookError
from toolkit.letters.wording import Wordings
from toolkit.report.json_form import Money, problem_numbers, run_numbers
from toolkit.report.page import report_page
from toolkit.report.pages import check_writable, write_page
from toolkit.report.rules_in_words import rule_lines
from toolkit.report.send_preview import quiet_line
from toolkit.report.sentences import (
    delivery_lines,
    english,
    letters_line,
    plural,
    problem_lines,
    read_line,
    read_lines,
    standing_line,
)


def check_folder(shop: Shop) -> None:
    """Make the folder of the reports.

    Raises:
        SetupError: it cannot be made or written.
    """
    check_writable(shop.folder / "report")


def write_report(shop: Shop, report: RunReport) -> Path:
    """Write the page of a week, and return its path."""
    year, week, _ = report.as_of.isocalendar()
    settings = shop.config.shop
    page = report_page(report, shop.snapshot.words, settings.currency, settings.places, settings.language)
    return write_page(shop.folder / "report" / f"{year}-W{week:02}.html", page)


def run_lines(shop: Shop, report: RunReport, page: Path) -> Iterator[str]:
    """Return what `run` prints."""
    formatter = english(shop)
    yield from read_lines(report, formatter.words)
    yield standing_line(report, formatter)
    yield from delivery_lines(report)
    yield letters_line(report, formatter.words, "outbox/")
    yield from _mail_lines(shop, report)
    if report.unwritten:
        yield unwritten_line(report.unwritten)
    elif report.results != report.workbook:
        yield f"Results: {report.results} ({report.workbook} is only read)"
    yield f"Report: {page}"


def unwritten_line(error: WorkbookError) -> str:
    """Return why our tabs were not written, and what helps."""
    how = f"before a run can write it: {error.next_step}" if error.needs_a_person else "the next run writes it"
    return f"Not written yet: {error.what}, {error.why}; {how}"


def _mail_lines(shop: Shop, report: RunReport) -> Iterator[str]:
    """Return what only mail asks for."""
    if shop.desk.is_rehearsal:
        return
    new = shop.desk.new_words(report.plan)
    if waiting := sum(letter.header.route.is_email and letter.header.words_id in new for letter in report.plan.letters):
        verb = "has" if waiting == 1 else "have"
        approve = f"approve {'it' if waiting == 1 else 'them'} with `sheetclerk send --to-me`"
        yield f"{plural(waiting, 'letter')} {verb} new text: {approve}"
    if report.letter_counts["waiting"]:
        yield from quiet_line(shop.desk)
    if report.letter_counts["in_doubt"]:
        yield "Letters in doubt: see `sheetclerk outbox`"
    if report.stops:
        *others, last = report.stops.words
        words = f"{', '.join(others)} or {last}" if others else last
        yield f"Stop requests: look for {words} at {report.stops.inbox}, then run: sheetclerk"
        yield '  suppress CLIENT --why "asked us to stop"'


def page_and_lines(shop: Shop, report: RunReport) -> tuple[str, ...]:
    """Write a scheduled run's page, and return its lines."""
    return tuple(run_lines(shop, report, write_report(shop, report)))


def json_of_run(shop: Shop, report: RunReport) -> tuple[str, ...]:
    """Write a scheduled run's page, and return its JSON."""
    write_report(shop, report)
    return tuple(as_json(shop, report))


def status_lines(shop: Shop, report: RunReport) -> Iterator[str]:
    """Return what `status` prints."""
    yield read_line(report)
    yield standing_line(report, english(shop))
    yield from delivery_lines(report)
    waiting = f", {report.waited} waiting from earlier plans" if report.waited else ""
    left = f"{report.said_today} {'written' if report.rehearsed else 'sent'} today"
    yield f"Letters: {len(report.plan.letters)} ready, {len(report.plan.held)} on hold, {left}{waiting}"


def all_problems(shop: Shop) -> tuple[Problem, ...]:
    """Return the problems of cells and letters."""
    return (*shop.problems, *Wordings(shop.texts, shop.book).problems())


def check_lines(shop: Shop, problems: Sequence[Problem]) -> Iterator[str]:
    """Return what `check` prints."""
    formatter = english(shop)
    to_fix = [problem for problem in problems if not problem.is_hint]
    hints = [problem for problem in problems if problem.is_hint]
    yield f"{shop.open_book.workbook.name}: {f'{len(to_fix)} to fix' if to_fix else 'nothing to fix'}"
    yield from problem_lines(to_fix, formatter.words, len(to_fix))
    if hints:
        yield "Worth a look:"
        yield from problem_lines(hints, formatter.words, len(hints))
    rules = list(rule_lines(shop.book, shop.choices.loyalty, formatter, shop.today))
    if rules:
        yield "Today's rules:"
        yield from (f"  {rule}" for rule in rules)


def as_json(shop: Shop, report: RunReport) -> Iterator[str]:
    """Return what `run --json` and `status --json` print."""
    money = Money(shop.config.shop.currency, shop.config.shop.places)
    yield json.dumps(run_numbers(report, money, shop.texts.lexicon.words(ENGLISH)), ensure_ascii=False, indent=1)


def lines_as_json(lines: Sequence[str]) -> str:
    """Return the lines of a command as JSON."""
    return json.dumps({"lines": list(lines)}, ensure_ascii=False, indent=1)


def problems_as_json(shop: Shop, problems: Sequence[Problem]) -> Iterator[str]:
    """Return what `check --json` prints."""
    words = shop.texts.lexicon.words(ENGLISH)
    numbers = [problem_numbers(problem, words) for problem in problems]
    yield json.dumps({"problems": numbers}, ensure_ascii=False, indent=1)
