"""One cell becomes a phone number."""

import re
from datetime import date
from typing import Final

from toolkit.book.grid import Cell
from toolkit.book.parse.cells import Misread, Reading, says_none, shown
from toolkit.book.parse.phone_plans import at_a_glance

SOME_COUNTRY: Final = "KE"
"""Whose numbers serve as an example where no country is known."""

_SCIENTIFIC = re.compile(r"(\d)[.,]?(\d*)[eE]\+?\d+")


def phone(cell: Cell, reading: Reading) -> str | None:
    """A phone number in E.164: +254712345678; None where the cell says n/a.

    A number that the sheet took for a sum is told with a proposal.
    """
    if isinstance(cell, str) and _SCIENTIFIC.fullmatch(cell.strip()):
        raise Misread("phone-rounded", given=cell.strip(), proposal=_as_far_as_known(cell.strip(), reading.region))
    if isinstance(cell, str) and (plain := at_a_glance(shown(cell), reading.region)):
        return plain
    if says_none(cell, reading):
        return None
    import phonenumbers  # noqa: PLC0415 - it takes 0.1 s to load

    written = shown(cell)
    try:
        parsed = None if isinstance(cell, date) else phonenumbers.parse(written, reading.region or None)
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed is None or not phonenumbers.is_valid_number(parsed):
        raise _wrong_phone(written, reading.region)
    found = str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))
    if isinstance(cell, int | float):
        spaced = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        raise Misread("phone-number", given=written, proposal=spaced)
    return found


def _wrong_phone(written: str, region: str) -> Misread:
    """Told with the number that is meant where only its + is missing, else with how numbers of its country look."""
    import phonenumbers  # noqa: PLC0415 - it takes 0.1 s to load

    has_country = bool(region) or written.startswith("+")
    if near := _with_plus(re.sub(r"\D", "", written).removeprefix("00"), region):
        return Misread("phone-wrong-near" if has_country else "phone-no-country-near", given=written, proposal=near)
    if not has_country:
        return Misread("phone-no-country", given=written)
    example = phonenumbers.example_number(region or SOME_COUNTRY)
    looks = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.INTERNATIONAL) if example else ""
    return Misread("phone-wrong", given=written, example=looks)


def _with_plus(digits: str, region: str) -> str:
    """The number that these digits are with a + before them; "" where they are none of that country, or of any."""
    import phonenumbers  # noqa: PLC0415 - it takes 0.1 s to load

    try:
        parsed = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(parsed) or region not in ("", phonenumbers.region_code_for_number(parsed)):
        return ""
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def _as_far_as_known(scientific: str, region: str) -> str:
    import phonenumbers  # noqa: PLC0415 - it takes 0.1 s to load

    found = _SCIENTIFIC.fullmatch(scientific)
    known = f"{found[1]}{found[2]}" if found else ""
    code = phonenumbers.country_code_for_region(region) if region else 0
    return f"+{code} {known} ..." if code else f"{known} ..."
