"""The report of a week as one HTML page."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Final, Generic, NamedTuple, TypeVar

from toolkit.app.run_report import RunReport
from toolkit.book import Words
from toolkit.errors import WorkbookError
from toolkit.formatting import Formatter
from toolkit.report import rows
from toolkit.report.figures import (
    LetterCount,
    ThisWeek,
    letter_counts,
    sales_by_week,
    staff_month,
    this_week,
    tier_counts,
)
from toolkit.report.pages import render_layout
from toolkit.report.tasks import Late, Task, asks_a_person, tasks

Row = TypeVar("Row")

TASKS_SHOWN: Final = 12
CELLS_SHOWN: Final = 20
CELLS_BESIDE: Final = 6
"""Cells that fit beside the letters."""
HINTS_SHOWN: Final = 10
REASONS_SHOWN: Final = 6
PERCENT_SAYS_ENOUGH: Final = (Fraction(1, 200), 2)
"""Below the first a share says nothing, above the second a sum says more."""


class Tile(NamedTuple):
    """One number that stands out.

    Args:
        look: the colour of the note, ok, bad or "".
    """

    name: str
    value: str
    note: str
    look: str = ""
    arrow: str = ""


class TileChange(NamedTuple):
    """This week beside the last one."""

    words: str
    arrow: str


@dataclass(frozen=True, slots=True)
class Cut(Generic[Row]):
    """The rows shown, and a line for the rest."""

    rows: tuple[Row, ...]
    more: str


def report_page(report: RunReport, words: Words, currency: str, decimals: int, language: str) -> str:
    """Return a run as one self-contained HTML file.

    Args:
        report: what a run found, decided and did.
        words: the shop's words.toml.
        currency: three letters.
        decimals: digits of the minor units.
        language: the language of numbers and dates, where words.toml may not exist.
    """
    page = Page(report, Formatter(words, currency, decimals, language))
    return render_layout("page.html", page=page, say=page.say, language=language.replace("_", "-"))


@dataclass(frozen=True)
class Page:
    """The texts and rows of page.html, from top to bottom."""

    report: RunReport
    formatter: Formatter

    def say(self, key: str, **values: str) -> str:
        """Return a sentence of the page."""
        return self.formatter.say("report", key, **values)

    def _count(self, noun: str, number: int) -> str:
        return self.formatter.count("report", noun, number)

    @property
    def title(self) -> str:
        """The week and the shop."""
        return self.say("title", week=str(self.report.as_of.isocalendar().week), shop=self.report.shop)

    @property
    def source(self) -> str:
        """The days, the workbook, and the day of the run."""
        book = self.report.book
        return self.say(
            "source",
            days=self.formatter.days(self._week.days.first, self._week.days.last),
            workbook=self.report.workbook,
            clients=self._count("clients", len(book.clients)),
            purchases=self._count("purchases", len(book.purchases)),
            day=self.formatter.day(self.report.as_of),
        )

    @cached_property
    def _week(self) -> ThisWeek:
        return this_week(self.report.book, self.report.as_of)

    @cached_property
    def _tasks(self) -> tuple[Task, ...]:
        return tasks(self.report)

    # The week in words

    @property
    def lead(self) -> str:
        """The week in one sentence."""
        if not self.report.book.purchases:
            return self.say("no_purchases")
        sales = self.formatter.short_money(self._week.now.sales)
        parts = [self.say("lead_sales" if self._week.is_over else "lead_so_far", amount=sales)]
        if self._week.share_of_plan is not None:
            parts.append(self.say("lead_plan", share=self.formatter.percent(self._week.share_of_plan)))
        return ", ".join((*parts, self._sales_change.words)) + "."

    @property
    def needs(self) -> str:
        """The things that wait for a person."""
        things = [
            *self._counted("late", sum(isinstance(reason, Late) for task in self._tasks for reason in task.reasons)),
            *self._counted("calls", len(self.report.plan.calls)),
            *self._held_for_you,
            *self._counted("cells", len(self.report.to_mend)),
        ]
        return self.say("needs", things=", ".join(things)) if things else self.say("needs_nothing")

    def _counted(self, noun: str, number: int) -> list[str]:
        return [self._count(noun, number)] if number else []

    @property
    def _held_for_you(self) -> list[str]:
        """The letters on hold that need a person."""
        held = self.report.plan.held
        asking = sum(asks_a_person(letter) for letter in held)
        if asking in (0, len(held)):
            return self._counted("letters", asking)
        return [self.say("letters_some", n=self.formatter.number(asking), all=self.formatter.number(len(held)))]

    @property
    def alerts(self) -> tuple[str, ...]:
        """Everything that the run could not finish."""
        stopped = (self.say("stopped"),) if self.report.stopped else ()
        return (*stopped, self._unwritten(self.report.unwritten)) if self.report.unwritten else stopped

    def _unwritten(self, error: WorkbookError) -> str:
        if not error.needs_a_person:
            return self.say("unwritten")
        return self.say("unwritten_for_you", what=error.what, why=error.why, next=error.next_step)

    @property
    def _sales_change(self) -> TileChange:
        now, before = self._week.now.sales, self._week.before.sales
        part = Fraction(abs(now - before), before) if before > 0 else Fraction(0)
        least, most = PERCENT_SAYS_ENOUGH
        by = self.formatter.percent(part) if least <= part <= most else self.formatter.short_money(abs(now - before))
        return self._change(now - before, by)

    def _change(self, difference: int, by: str) -> TileChange:
        days = "week" if self._week.is_over else "days"
        key, arrow = ("more", "▲") if difference > 0 else ("less", "▼") if difference else ("same", "")
        return TileChange(self.say(f"{key}_{days}", by=by), arrow)

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """Sales, clients, letters, cells."""
        return (self._sales_tile, self._clients_tile, self._letters_tile, self._cells_tile)

    @property
    def _sales_tile(self) -> Tile:
        words, arrow = self._sales_change
        look = "ok" if self._week.now.sales > self._week.before.sales else ""
        return Tile(self.say("tile_sales"), self.formatter.short_money(self._week.now.sales), words, look, arrow)

    @property
    def _clients_tile(self) -> Tile:
        now, before = self._week.now.clients, self._week.before.clients
        words, arrow = self._change(now - before, self.formatter.number(abs(now - before)))
        return Tile(self.say("tile_clients"), self.formatter.number(now), words, arrow=arrow)

    @property
    def _letters_tile(self) -> Tile:
        held = self.say("tile_held", n=self.formatter.number(len(self.report.plan.held)))
        today = self.formatter.number(self.report.said_today)
        if not rows.had_other_runs(self._letter_counts):
            return Tile(self.say(f"tile_{self._sent}"), today, held)
        now = self.say("tile_this_run", n=self.formatter.number(self.report.letter_counts[self._sent]))
        return Tile(self.say(f"tile_{self._sent}_today"), today, f"{now} · {held}")

    @cached_property
    def _letter_counts(self) -> tuple[LetterCount, ...]:
        return letter_counts(self.report)

    @property
    def _cells_tile(self) -> Tile:
        to_mend = len(self.report.to_mend)
        hints = len(self.report.problems) - to_mend
        look = "" if to_mend else "ok"
        note = self._count("hints", hints) if hints else "" if to_mend else self.say("cells_none")
        return Tile(self.say("tile_cells"), self.formatter.number(to_mend), note, look)

    @property
    def _sent(self) -> str:
        return "written" if self.report.rehearsed else "sent"

    # The sections

    @property
    def to_do(self) -> Cut[rows.ToDo]:
        """Everything that a person should do next."""
        return self._cut([rows.to_do(task, self.formatter) for task in self._tasks], TASKS_SHOWN)

    @property
    def stop_requests(self) -> str:
        """The inbox to search for stop requests, or ""."""
        stops = self.report.stops
        return self.say("stop_requests", inbox=stops.inbox, words=", ".join(stops.words)) if stops else ""

    @cached_property
    def chart(self) -> rows.Chart | None:
        """Sales by week, if anything was ever bought."""
        if not self.report.book.purchases:
            return None
        return rows.chart(sales_by_week(self.report.book, self.report.as_of), self.formatter)

    @cached_property
    def staff(self) -> rows.StaffTable:
        """Everybody's month."""
        return rows.staff_table(staff_month(self.report.plan.bonuses, self.report.as_of), self.formatter)

    @property
    def month_so_far(self) -> str:
        """The days that the staff's figures cover."""
        return self.formatter.days(self.report.as_of.replace(day=1), self.report.as_of)

    @property
    def tiers(self) -> tuple[rows.TierRow, ...]:
        """Clients by tier."""
        return tuple(rows.tier_rows(tier_counts(self.report), self.formatter))

    @cached_property
    def letters(self) -> rows.LetterTable:
        """Letters by campaign."""
        return rows.letter_table(self._letter_counts, self.formatter, self._sent)

    @property
    def lie_in_folder(self) -> bool:
        """True if letters only went to the folder."""
        return self.report.rehearsed and self.report.said_today > 0

    @cached_property
    def held(self) -> Cut[tuple[str, str]]:
        """The reasons why letters are on hold, with their counts."""
        return self._cut(rows.held_reasons(self.report.plan.held, self.formatter), REASONS_SHOWN)

    @property
    def cells_title(self) -> str:
        """The number of cells to fix."""
        return self.say("cells", n=self.formatter.number(len(self.report.to_mend)))

    @cached_property
    def cells(self) -> Cut[rows.CellRow]:
        """The cells to fix."""
        return self._cut([rows.cell_row(problem, self.formatter) for problem in self.report.to_mend], CELLS_SHOWN)

    @property
    def cells_are_many(self) -> bool:
        """True if the cells need the whole width."""
        return len(self.cells.rows) > CELLS_BESIDE

    @cached_property
    def hints(self) -> Cut[rows.CellRow]:
        """The problems that leave nothing out."""
        hints = [rows.cell_row(problem, self.formatter) for problem in self.report.problems if problem.is_hint]
        return self._cut(hints, HINTS_SHOWN)

    def _cut(self, every: Sequence[Row], most: int) -> Cut[Row]:
        more = len(every) - most
        return Cut(tuple(every[:most]), self.say("and_more", n=self.formatter.number(more)) if more > 0 else "")
