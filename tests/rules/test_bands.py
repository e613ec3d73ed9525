"""Half-open bands: the published examples of RULES.md section 4, and what holds for any bands."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.rules.bands import METHODS, Band, band_of, interpolate, slice_by_slice, whole


def bands(*steps: tuple[int, str]) -> tuple[Band, ...]:
    return tuple(Band(start * 100, Fraction(rate) / 100) for start, rate in steps)


ORACLE = bands((0, "1"), (1000, "2"), (3000, "3"), (8000, "5"))
MYTIME = bands((0, "25"), (500, "30"), (3000, "40"))


def test_slice_per_purchase_is_oracles_164() -> None:
    paid = [slice_by_slice(amount * 100, ORACLE) / 100 for amount in (200, 300, 1500, 1200, 2000, 4500)]
    assert paid == [2, 3, 20, 14, 30, 95]
    assert sum(paid) == 164


def test_the_same_520_pays_131_by_slices_and_156_as_a_whole() -> None:
    assert slice_by_slice(52_000, MYTIME) == 13_100
    assert whole(52_000, MYTIME) == 15_600


def test_half_open_bands_pay_425_where_bands_that_end_at_99_pay_424_98() -> None:
    assert slice_by_slice(150_000, MYTIME) == 42_500


@pytest.mark.parametrize(("amount", "rate"), [(0, 25), (49_999, 25), (50_000, 30), (299_999, 30), (300_000, 40)])
def test_reaching_the_number_is_enough(amount: int, rate: int) -> None:
    assert band_of(amount, MYTIME).rate == Fraction(rate, 100)


def test_what_lies_below_the_first_band_counts_to_it() -> None:
    assert band_of(-5, MYTIME).rate == Fraction(1, 4)
    assert slice_by_slice(-5, MYTIME) == 0
    assert interpolate(-5, MYTIME) == Fraction(-5, 4)


def test_an_interpolated_rate_grows_evenly_to_the_next_band_and_then_stays() -> None:
    assert interpolate(25_000, MYTIME) == 25_000 * Fraction("0.275")
    assert interpolate(300_000, MYTIME) == 120_000
    assert interpolate(600_000, MYTIME) == 240_000


ANY_BANDS = st.lists(
    st.tuples(st.integers(1, 10**6), st.fractions(0, 1, max_denominator=1000)), max_size=6, unique_by=lambda one: one[0]
).map(lambda steps: (Band(0, Fraction(1, 100)), *(Band(*step) for step in sorted(steps))))


@given(ANY_BANDS)
def test_every_method_pays_nothing_for_nothing(steps: tuple[Band, ...]) -> None:
    assert [method(Fraction(0), steps) for method in METHODS.values()] == [0, 0, 0]


@given(ANY_BANDS, st.integers(0, 10**7))
def test_slices_add_up_and_never_pay_more_than_the_top_rate(steps: tuple[Band, ...], amount: int) -> None:
    paid = slice_by_slice(amount, steps)
    penny_by_penny = sum(
        (min(amount, end) - band.start) * band.rate
        for band, end in zip(steps, [*(one.start for one in steps[1:]), amount + 1], strict=True)
        if amount > band.start
    )
    assert paid == penny_by_penny
    assert 0 <= paid <= amount * max(band.rate for band in steps)
