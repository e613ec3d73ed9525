"""Past months under a scheme that nobody has adopted yet (RULES.md, Explain)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from toolkit.book.client_book import ClientBook
from toolkit.book.tabs.staff import StaffMember
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
    fresh = replace(book, kept=())
    old, new = (Bonuses(one, usual, today) for one in (fresh, _with(fresh, scheme, instead_of)))
    moved = [one for one in book.staff if not instead_of or one.scheme.casefold() == instead_of.casefold()]
    return tuple(_tried(member, old, new, months) for member in moved)


def _with(book: ClientBook, scheme: str, instead_of: str) -> ClientBook:
    """Return the book as if the scheme had always held."""
    name, old = scheme.casefold(), instead_of.casefold()
    rows = [one for one in book.schemes if one.scheme.casefold() == name]
    bands = [one for one in book.bonus_bands if one.scheme.casefold() == name]
    last = max((one.since for one in bands), default=date.min)
    return replace(
        book,
        staff=tuple(
            replace(one, scheme=scheme) if not old or one.scheme.casefold() == old else one for one in book.staff
        ),
        schemes=(
            *(one for one in book.schemes if one not in rows),
            *(replace(one, since=date.min) for one in sorted(rows, key=lambda one: one.since)[-1:]),
        ),
        bonus_bands=(
            *(one for one in book.bonus_bands if one not in bands),
            *(replace(one, since=date.min) for one in bands if one.since == last),
        ),
    )


def _tried(member: StaffMember, old: Bonuses, new: Bonuses, months: Sequence[date]) -> WhatIf:
    now = [one for month in months for one in old.month(month) if one.staff.number == member.number]
    then = [one for month in months for one in new.month(month) if one.staff.number == member.number]
    held = sum(bool(one.held) for one in then)
    return WhatIf(member, sum(one.amount for one in now), sum(one.amount for one in then), held)
