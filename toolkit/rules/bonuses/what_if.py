"""Past months under a scheme that nobody has adopted yet (RULES.md, Explain)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from toolkit.book import ClientBook, StaffMember
from toolkit.rules.bonuses.monthly import Bonuses
from toolkit.rules.bonuses.rulebook import Usual
from toolkit.rules.months import months_after


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One person's months under two schemes. Money is in minor units.

    Args:
        now: what the rules of the workbook pay.
        then: what the other scheme would have paid.
        held: in how many of the months it could not be worked out.
    """

    staff: StaffMember
    now: int
    then: int
    held: int


def try_scheme(
    book: ClientBook, usual: Usual, scheme: str, months: Sequence[date], *, instead_of: str = ""
) -> tuple[WhatIf, ...]:
    """Work out past months as if a scheme had held.

    It pays everybody who has another scheme now, or everybody.

    Args:
        book: sales and rules; approvals count for nothing here, since both sides are worked out afresh.
        usual: the settings' own method and basis.
        scheme: the name of the scheme to try; its rows hold from ever.
        months: the months to try it on, the last one over.
        instead_of: whose scheme is to be replaced; "" is everybody's.
    """
    today = max((months_after(month, 1) for month in months), default=date.min)
    fresh = replace(book, approved_rows=())
    old, new = (Bonuses(variant, usual, today) for variant in (fresh, _with(fresh, scheme, instead_of)))
    moved = [member for member in book.staff if not instead_of or member.scheme.casefold() == instead_of.casefold()]
    return tuple(_tried(member, old, new, months) for member in moved)


def _with(book: ClientBook, scheme: str, instead_of: str) -> ClientBook:
    """Return the book as if the scheme had always held."""
    name, old = scheme.casefold(), instead_of.casefold()
    rows = [row for row in book.schemes if row.scheme.casefold() == name]
    bands = [band for band in book.bonus_bands if band.scheme.casefold() == name]
    last = max((band.since for band in bands), default=date.min)
    return replace(
        book,
        staff=tuple(
            replace(member, scheme=scheme) if not old or member.scheme.casefold() == old else member
            for member in book.staff
        ),
        schemes=(
            *(row for row in book.schemes if row not in rows),
            *(replace(row, since=date.min) for row in sorted(rows, key=lambda row: row.since)[-1:]),
        ),
        bonus_bands=(
            *(band for band in book.bonus_bands if band not in bands),
            *(replace(band, since=date.min) for band in bands if band.since == last),
        ),
    )


def _tried(member: StaffMember, old: Bonuses, new: Bonuses, months: Sequence[date]) -> WhatIf:
    now = [bonus for month in months for bonus in old.month(month) if bonus.staff.number == member.number]
    then = [bonus for month in months for bonus in new.month(month) if bonus.staff.number == member.number]
    held = sum(bool(bonus.held) for bonus in then)
    return WhatIf(member, sum(bonus.amount for bonus in now), sum(bonus.amount for bonus in then), held)
