"""The report as one HTML page: what the week came to in words; page.html lays it out."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from importlib.resources import files
from typing import Final, Generic, NamedTuple, TypeVar

from toolkit.app.run_report import RunReport
from toolkit.book.i18n import Words
from toolkit.errors import WorkbookError
from toolkit.report import rows
from toolkit.report.figures import (
    Days,
    LetterCount,
    ThisWeek,
    letter_counts,
    sales_by_week,
    staff_month,
    this_week,
    tier_counts,
)
from toolkit.report.page_language import PageLanguage
from toolkit.report.tasks import Late, Task, asks_a_person, tasks

Row = TypeVar("Row")

TASKS_SHOWN: Final = 12
CELLS_SHOWN: Final = 20
CELLS_BESIDE: Final = 6
"""So many cells fit beside the letters."""
HINTS_SHOWN: Final = 10
REASONS_SHOWN: Final = 6
PERCENT_SAYS_ENOUGH: Final = (Fraction(1, 200), 2)
"""Below the first a share is nothing, above the second a sum says more."""


class Tile(NamedTuple):
    """One number that stands out; look colours its note: ok, bad or plain."""

    name: str
    value: str
    note: str
    look: str = ""
    arrow: str = ""


class TileChange(NamedTuple):
    """This week beside the last one, in words."""

    words: str
    arrow: str


@dataclass(frozen=True, slots=True)
class Cut(Generic[Row]):
    """As many rows as the page shows, and how the rest is told."""

    rows: tuple[Row, ...]
    more: str


def report_page(report: RunReport, words: Words, currency: str, decimals: int, language: str) -> str:
    """A run as one HTML file that needs nothing else.

    Args:
        report: what a run found, decided and did.
        words: the words of the shop.
        currency: the shop's currency, three letters.
        decimals: how many digits its minor units have.
        language: the code of the language in which the page is written.

    Returns:
        The page; every name and every cell in it is escaped.
    """
    import jinja2  # noqa: PLC0415 - it takes time to load, and --help needs no page

    room = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    layout = room.from_string(files("toolkit.report").joinpath("page.html").read_text(encoding="utf-8"))
    tongue = PageLanguage(words, currency, decimals, language)
    return layout.render(page=Page(report, tongue), say=tongue.say, language=language.replace("_", "-"))


@dataclass(frozen=True)
class Page:
    """What page.html asks for, part by part from the top."""

    report: RunReport
    tongue: PageLanguage

    @property
    def title(self) -> str:
        """Which week of which shop."""
        return self.tongue.say("title", week=str(self.report.as_of.isocalendar().week), shop=self.report.shop)

    @property
    def source(self) -> str:
        """Which days, from what, and as of when."""
        book = self.report.book
        return self.tongue.say(
            "source",
            days=self.tongue.days(self._week.days),
            workbook=self.report.workbook,
            clients=self.tongue.counted("clients", len(book.clients)),
            purchases=self.tongue.counted("purchases", len(book.purchases)),
            day=self.tongue.day(self.report.as_of),
        )

    @cached_property
    def _week(self) -> ThisWeek:
        return this_week(self.report.book, self.report.as_of)

    @cached_property
    def _tasks(self) -> tuple[Task, ...]:
        return tasks(self.report)

    # what the week says

    @property
    def lead(self) -> str:
        """The week in one sentence."""
        if not self.report.book.purchases:
            return self.tongue.say("no_purchases")
        sales = self.tongue.money(self._week.now.sales)
        parts = [self.tongue.say("lead_sales" if self._week.is_over else "lead_so_far", amount=sales)]
        if self._week.share_of_plan is not None:
            parts.append(self.tongue.say("lead_plan", share=self.tongue.percent(self._week.share_of_plan)))
        return ", ".join((*parts, self._sales_change.words)) + "."

    @property
    def needs(self) -> str:
        """What waits for a person."""
        things = [
            *self._counted("late", sum(isinstance(one, Late) for task in self._tasks for one in task.reasons)),
            *self._counted("calls", len(self.report.plan.calls)),
            *self._held_for_you,
            *self._counted("cells", len(self.report.to_mend)),
        ]
        return self.tongue.say("needs", things=", ".join(things)) if things else self.tongue.say("needs_nothing")

    def _counted(self, noun: str, number: int) -> list[str]:
        return [self.tongue.counted(noun, number)] if number else []

    @property
    def _held_for_you(self) -> list[str]:
        """The held letters that ask something of a person, as a part of all that are held."""
        held = self.report.plan.held
        asking = sum(asks_a_person(one) for one in held)
        if asking in (0, len(held)):
            return self._counted("letters", asking)
        return [self.tongue.say("letters_some", n=self.tongue.number(asking), all=self.tongue.number(len(held)))]

    @property
    def alerts(self) -> tuple[str, ...]:
        """What the run could not bring to its end."""
        stopped = (self.tongue.say("stopped"),) if self.report.stopped else ()
        return (*stopped, self._unwritten(self.report.unwritten)) if self.report.unwritten else stopped

    def _unwritten(self, error: WorkbookError) -> str:
        if not error.needs_a_person:
            return self.tongue.say("unwritten")
        return self.tongue.say("unwritten_for_you", what=error.what, why=error.why, next=error.next_step)

    @property
    def _sales_change(self) -> TileChange:
        now, before = self._week.now.sales, self._week.before.sales
        part = Fraction(abs(now - before), before) if before > 0 else Fraction(0)
        least, most = PERCENT_SAYS_ENOUGH
        by = self.tongue.percent(part) if least <= part <= most else self.tongue.money(abs(now - before))
        return self._change(now - before, by)

    def _change(self, difference: int, by: str) -> TileChange:
        days = "week" if self._week.is_over else "days"
        key, arrow = ("more", "▲") if difference > 0 else ("less", "▼") if difference else ("same", "")
        return TileChange(self.tongue.say(f"{key}_{days}", by=by), arrow)

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """Sales, clients, letters, cells."""
        return (self._sales_tile, self._clients_tile, self._letters_tile, self._cells_tile)

    @property
    def _sales_tile(self) -> Tile:
        words, arrow = self._sales_change
        look = "ok" if self._week.now.sales > self._week.before.sales else ""
        return Tile(self.tongue.say("tile_sales"), self.tongue.money(self._week.now.sales), words, look, arrow)

    @property
    def _clients_tile(self) -> Tile:
        now, before = self._week.now.clients, self._week.before.clients
        words, arrow = self._change(now - before, self.tongue.number(abs(now - before)))
        return Tile(self.tongue.say("tile_clients"), self.tongue.number(now), words, arrow=arrow)

    @property
    def _letters_tile(self) -> Tile:
        held = self.tongue.say("tile_held", n=self.tongue.number(len(self.report.plan.held)))
        today = self.tongue.number(self.report.said_today)
        if not rows.had_other_runs(self._letter_counts):
            return Tile(self.tongue.say(f"tile_{self._sent}"), today, held)
        now = self.tongue.say("tile_this_run", n=self.tongue.number(self.report.letter_counts[self._sent]))
        return Tile(self.tongue.say(f"tile_{self._sent}_today"), today, f"{now} · {held}")

    @cached_property
    def _letter_counts(self) -> tuple[LetterCount, ...]:
        return letter_counts(self.report)

    @property
    def _cells_tile(self) -> Tile:
        to_mend = len(self.report.to_mend)
        hints = len(self.report.problems) - to_mend
        look = "" if to_mend else "ok"
        note = self.tongue.counted("hints", hints) if hints else "" if to_mend else self.tongue.say("cells_none")
        return Tile(self.tongue.say("tile_cells"), self.tongue.number(to_mend), note, look)

    @property
    def _sent(self) -> str:
        return "written" if self.report.rehearsed else "sent"

    # the sections

    @property
    def to_do(self) -> Cut[rows.ToDo]:
        """What a person should do next."""
        return self._cut([rows.to_do(task, self.tongue) for task in self._tasks], TASKS_SHOWN)

    @property
    def stop_requests(self) -> str:
        """Where to look for clients who want no more letters; "" before the first letter left by mail."""
        stops = self.report.stops
        return self.tongue.say("stop_requests", inbox=stops.inbox, words=", ".join(stops.words)) if stops else ""

    @cached_property
    def chart(self) -> rows.Chart | None:
        """Sales by week; None where nothing was ever bought."""
        if not self.report.book.purchases:
            return None
        return rows.chart(sales_by_week(self.report.book, self.report.as_of), self.tongue)

    @cached_property
    def staff(self) -> rows.StaffTable:
        """Everybody's month."""
        return rows.staff_table(staff_month(self.report.plan.bonuses, self.report.as_of), self.tongue)

    @property
    def month_so_far(self) -> str:
        """The days that the staff's figures cover."""
        return self.tongue.days(Days(self.report.as_of.replace(day=1), self.report.as_of))

    @property
    def tiers(self) -> tuple[rows.TierRow, ...]:
        """Clients by tier."""
        return tuple(rows.tier_rows(tier_counts(self.report), self.tongue))

    @cached_property
    def letters(self) -> rows.LetterTable:
        """Letters by campaign."""
        return rows.letter_table(self._letter_counts, self.tongue, self._sent)

    @property
    def lie_in_folder(self) -> bool:
        """Whether letters were written that nobody has got."""
        return self.report.rehearsed and self.report.said_today > 0

    @cached_property
    def held(self) -> Cut[tuple[str, str]]:
        """Why letters are held, with how many."""
        return self._cut(rows.held_reasons(self.report.plan.held, self.tongue), REASONS_SHOWN)

    @property
    def cells_title(self) -> str:
        """How many cells are to be mended."""
        return self.tongue.say("cells", n=self.tongue.number(len(self.report.to_mend)))

    @cached_property
    def cells(self) -> Cut[rows.CellRow]:
        """What is to be mended."""
        return self._cut([rows.cell_row(one, self.tongue) for one in self.report.to_mend], CELLS_SHOWN)

    @property
    def cells_are_many(self) -> bool:
        """Whether they need the whole width."""
        return len(self.cells.rows) > CELLS_BESIDE

    @cached_property
    def hints(self) -> Cut[rows.CellRow]:
        """What only advises."""
        found = [rows.cell_row(one, self.tongue) for one in self.report.problems if one.is_hint]
        return self._cut(found, HINTS_SHOWN)

    def _cut(self, found: Sequence[Row], most: int) -> Cut[Row]:
        more = len(found) - most
        return Cut(tuple(found[:most]), self.tongue.say("and_more", n=self.tongue.number(more)) if more > 0 else "")
