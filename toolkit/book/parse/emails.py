"""One cell becomes an e-mail address."""

import re

from toolkit.book.grid import Cell
from toolkit.book.parse.cells import Misread, Reading, says_none, shown

_NEVER_AN_ADDRESS = re.compile(r"[\s,;<>()\[\]\"\\]")
_COMMON_DOMAINS = ("gmail.com", "yahoo.com", "hotmail.com", "outlook.com", "icloud.com", "mail.ru", "yandex.ru")
_LABEL = "[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?"
_NO_WORLD = "arpa|invalid|local|localhost|onion|test"
_PLAIN_ADDRESS = re.compile(
    r"(?!.*(?:\.\.|--))[a-z0-9](?:[a-z0-9._+-]{0,62}[a-z0-9])?"
    rf"@(?:{_LABEL}\.){{1,4}}(?!(?:{_NO_WORLD})$)[a-z]{{2,20}}"
)


def email(cell: Cell, reading: Reading) -> str | None:
    """One e-mail address, checked by its syntax only, the world is not asked; None where the cell says n/a.

    The syntax is that of the library email-validator; plain addresses of common shape skip it.
    """
    written = shown(cell).removeprefix("mailto:")
    if _PLAIN_ADDRESS.fullmatch(written):
        return written
    if says_none(cell, reading):
        return None
    _refuse_at_a_glance(written)
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - it takes 0.1 s to load

    try:
        return validate_email(written, check_deliverability=False).normalized
    except EmailNotValidError:
        raise Misread("email-wrong", given=written) from None


def _refuse_at_a_glance(written: str) -> None:
    local, at, domain = written.rpartition("@")
    if not at or not local:
        raise Misread("email-no-at", given=written)
    if _NEVER_AN_ADDRESS.search(written):
        raise Misread("email-many", given=written)
    if not domain or "@" in local:
        raise Misread("email-wrong", given=written)
    if "." not in domain:
        near = next((one for one in _COMMON_DOMAINS if one.split(".")[0] == domain.casefold()), f"{domain}.com")
        raise Misread("email-no-dot", given=written, proposal=f"{local}@{near}")
