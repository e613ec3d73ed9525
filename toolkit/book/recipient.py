"""Who reads a letter: a client, or a member of staff."""

from typing import Final, Protocol

STAFF: Final = "staff:"
"""How journal, lists and keys name a member of staff; no client number begins so."""


class Recipient(Protocol):
    """What every letter needs to know of its reader."""

    @property
    def number(self) -> str:
        """As the reader's own tab has it; a client and a member of staff may have the same."""
        ...

    @property
    def reader_no(self) -> str:
        """As journal, lists and keys have it; no other reader has the same."""
        ...

    @property
    def name(self) -> str:
        """The Name column."""
        ...

    @property
    def email(self) -> str:
        """Where letters go; "" where there is no address."""
        ...

    @property
    def language(self) -> str:
        """The Language column, as it was written."""
        ...


def is_staff(reader_no: str) -> bool:
    """Whether a letter's reader is a member of staff."""
    return reader_no.startswith(STAFF)


def bare(reader_no: str) -> str:
    """A number without what spreadsheets and hasty fingers take from it: 007 becomes 7 where a column holds numbers."""
    return reader_no.casefold().lstrip("0") or "0"


def is_same(reader_no: str, other: str) -> bool:
    """Whether two numbers are one reader's, as far as anybody can tell who sees only them."""
    return reader_no == other or bare(reader_no) == bare(other)
