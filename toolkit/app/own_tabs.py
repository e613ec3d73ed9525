"""Our tabs as a run leaves them, in the language of the shop."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from toolkit.app.bonus_tab import bonus_rows
from toolkit.app.home_computer import home_after
from toolkit.app.points_tab import points_rows, posted
from toolkit.app.run_report import RunReport
from toolkit.app.run_scope import EVERYTHING, RunScope, next_due, noted
from toolkit.app.shop import Shop
from toolkit.book import own_tabs
from toolkit.book.grid import Link, OwnCell, OwnTab, Share
from toolkit.book.i18n import Words
from toolkit.book.own_tabs import own_grid
from toolkit.book.problem import Problem
from toolkit.book.tabs.clients import CLIENTS, Client
from toolkit.channels.call_list import Callee
from toolkit.delivery.letter_record import WAITING, Outcome, State
from toolkit.delivery.shared.remote_letters import is_told, letter_row, remote_letters
from toolkit.delivery.suppressed import Suppression
from toolkit.rules.loyalty.standing import Standing

Row = tuple[OwnCell, ...]
CALL_LIST: Final = "call_list"
STATE: Final = own_tabs.HEADINGS[own_tabs.OUTBOX].index("State")
HAD_NO_TURN: Final = WAITING | {State.SUPPRESSED, State.EXPIRED}
"""Letters of ours in these states never left here; where another computer had them, its row stays."""


def owned_tabs(shop: Shop, report: RunReport, errand: RunScope = EVERYTHING) -> tuple[OwnTab, ...]:
    """Standing, Points, Bonuses, Problems, Calls, Outbox, Suppressed and Week."""
    desk = _pen(shop)
    before = posted(own_grid(own_tabs.POINTS, shop.tabs, shop.reading.lexicon), shop.reading)
    rows: dict[str, Iterable[Row]] = {
        own_tabs.STANDING: desk.standings(report.plan.standings, report.problems),
        own_tabs.POINTS: points_rows(before, report.plan.standings, report.as_of, shop.words),
        own_tabs.BONUSES: bonus_rows(shop, report.plan.bonuses),
        own_tabs.PROBLEMS: map(desk.problem, report.problems),
        own_tabs.CALLS: map(desk.call, calls(shop, report)),
        own_tabs.OUTBOX: _outbox(shop),
        own_tabs.SUPPRESSED: map(desk.suppressed, shop.suppressions),
        own_tabs.WEEK: _week(shop, desk, report, errand),
    }
    return tuple(own_tab(name, rows_of, shop) for name, rows_of in rows.items() if name in _to_write(shop))


def _to_write(shop: Shop) -> Collection[str]:
    """A run for another day leaves alone what was really said, posted or stopped."""
    return own_tabs.HEADINGS if shop.keeps_records else own_tabs.HEADINGS.keys() - own_tabs.RECORDS


def _week(shop: Shop, desk: "_Pen", report: RunReport, errand: RunScope) -> Iterator[Row]:
    """Whose workbook it is, its figures, and what the timetable did and will do."""
    yield from desk.week(shop.config.shop.id, home_after(shop), report)
    yield from desk.timetable(next_due(shop), noted(shop, errand))


def suppressed_tab(shop: Shop) -> OwnTab:
    """The Suppressed tab alone."""
    return own_tab(own_tabs.SUPPRESSED, map(_pen(shop).suppressed, shop.suppressions), shop)


def outbox_tab(shop: Shop) -> OwnTab:
    """The Outbox tab alone."""
    return own_tab(own_tabs.OUTBOX, _outbox(shop), shop)


def _pen(shop: Shop) -> "_Pen":
    names = {reader.reader_no: reader.name for reader in shop.book.readers}
    return _Pen(shop.words, shop.config.shop.places, shop.tab_called(CLIENTS), names, shop.new_code)


def _outbox(shop: Shop) -> Iterator[Row]:
    """Our letters, then those of other computers, as they stand in the tab: what truly left stays told for long."""
    letters, computer = shop.outbox.letters_for_tab(), shop.computer
    here = {one.key[:16] for one in letters}
    foreign = {one.key: one for one in remote_letters(shop.tabs, shop.reading.lexicon, computer, here)}
    in_doubt = shop.words.say("status", State.IN_DOUBT)
    for one in letters:
        if one.state in HAD_NO_TURN and one.key[:16] in foreign:
            continue
        foreign.pop(one.key[:16], None)
        if is_told(one.state, one.day, shop.today):
            yield letter_row(one, shop.words, computer)
    for other in foreign.values():
        if is_told(other.state, other.day, shop.today):
            yield (*other.cells[:STATE], in_doubt, *other.cells[STATE + 1 :]) if other.was_taken else other.cells


def own_tab(name: str, rows: Iterable[Row], shop: Shop) -> OwnTab:
    """A tab under the name that it has in the workbook already, else under ours in the shop's language."""
    headings = tuple(shop.words.heading(heading) for heading in own_tabs.HEADINGS[name])
    return OwnTab(shop.own_tab_name(name), headings, tuple(rows), grows=name == own_tabs.OUTBOX)


class CallRow(NamedTuple):
    """A letter on the call list, and the client to call."""

    letter: Outcome
    client: Client
    callee: Callee


def calls(shop: Shop, report: RunReport) -> Iterator[CallRow]:
    """The letters on the call list that may still be told, soonest first."""
    clients = {client.number: client for client in report.book.clients}
    on_list = [
        letter
        for letter in shop.outbox.letters_for_tab()
        if letter.record.channel == CALL_LIST and letter.header.client in clients
    ]
    still = [letter for letter in on_list if letter.header.expires >= report.as_of]
    for letter in sorted(still, key=lambda letter: (letter.header.expires, letter.header.client)):
        yield CallRow(letter, clients[letter.header.client], shop.callee(letter.header.client))


class _Pen(NamedTuple):
    """Writes rows: the words of the shop, the decimals of its money, the name of its Clients tab, and new codes."""

    words: Words
    decimals: int
    clients_tab: str
    names: Mapping[str, str]
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
            Share(one.discount.share),
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
            if one.tab == self.clients_tab and not one.is_hint:
                found.setdefault(one.row, []).append(one.column)
        return found

    def problem(self, one: Problem) -> Row:
        told = self.words.problem(one)
        place = Link(one.place, one.tab, one.cell) if one.cell else one.place
        return (place, one.column, told.says, told.fix)

    def call(self, one: CallRow) -> Row:
        return (
            one.letter.header.expires,
            one.callee.caller,
            one.client.number,
            one.client.name,
            one.callee.phone,
            one.callee.address,
            self.words.say("letters", one.letter.header.campaign),
            one.letter.header.subject,
            one.callee.why,
            one.letter.key[:16],
        )

    def suppressed(self, one: Suppression) -> Row:
        return (one.day, one.client, self.names.get(one.client, ""), one.why_in(self.words), one.place)

    def week(self, shop_id: str, home: str, report: RunReport) -> Iterable[Row]:
        say = self.words.say
        yield (own_tabs.SHOP_ID, shop_id)
        if home:
            yield (own_tabs.HOME, home)
        yield (say("week", "as_of"), report.as_of)
        yield (say("week", "clients"), len(report.book.clients))
        yield (say("week", "purchases"), len(report.book.purchases))
        yield (say("week", "to_mend"), len(report.to_mend))
        for name, count in report.letter_counts.items():
            yield (say("week", name), count)
        yield (say("week", "written_today" if report.rehearsed else "sent_today"), report.said_today)

    def timetable(self, due: str, done: Mapping[str, str]) -> Iterable[Row]:
        """When the next run is due, and what was done lately by whose computer."""
        if due:
            yield (self.words.say("week", "next_due"), due)
        yield from done.items()
