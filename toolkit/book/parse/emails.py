"""E-mail addresses in cells."""

import re
from typing import Final

from toolkit.book.grid import Cell
from toolkit.book.parse.cells import ParseContext, ParseError, says_none, shown

_NEVER_AN_ADDRESS: Final = re.compile(r"[\s,;<>()\[\]\"\\]")
_COMMON_DOMAINS: Final = (
    "gmail.com",
    "yahoo.com",
    "hotmail.com",
    "outlook.com",
    "icloud.com",
    "mail.ru",
    "yandex.ru",
)
_LABEL: Final = "[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?"
_RESERVED: Final = "arpa|invalid|local|localhost|onion|test"
"""Top-level names that never reach anybody (RFC 6761 and 7686), which email-validator refuses too."""

_COMMON_SHAPE: Final = re.compile(
    r"(?!.*(?:\.\.|--))[a-z0-9](?:[a-z0-9._+-]{0,62}[a-z0-9])?"
    rf"@(?:{_LABEL}\.){{1,4}}(?!(?:{_RESERVED})$)[a-z]{{2,20}}"
)


def email(cell: Cell, context: ParseContext) -> str | None:
    """Return one e-mail address, or None for n/a.

    Its syntax is checked alone, and nobody is asked over the network.
    """
    # Addresses copied from a browser or from Outlook begin with mailto:
    written = shown(cell).removeprefix("mailto:")
    # email-validator takes 20 times longer and refuses none of these (LIBRARIES: 0 of 66, 2026-11).
    if _COMMON_SHAPE.fullmatch(written):
        return written
    if says_none(cell, context):
        return None
    _refuse_at_a_glance(written)
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - it takes 0.1 s to load

    try:
        return validate_email(written, check_deliverability=False).normalized
    except EmailNotValidError:
        raise ParseError("email-wrong", given=written) from None


def _refuse_at_a_glance(written: str) -> None:
    local, at, domain = written.rpartition("@")
    if not at or not local:
        raise ParseError("email-no-at", given=written)
    if _NEVER_AN_ADDRESS.search(written):
        raise ParseError("email-many", given=written)
    if not domain or "@" in local:
        raise ParseError("email-wrong", given=written)
    if "." not in domain:
        near = next((known for known in _COMMON_DOMAINS if known.split(".")[0] == domain.casefold()), f"{domain}.com")
        raise ParseError("email-no-dot", given=written, proposal=f"{local}@{near}")
