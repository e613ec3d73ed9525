"""Where rows and columns stand after some were inserted or deleted: for ranges, and for the references in formulas."""

import re
from dataclasses import dataclass
from typing import Final

from tests.sheets_server.a1 import CORNER, column_letters, column_number, quoted, unquoted

REFERENCE: Final = re.compile(
    r"""(?P<skip>"(?:[^"]|"")*"|[A-Za-z][\w.]*\()
      | (?P<title>'(?:[^']|'')+'!|[^\W\d]\w*!)?
        (?P<first>\$?[A-Za-z]{1,3}\$?\d+|\$?[A-Za-z]{1,3}(?=:))(?::(?P<second>\$?[A-Za-z]{1,3}(?:\$?\d+)?))?(?!\w)""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Shift:
    """So many rows or columns come before `start`, or, with a count below 0, go from there on.

    Args:
        rows: rows, else columns.
    """

    rows: bool
    start: int
    count: int

    def first(self, at: int) -> int:
        """Where a row or column stands now; one that is gone stands where the next one does."""
        if self.count >= 0:
            return at + self.count if at >= self.start else at
        return at if at <= self.start else max(self.start, at + self.count)

    def end(self, at: int) -> int:
        """Where a range that ends before this one ends now."""
        return self.first(at - 1) + 1 if self.count >= 0 and at else self.first(at)

    def gone(self, at: int) -> bool:
        return self.count < 0 and self.start <= at < self.start - self.count


def shifted_formula(formula: str, own: str, title: str, shift: Shift) -> str:
    """A formula of tab `own` after a shift on tab `title`; a cell that is gone becomes #REF!."""

    def moved(found: re.Match[str]) -> str:
        named = unquoted(found["title"][:-1]) if found["title"] else own
        if found["skip"] or named != title:
            return found[0]
        first, second = found["first"], found["second"]
        if second is None:
            return (found["title"] or "") + _corner(first, shift, lone=True)
        return f"{found['title'] or ''}{_corner(first, shift)}:{_last_corner(second, shift)}"

    return REFERENCE.sub(moved, formula)


def renamed_formula(formula: str, old: str, new: str) -> str:
    """A formula after a tab was given another name."""

    def moved(found: re.Match[str]) -> str:
        if found["skip"] or not found["title"] or unquoted(found["title"][:-1]) != old:
            return found[0]
        return f"{quoted(new)}!{found[0].removeprefix(found['title'])}"

    return REFERENCE.sub(moved, formula)


def _corner(text: str, shift: Shift, *, lone: bool = False) -> str:
    at = _number(text, shift)
    if at is None:
        return text
    return "#REF!" if lone and shift.gone(at) else _with(text, shift, shift.first(at))


def _last_corner(text: str, shift: Shift) -> str:
    at = _number(text, shift)
    return text if at is None else _with(text, shift, max(shift.end(at + 1) - 1, 0))


def _number(text: str, shift: Shift) -> int | None:
    """The row or the column of a corner, whichever shifts."""
    found = CORNER.fullmatch(text)
    part = found[2 if shift.rows else 1] if found else None
    if part is None:
        return None
    return int(part) - 1 if shift.rows else column_number(part)


def _with(text: str, shift: Shift, at: int) -> str:
    if shift.rows:
        return re.sub(r"\d+", str(at + 1), text)
    return re.sub(r"[A-Za-z]+", column_letters(at), text)
