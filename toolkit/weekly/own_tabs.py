"""Our tabs as a run leaves them, in the language of the shop."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import NamedTuple

from toolkit.book import ours
from toolkit.book.cells import is_blank, shown
from toolkit.book.grid import Grid, Link, OwnCell, OwnTab
from toolkit.book.problem import Problem
from toolkit.book.words import Words, plain
from toolkit.errors import SetupError
from toolkit.outbox.outcome import Outcome
from toolkit.rules.bonuses import Bonus
from toolkit.rules.months import month_name
from toolkit.rules.standing import Standing
from toolkit.shop import Shop
from toolkit.weekly.points_tab import points_rows, posted
from toolkit.weekly.run_report import RunReport

Row = tuple[OwnCell, ...]


def owned_tabs(shop: Shop, report: RunReport) -> tuple[OwnTab, ...]:
    """Standing, Points, Bonuses, Problems, Outbox and Week."""
    desk = _Pen(shop.words, shop.config.shop.places, shop.clients_tab, shop.new_code)
    before = posted(_grid(ours.POINTS, shop), shop.reading)
    rows: dict[str, Iterable[Row]] = {
        ours.STANDING: desk.standings(report.plan.standings, report.problems),
        ours.POINTS: points_rows(before, report.plan.standings, report.as_of, shop.words),
        ours.BONUSES: map(desk.bonus, report.plan.bonuses),
        ours.PROBLEMS: map(desk.problem, report.problems),
        ours.OUTBOX: map(desk.letter, shop.outbox.letters_for_tab()),
        ours.WEEK: desk.week(shop.config.shop.id, report),
    }
    return tuple(_tab(name, rows_of, shop) for name, rows_of in rows.items())


def _tab(name: str, rows: Iterable[Row], shop: Shop) -> OwnTab:
    headings = tuple(shop.words.heading(heading) for heading in ours.HEADINGS[name])
    return OwnTab(_name_of(name, shop), headings, tuple(rows))


def _name_of(name: str, shop: Shop) -> str:
    """The name that one of our tabs has in the workbook already, else ours in the shop's language."""
    there = (one for one in shop.tabs if plain(shop.reading.lexicon.tab(one)) == plain(name))
    return next(there, shop.words.tab(name))


def check_ours(shop: Shop) -> None:
    """Return quietly if every tab that bears one of our names is ours to write.

    Raises:
        SetupError: the team keeps a tab of its own under such a name; nothing was written.
    """
    for name, headings in ours.HEADINGS.items():
        there = _name_of(name, shop)
        known = {plain(heading) for heading in headings}
        top = next(iter(shop.tabs.get(there, ())), ())
        written = [shown(cell) for cell in top if not is_blank(cell)]
        if any(plain(shop.reading.lexicon.heading(one)) not in known for one in written):
            raise SetupError(
                f"{shop.workbook.name}: the tab {there} is not ours",
                why=f"a run would write its own {name} tab there, over what you keep in it",
                next_step=f"give your tab {there} another name, then: sheetclerk run",
            )


def _grid(name: str, shop: Shop) -> Grid:
    """One of our tabs as the workbook has it."""
    return shop.tabs.get(_name_of(name, shop), ())


class _Pen(NamedTuple):
    """Writes rows: the words of the shop, the decimals of its money, the name of its Clients tab, and new codes."""

    words: Words
    decimals: int
    clients_tab: str
    new_code: Callable[[], str]

    def _money(self, minor: int | None) -> Decimal | None:
        return None if minor is None else Decimal(minor).scaleb(-self.decimals)

    def standings(self, standings: Iterable[Standing], problems: Iterable[Problem]) -> Iterable[Row]:
        to_mend = self._to_mend(problems)
        return (self._standing(one, to_mend.get(one.client.row, [])) for one in standings)

    def _standing(self, one: Standing, to_mend: list[str]) -> Row:
        return (
            one.client.number,
            one.client.name,
            one.tier,
            self._money(one.spent),
            self._money(one.to_next),
            one.discount.share,
            self._check(to_mend),
            self._money(one.counted),
            one.next_tier,
            one.last_bought,
            one.as_of,
            one.reach_by,
            one.kept_until,
            self._money(one.to_keep),
            one.keep_by,
            one.points.usable if one.points.entries else None,
            one.points.pending or None,
            one.points.expiring or None,
            one.points.expire_on,
            ", ".join(reward.reward for reward in one.due),
            self.new_code() if one.due else "",
        )

    def _check(self, to_mend: list[str]) -> str:
        if not to_mend:
            return self.words.say("status", "ok")
        return self.words.say("status", "mend", columns=", ".join(dict.fromkeys(to_mend)))

    def _to_mend(self, problems: Iterable[Problem]) -> dict[int, list[str]]:
        """Headings to mend by the client's row."""
        found: dict[int, list[str]] = {}
        for one in problems:
            digits = one.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            if one.tab == self.clients_tab and digits.isdigit() and not one.is_hint:
                found.setdefault(int(digits), []).append(one.column)
        return found

    def bonus(self, one: Bonus) -> Row:
        share = None if one.contribution is None else round(Decimal(float(one.contribution)), 4)
        return (
            month_name(one.month),
            one.staff.number,
            one.staff.name,
            self._money(one.credit),
            share,
            self._money(one.target),
            self._money(one.amount),
        )

    def problem(self, one: Problem) -> Row:
        told = self.words.problem(one)
        place = Link(one.place, one.tab, one.cell) if one.cell else one.place
        return (place, one.column, told.says, told.fix)

    def letter(self, one: Outcome) -> Row:
        return (
            one.day,
            one.client,
            one.name,
            self.words.say("letters", one.campaign),
            one.subject,
            self.words.say("status", one.state),
            one.words,
            one.key[:16],
        )

    def week(self, shop_id: str, report: RunReport) -> Iterable[Row]:
        say = self.words.say
        yield (ours.SHOP_ID, shop_id)
        yield (say("week", "as_of"), report.as_of)
        yield (say("week", "clients"), len(report.book.clients))
        yield (say("week", "purchases"), len(report.book.purchases))
        yield (say("week", "to_mend"), len(report.to_mend))
        for name, count in report.letter_counts.items():
            yield (say("week", name), count)
