from datetime import date
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from tests.rules.tables import book_of, purchases
from toolkit.app.points_tab import Row, points_rows, posted
from toolkit.book import own_tabs
from toolkit.book.i18n import Words
from toolkit.book.parse.cells import ParseContext
from toolkit.rules.loyalty.choices import Loyalty
from toolkit.rules.loyalty.standing import standings

TIERS: Final = "From date | Tier | From amount | Points rate\n2020-01-01 | Friend | 0 | 1"
WORDS: Final = Words("en", {})


def run(before: list[Row], on: str, *lines: str) -> list[Row]:
    """The rows of the Points tab after a run on a day, on top of those that stand there."""
    book = book_of({"Tiers": TIERS, "Purchases": purchases(*lines)})
    today = date.fromisoformat(on)
    grid = [own_tabs.HEADINGS[own_tabs.POINTS], *before]
    stood = posted(grid, ParseContext())  # type: ignore[arg-type]  # our rows hold only cells that are read again
    return list(points_rows(stood, standings(book, Loyalty(), today), today, WORDS))


def told(rows: list[Row]) -> list[str]:
    return [f"{day} {what} {points} = {balance}" for day, _, what, points, balance, *_ in rows]


def test_a_run_adds_what_is_new_below_what_stands_there() -> None:
    first = run([], "2026-02-01", "2026-01-05 40 P1")
    second = run(first, "2026-03-01", "2026-01-05 40 P1", "2026-02-10 60 P2")

    assert told(second) == ["2026-01-05 earned 40 = 40", "2026-02-10 earned 60 = 100"]
    assert second[:1] == first
    assert run(second, "2026-03-01", "2026-01-05 40 P1", "2026-02-10 60 P2") == second


def test_what_was_mended_in_the_sheet_is_corrected_by_a_new_row() -> None:
    first = run([], "2026-02-01", "2026-01-05 40 P1", "2026-01-06 10 P2")
    second = run(first, "2026-03-01", "2026-01-05 35 P1")

    assert second[:2] == first
    assert told(second)[2:] == ["2026-03-01 adjusted -5 = 45", "2026-03-01 adjusted -10 = 35"]


def test_a_run_for_an_earlier_day_changes_nothing() -> None:
    first = run([], "2026-02-01", "2026-01-05 40 P1")

    assert run(first, "2026-01-01", "2026-01-05 40 P1") == first


def test_a_row_that_somebody_spoilt_stays_and_counts_nothing() -> None:
    spoilt: list[Row] = [("2026-01-05", "C1", "earned", "many", "", "P1", "", "", "soon", "earned|P1")]

    assert told(run(spoilt, "2026-02-01", "2026-01-05 40 P1"))[1:] == ["2026-01-05 earned 40 = 40"]


def test_a_file_that_keeps_numbers_as_text_gets_numbers_again() -> None:
    read: list[Row] = [("2026-01-05", "C1", "earned", "40", "40", "P1", "", "", "2026-02-01", "earned|P1")]
    read += [("2026-02-06", "C1", "expired", "-40", "none", "P1", "", "", "2026-02-07", "expired|P1")]

    again = run(read, "2026-03-01", "2026-01-05 40 P1")
    assert [row[3:5] for row in again[:2]] == [(40, 40), (-40, "none")]


def test_an_empty_tab_has_no_rows() -> None:
    assert posted([], ParseContext()) == ()
    assert posted([["Date"], [None, ""]], ParseContext()) == ()


AMOUNTS: Final = st.lists(st.integers(0, 99), min_size=4, max_size=4)


@given(st.lists(AMOUNTS, min_size=1, max_size=4))
def test_whatever_is_mended_between_runs_rows_only_come_and_their_sum_is_the_balance(weeks: list[list[int]]) -> None:
    rows: list[Row] = []
    for week, amounts in enumerate(weeks, start=1):
        lines = [f"2026-01-0{place + 1} {amount} P{place}" for place, amount in enumerate(amounts)]
        after = run(rows, f"2026-02-0{week}", *lines)
        assert after[: len(rows)] == rows
        assert sum(int(str(row[3])) for row in after) == sum(amounts)
        rows = after


def test_points_that_somebody_gave_a_format_for_days_are_numbers_again() -> None:
    read: list[Row] = [
        ("2026-01-05", "C1", "earned", date(1900, 2, 9), date(1901, 1, 8), "P1", "", "", "2026-02-01", "earned|P1")
    ]

    assert [row[3:5] for row in run(read, "2026-02-01", "2026-01-05 40 P1")] == [(40, 374)]
