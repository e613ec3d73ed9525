"""The rows of the Bonuses tab."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from toolkit.book import OwnCell, Share, own_tabs
from toolkit.book.approved_bonuses import ApprovedRow, read_approved
from toolkit.formatting import rounded_share
from toolkit.rules.bonuses.approved import kept_texts
from toolkit.rules.bonuses.monthly import Bonus
from toolkit.rules.months import month_name
from toolkit.snapshot import Snapshot

Row = tuple[OwnCell, ...]
WIDTH = len(own_tabs.HEADINGS[own_tabs.BONUSES])


def kept_now(snapshot: Snapshot) -> tuple[ApprovedRow, ...]:
    """Return the approved rows of the tab, and those read before that are gone from it."""
    rows, _ = read_approved(snapshot.tabs, snapshot.reading)
    months = {row.month for row in rows}
    return (*(row for row in snapshot.book.approved_rows if row.month not in months), *rows)


def bonus_rows(snapshot: Snapshot, places: int, now: Sequence[Bonus]) -> Iterator[Row]:
    """Yield approved months as they stand in the tab, then the open ones."""
    rows = kept_now(snapshot)
    approved = {month: snapshot.bonuses.month(month) for month in snapshot.bonuses.approved}
    for month in dict.fromkeys(row.month for row in rows):
        people = {bonus.staff.number: bonus for bonus in approved.get(month, ())}
        for row in (row for row in rows if row.month == month):
            known = people.get(row.staff)
            yield _row(places, known, str(row.cells[-1] or "")) if known and _ends_with_text(row) else _as_it_was(row)
    kept = {row.month for row in rows}
    yield from (_row(places, bonus, "") for bonus in now if bonus.month not in kept)


def approved_rows(snapshot: Snapshot, places: int, approved: Sequence[Bonus]) -> Iterator[Row]:
    """Yield everybody's figures and the rules of a month that is being approved."""
    month = approved[0].month
    people = {bonus.staff.number: bonus for bonus in approved}
    figures = {number: bonus.figures for number, bonus in people.items()}
    for staff, text in kept_texts(month, snapshot.bonuses.rules(month), figures):
        if staff:
            yield _row(places, people[staff], text)
        else:
            yield (month_name(month), "", snapshot.words.say("bonus", "rules_row"), *[None] * (WIDTH - 4), text)


def _ends_with_text(row: ApprovedRow) -> bool:
    return len(row.cells) == WIDTH and bool(row.text)


def _as_it_was(row: ApprovedRow) -> Row:
    return tuple((*row.cells, *[None] * WIDTH)[:WIDTH])


def _row(places: int, bonus: Bonus, text: str) -> Row:
    def money(minor: int | None) -> Decimal | None:
        return None if minor is None else Decimal(minor).scaleb(-places)

    return (
        month_name(bonus.month),
        bonus.staff.number,
        bonus.staff.name,
        money(bonus.credit),
        _share(bonus.contribution),
        money(bonus.target),
        money(bonus.amount),
        money(bonus.posted),
        money(sum(bonus.adjusted.values()) + bonus.brought),
        money(bonus.carried),
        bonus.approved_on,
        text,
    )


def _share(part: Fraction | None) -> Share | None:
    return None if part is None else Share(rounded_share(part))


def all_rows(snapshot: Snapshot, places: int, approved: Sequence[Bonus], now: Sequence[Bonus]) -> Iterable[Row]:
    """Return the tab with one more approved month."""
    before = tuple(bonus_rows(snapshot, places, ()))
    open_month = tuple(_row(places, bonus, "") for bonus in now if bonus.approved_on is None)
    return (*before, *approved_rows(snapshot, places, approved), *open_month)
