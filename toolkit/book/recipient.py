"""The recipient of a letter, client or staff."""

from typing import Final, Protocol

STAFF_PREFIX: Final = "staff:"
"""The start of a staff member's number in journal, lists and keys. No client number begins so."""


class Recipient(Protocol):
    """A person who gets letters."""

    @property
    def number(self) -> str:
        """The number in the reader's own tab."""
        ...

    @property
    def reader_no(self) -> str:
        """The number in journal, lists and keys, which no two readers share."""
        ...

    @property
    def name(self) -> str:
        """The Name column."""
        ...

    @property
    def email(self) -> str:
        """The e-mail address, or ""."""
        ...

    @property
    def language(self) -> str:
        """The Language column, as it was written."""
        ...


def is_staff(reader_no: str) -> bool:
    """True if a letter's reader is a member of staff."""
    return reader_no.startswith(STAFF_PREFIX)


def bare(reader_no: str) -> str:
    """Return a number without capitals and leading zeros."""
    # Excel and Google Sheets turn a typed 007 into the number 7 unless the column is formatted as text.
    return reader_no.casefold().lstrip("0") or "0"


def is_same(reader_no: str, other: str) -> bool:
    """True if two numbers are probably one reader's."""
    return reader_no == other or bare(reader_no) == bare(other)
