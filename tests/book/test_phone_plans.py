"""What is told of a phone at a glance is what the library says after a long look."""

import phonenumbers
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from toolkit.book.parse.phone_plans import at_a_glance

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
KINDS = [phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.MOBILE]


def by_library(written: str, region: str) -> str:
    try:
        parsed = phonenumbers.parse(written, region or None)
    except phonenumbers.NumberParseException:
        return ""
    is_one = phonenumbers.is_valid_number(parsed)
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)) if is_one else ""


def examples(region: str) -> list[str]:
    found = (phonenumbers.example_number_for_type(region, kind) for kind in KINDS)
    styles = (
        phonenumbers.PhoneNumberFormat.E164,
        phonenumbers.PhoneNumberFormat.INTERNATIONAL,
        phonenumbers.PhoneNumberFormat.NATIONAL,
    )
    return [str(phonenumbers.format_number(one, style)) for one in found if one for style in styles]


@pytest.mark.parametrize(
    ("written", "region"),
    [("+254712345678", ""), ("+254 712 345-678", "DE"), ("0712 345 678", "KE"), ("+996 (555) 123456", "KE")],
)
def test_numbers_of_a_country_with_a_code_of_its_own_are_told_at_a_glance(written: str, region: str) -> None:
    assert at_a_glance(written, region) == by_library(written, region) != ""


@pytest.mark.parametrize(
    ("written", "region"),
    [
        ("+7 916 123-45-67", "RU"),
        ("8 916 123-45-67", "RU"),
        ("712345678", "KE"),
        ("0712 345 678", ""),
        ("0712 345 678", "XX"),
        ("254712345678", "KE"),
        ("+999123456789", "KE"),
        ("+25412", "KE"),
        ("+020212345678", "CZ"),
        ("0112", "KE"),
        ("0000000", "KE"),
        ("call 0712 345 678", "KE"),
    ],
)
def test_what_is_not_plain_is_left_to_the_library(written: str, region: str) -> None:
    assert at_a_glance(written, region) == ""


@pytest.mark.parametrize("region", REGIONS)
def test_the_examples_of_every_country_are_read_alike(region: str) -> None:
    glances = [(one, at_a_glance(one, region)) for one in examples(region)]
    assert [(one, seen) for one, seen in glances if seen and seen != by_library(one, region)] == []


@given(st.sampled_from(REGIONS), st.data())
def test_whatever_digits_stand_there_a_glance_never_contradicts_the_library(region: str, data: st.DataObject) -> None:
    example = data.draw(st.sampled_from(examples(region) or ["+254712345678"]))
    digits = [*example]
    for at in data.draw(st.lists(st.integers(0, len(digits) - 1), max_size=4)):
        digits[at] = data.draw(st.sampled_from([*"0123456789", "", " "]))
    written = " ".join("".join(digits).split())
    seen = at_a_glance(written, region)
    assume(seen)
    assert seen == by_library(written, region)


def test_most_examples_are_told_at_a_glance() -> None:
    told = [(bool(at_a_glance(one, region)), one) for region in REGIONS for one in examples(region)]
    assert sum(seen for seen, _ in told) > len(told) / 2
