import pytest

from tests.report.small_shop import words
from toolkit.formatting import Formatter
from toolkit.report.rows import _unit, letter_name

ENGLISH = Formatter(words("en"), "KES", 2)


@pytest.mark.parametrize(
    ("most", "heading", "number"),
    [
        (999_900, "Ksh", "9,999"),
        (4_690_000, "thousand Ksh", "46.9"),
        (23_600_000, "thousand Ksh", "236"),
        (1_250_000_000, "million Ksh", "12.5"),
    ],
)
def test_a_chart_counts_in_units_that_fit_on_a_bar(most: int, heading: str, number: str) -> None:
    unit = _unit([most, 0], ENGLISH)

    assert unit.name == heading
    assert unit.number(most, ENGLISH) == number
    assert unit.number(0, ENGLISH) == "0"


def test_a_chart_of_nothing_counts_in_whole_units() -> None:
    assert _unit([], ENGLISH).name == "Ksh"


def test_a_letter_of_the_owner_is_called_by_its_own_name() -> None:
    assert letter_name("spring_sale", Formatter(words("sw"), "KES", 2)) == "spring sale"
