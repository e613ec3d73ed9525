from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.rules.bands import METHODS, Band, band_of, cliffs, falling, interpolate, slice_by_slice, whole


def bands(text: str, *, inclusive: bool = True) -> tuple[Band, ...]:
    """0/500/3000 at 25/30/40 % as people write it."""
    starts, rates = text.removesuffix(" %").split(" at ")
    pairs = zip(starts.split("/"), rates.split("/"), strict=True)
    return tuple(Band(int(start), Fraction(rate) / 100, inclusive) for start, rate in pairs)


SALON = bands("0/500/3000 at 25/30/40 %")
ANY_BANDS = st.lists(
    st.tuples(st.integers(1, 10**7), st.fractions(0, 1, max_denominator=100)), max_size=5, unique_by=lambda one: one[0]
).map(lambda rest: (Band(0, Fraction(1, 20)), *(Band(start, rate) for start, rate in sorted(rest))))


def test_520_pays_131_by_slices_and_156_as_a_whole() -> None:
    assert slice_by_slice(520, SALON) == 131
    assert whole(520, SALON) == 156


def test_1500_pays_425_exactly_with_no_gap_below_a_threshold() -> None:
    assert slice_by_slice(1500, SALON) == 425


def test_reaching_a_threshold_is_enough_unless_the_shop_says_over() -> None:
    over = bands("0/500 at 25/30 %", inclusive=False)

    assert band_of(500, SALON).rate == Fraction(30, 100)
    assert band_of(500, over).rate == Fraction(25, 100)
    assert band_of(501, over).rate == Fraction(30, 100)
    assert band_of(0, over).start == 0


def test_interpolation_grows_evenly_and_meets_the_next_band() -> None:
    grows = bands("0/1000 at 10/20 %")

    assert interpolate(500, grows) == 75
    assert interpolate(1000, grows) == 200
    assert interpolate(2000, grows) == 400


def test_a_cliff_is_where_one_more_pays_less() -> None:
    falls = bands("0/1000/2000 at 20/10/30 %")

    assert [band.start for band in cliffs(falls, whole)] == [1000]
    assert list(cliffs(falls, slice_by_slice)) == []
    assert [band.start for band in falling(falls)] == [1000]
    assert [band.start for band in cliffs(bands("0/9 at 20/10 %", inclusive=False), whole)] == [9]


@given(ANY_BANDS, st.integers(0, 10**8), st.integers(0, 10**8))
def test_slices_add_up(ladder: tuple[Band, ...], first: int, more: int) -> None:
    moved = tuple(Band(max(band.start - first, 0), band.rate) for band in ladder)
    reached = [band for band, above in zip(moved, (*moved[1:], None), strict=True) if above is None or above.start > 0]

    assert slice_by_slice(first + more, ladder) == slice_by_slice(first, ladder) + slice_by_slice(more, reached)


@given(ANY_BANDS)
def test_every_method_pays_nothing_for_nothing(ladder: tuple[Band, ...]) -> None:
    assert {method(Fraction(0), ladder) for method in METHODS.values()} == {Fraction(0)}


@given(ANY_BANDS, st.integers(0, 10**8))
def test_where_the_rate_never_changes_the_methods_agree(ladder: tuple[Band, ...], amount: int) -> None:
    flat = tuple(Band(band.start, Fraction(1, 10)) for band in ladder)

    assert {method(Fraction(amount), flat) for method in METHODS.values()} == {Fraction(amount, 10)}


@pytest.mark.parametrize("method", ["slice", "interpolate"])
@given(ladder=ANY_BANDS)
def test_slices_and_even_growth_have_no_cliff_where_rates_rise(method: str, ladder: tuple[Band, ...]) -> None:
    rates = sorted(band.rate for band in ladder)
    rising = tuple(Band(band.start, rate) for band, rate in zip(ladder, rates, strict=True))

    assert list(cliffs(rising, METHODS[method])) == []
