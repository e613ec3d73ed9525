"""Days and months in cells."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.book.book_desk import READING, refusal
from toolkit.book.grid import Cell
from toolkit.book.i18n import Lexicon, Words
from toolkit.book.parse.dates import day, month


@pytest.mark.parametrize(
    "cell",
    [
        date(2026, 3, 31),
        datetime(2026, 3, 31, 23, 59),  # noqa: DTZ001 - a cell knows no zone
        46112,
        46112.75,
        "2026-03-31",
        "2026-3-31",
        "2026-03-31 10:20",
        "2026-03-31T10:20:30.5",
        " 31.3.2026 ",
        "31.03.2026",
        "31/03/2026",
        "31-3-2026",
        "3/31/2026",
        "31 March 2026",
        "31st mar. 2026",
        "March 31, 2026",
        "MAR 31st 2026",
        "31-Mar-2026",
        "31 Machi 2026",
        "31 марта 2026 г.",
        "31 март 2026",
        "31мар2026",
    ],
)
def test_a_day_is_read_as_people_and_sheets_write_it(cell: Cell) -> None:
    assert day(cell, READING) == date(2026, 3, 31)


NAMED = [
    *(["Jan", "Februari", "Mac", "April", "Mei", "Juni", "Jul", "Agosti", "September", "Okt", "Novemba", "Desemba"]),
    *(["янв", "февраля", "март", "апр", "мая", "июня", "июль", "августа", "сент", "октября", "нояб", "декабрь"]),
]


@pytest.mark.parametrize(("number", "name"), [(at % 12 + 1, name) for at, name in enumerate(NAMED)])
def test_every_month_has_its_names(number: int, name: str) -> None:
    assert day(f"1 {name} 2026", READING) == date(2026, number, 1)


def test_the_same_number_twice_can_only_be_one_day() -> None:
    assert day("4/4/2026", READING) == date(2026, 4, 4)


def test_a_day_that_could_be_two_is_a_question() -> None:
    values = {"given": "3/4/2026", "one": "2026-04-03", "other": "2026-03-04"}
    assert refusal(day, "3/4/2026") == ("date-two-ways", values)


@pytest.mark.parametrize(
    "cell",
    [
        "yesterday",
        "31/02/2026",
        "2/30/2026",
        "13/13/2026",
        "1/2/0000",
        "31.02.2026",
        "2026-02-30",
        "2026-13-01",
        "31.3.26",
        "31 Ma 2026",
        "31 Marchy 2026",
        "31 February 2026",
        "March 2026",
        "31 March 26",
        2026,
        2026.0,
        110_000,
        -1,
        1e300,
        float("nan"),
        float("inf"),
        True,
        time(10, 0),
        timedelta(days=46112),
        "0206-11-20",
        date(1899, 12, 31),
    ],
)
def test_what_is_no_day_is_refused(cell: Cell) -> None:
    assert refusal(day, cell)[0] == "not-a-date"


@given(st.dates(date(1908, 3, 18), date(2201, 2, 27)))
def test_a_day_is_the_same_as_a_date_a_number_and_words(known: date) -> None:
    serial = (known - date(1899, 12, 30)).days
    written = (f"{known.day}.{known.month}.{known.year}", known.isoformat(), float(serial), serial)
    assert {day(one, READING) for one in written} == {known}


@pytest.mark.parametrize("cell", ["2026-11", "2026-11-21", "21.11.2026", date(2026, 11, 21), 46347])
def test_a_month_is_its_first_day(cell: Cell) -> None:
    assert month(cell, READING) == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("cell", "given"), [("2026-13", "2026-13"), ("November", "November"), (2026, "2026"), ("3/4/2026", "3/4/2026")]
)
def test_what_is_no_month_is_refused(cell: Cell, given: str) -> None:
    assert refusal(month, cell) == ("not-a-month", {"given": given})


def test_a_language_that_babel_does_not_know_has_no_months_and_the_others_are_read() -> None:
    context = replace(READING, lexicon=Lexicon({"en": Words("en", {}), "sheng": Words("sheng", {})}))

    assert day("5 March 2026", context) == date(2026, 3, 5)
    assert refusal(day, "5 Machi 2026", context)[0] == "not-a-date"
