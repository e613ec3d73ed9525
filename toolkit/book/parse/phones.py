"""Phone numbers in cells."""

import re
from datetime import date
from typing import Final

from toolkit.book.grid import Cell
from toolkit.book.parse.cells import ParseContext, ParseError, says_none, shown

EXAMPLE_REGION: Final = "KE"
"""The country whose numbers serve as an example where none is known."""

_PART_OF_ANOTHER: Final = frozenset({"AC", "TA"})
"""Ascension and Tristan da Cunha, which ISO 3166 counts to Saint Helena."""

_SCIENTIFIC: Final = re.compile(r"(\d)[.,]?(\d*)[eE]\+?\d+")


def phone(cell: Cell, context: ParseContext) -> str | None:
    """Return a phone number in E.164, or None for n/a.

    Raises:
        ParseError: the cell holds no phone number, or one that the sheet took for a sum, with a proposal.
    """
    # Excel shows and exports long numbers in narrow cells as 2.54712E+11; the digits behind are lost.
    if isinstance(cell, str) and (match := _SCIENTIFIC.fullmatch(cell.strip())):
        proposal = _known_digits(match, context.region)
        raise ParseError("phone-rounded", given=cell.strip(), proposal=proposal)
    import phonenumbers  # noqa: PLC0415 - it takes 0.1 s to load

    written = shown(cell)
    try:
        parsed = None if isinstance(cell, date) else phonenumbers.parse(written, context.region or None)
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed is None or not phonenumbers.is_valid_number(parsed):
        if says_none(cell, context):
            return None
        raise _wrong_phone(written, context.region)
    # A phone typed as a number arrives as 712345678.0 and has lost its leading 0, in Excel as in Google Sheets.
    if isinstance(cell, int | float):
        spaced = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        raise ParseError("phone-number", given=written, proposal=spaced)
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


def _wrong_phone(written: str, region: str) -> ParseError:
    """Return the error for a wrong phone, with a proposal."""
    import phonenumbers  # noqa: PLC0415 - it takes 0.1 s to load

    has_country = bool(region) or written.startswith("+")
    if near := _with_plus(re.sub(r"\D", "", written).removeprefix("00"), region):
        return ParseError("phone-wrong-near" if has_country else "phone-no-country-near", given=written, proposal=near)
    if not has_country:
        return ParseError("phone-no-country", given=written)
    example = phonenumbers.example_number(region or EXAMPLE_REGION)
    looks = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.INTERNATIONAL) if example else ""
    return ParseError("phone-wrong", given=written, example=looks)


def _with_plus(digits: str, region: str) -> str:
    """Return the valid number behind a +, or ""."""
    import phonenumbers  # noqa: PLC0415 - it takes 0.1 s to load

    try:
        parsed = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(parsed) or region not in ("", phonenumbers.region_code_for_number(parsed)):
        return ""
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def _known_digits(scientific: re.Match[str], region: str) -> str:
    import phonenumbers  # noqa: PLC0415 - it takes 0.1 s to load

    known = f"{scientific[1]}{scientific[2]}"
    code = phonenumbers.country_code_for_region(region) if region else 0
    return f"+{code} {known} ..." if code else f"{known} ..."


def phone_regions() -> frozenset[str]:
    """Return the countries with numbers of their own, by their two letters."""
    import phonenumbers  # noqa: PLC0415 - it takes 0.1 s to load

    return frozenset(phonenumbers.SUPPORTED_REGIONS) - _PART_OF_ANOTHER
