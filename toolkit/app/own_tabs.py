"""Our tabs as a run writes them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from toolkit.app.bonus_tab import bonus_rows
from toolkit.app.desk import Desk
from toolkit.app.points_tab import points_rows, posted
from toolkit.app.run_report import RunReport
from toolkit.app.run_scope import FULL_RUN, RunScope, next_due, noted
from toolkit.app.shop import Shop
from toolkit.book import Client, Link, OwnCell, OwnTab, Problem, Share, Words, own_tabs
from toolkit.channels.call_list import Callee, callee_of
from toolkit.delivery.letter_record import WAITING, Outcome, State
from toolkit.delivery.shared.remote_letters import is_told, letter_row, remote_letters
from toolkit.delivery.suppressed import SuppressedList
from toolkit.rules.loyalty.standing import Standing

Row = tuple[OwnCell, ...]
CALL_LIST: Final = "call_list"
STATE: Final = own_tabs.HEADINGS[own_tabs.OUTBOX].index("State")
HAD_NO_TURN: Final = WAITING | {State.SUPPRESSED, State.EXPIRED}
"""Letters of ours in these states never left here; where another computer had them, its row stays."""


def owned_tabs(shop: Shop, report: RunReport, scope: RunScope = FULL_RUN) -> tuple[OwnTab, ...]:
    """Return Standing, Points, Bonuses, Problems, Calls, Outbox, Suppressed and Week."""
    desk, open_book, snapshot = shop.desk, shop.open_book, shop.snapshot
    places, plan = shop.config.shop.places, report.plan
    writer = _RowWriter(snapshot.words, places, report.clients_tab, shop.new_code)
    before = posted(open_book.own_rows(own_tabs.POINTS), snapshot.reading)
    rows: dict[str, Iterable[Row]] = {
        own_tabs.STANDING: writer.standings(plan.standings, report.problems),
        own_tabs.POINTS: points_rows(before, plan.standings, report.as_of, snapshot.words),
        own_tabs.BONUSES: bonus_rows(snapshot, places, plan.bonuses),
        own_tabs.PROBLEMS: map(writer.problem, report.problems),
        own_tabs.CALLS: map(writer.call, calls(desk, report)),
        own_tabs.OUTBOX: _outbox(desk),
        own_tabs.SUPPRESSED: _suppressed(desk),
        own_tabs.WEEK: _week(shop, writer, report, scope),
    }
    written = own_tabs.HEADINGS if desk.keeps_records else own_tabs.HEADINGS.keys() - own_tabs.RECORDS
    return tuple(open_book.own_tab(name, rows_of) for name, rows_of in rows.items() if name in written)


def write_own_tabs(desk: Desk, tabs: Sequence[OwnTab]) -> str:
    """Write our tabs, and return the name of the workbook that has them.

    A stop that was lifted counts again once somebody types it into the Suppressed tab anew.

    Returns:
        The name of the workbook that has them.
    """
    name = desk.open_book.workbook.write(tabs)
    if desk.keeps_records:
        SuppressedList(desk.outbox.journal).tab_was_written()
    return name


def suppressed_tab(desk: Desk) -> OwnTab:
    """Return the Suppressed tab."""
    return desk.open_book.own_tab(own_tabs.SUPPRESSED, _suppressed(desk))


def outbox_tab(desk: Desk) -> OwnTab:
    """Return the Outbox tab."""
    return desk.open_book.own_tab(own_tabs.OUTBOX, _outbox(desk))


def _week(shop: Shop, writer: "_RowWriter", report: RunReport, scope: RunScope) -> Iterator[Row]:
    """Yield the rows of the Week tab."""
    desk, open_book = shop.desk, shop.open_book
    home = open_book.home() if desk.is_rehearsal else desk.computer
    yield from writer.week(shop.config.shop.id, home, report)
    if due := next_due(shop.config, shop.clock):
        yield (shop.snapshot.words.say("week", "next_due"), due)
    yield from noted(open_book.own_rows(own_tabs.WEEK), scope).items()


def _suppressed(desk: Desk) -> Iterator[Row]:
    snapshot = desk.open_book.snapshot
    names = {reader.reader_no: reader.name for reader in snapshot.book.readers}
    for suppression in desk.suppressions:
        yield (
            suppression.day,
            suppression.client,
            names.get(suppression.client, ""),
            suppression.why_in(snapshot.words),
            suppression.place,
        )


def _outbox(desk: Desk) -> Iterator[Row]:
    """Yield our letters, then those of other computers as they stand in the tab."""
    letters, computer, snapshot = desk.outbox.letters_for_tab(), desk.computer, desk.open_book.snapshot
    today = desk.today
    here = {letter.key[:16] for letter in letters}
    remote = {letter.key: letter for letter in remote_letters(snapshot.tabs, snapshot.reading.lexicon, computer, here)}
    in_doubt = snapshot.words.say("status", State.IN_DOUBT)
    for letter in letters:
        if letter.state in HAD_NO_TURN and letter.key[:16] in remote:
            continue
        remote.pop(letter.key[:16], None)
        if is_told(letter.state, letter.day, today):
            yield letter_row(letter, snapshot.words, computer)
    for other in remote.values():
        if is_told(other.state, other.day, today):
            yield (*other.cells[:STATE], in_doubt, *other.cells[STATE + 1 :]) if other.was_taken else other.cells


class CallRow(NamedTuple):
    """A letter on the call list, and the client to call."""

    letter: Outcome
    client: Client
    callee: Callee


def calls(desk: Desk, report: RunReport) -> Iterator[CallRow]:
    """Yield the calls that may still be made, soonest first."""
    clients = {client.number: client for client in report.book.clients}
    on_list = [
        letter
        for letter in desk.outbox.letters_for_tab()
        if letter.record.channel == CALL_LIST and letter.header.client in clients
    ]
    still = [letter for letter in on_list if letter.header.expires >= report.as_of]
    for letter in sorted(still, key=lambda letter: (letter.header.expires, letter.header.client)):
        number = letter.header.client
        yield CallRow(letter, clients[number], callee_of(number, report.book, desk.open_book.snapshot.words))


class _RowWriter(NamedTuple):
    """Writes rows of our tabs in the words of the shop."""

    words: Words
    decimals: int
    clients_tab: str
    new_code: Callable[[], str]

    def _money(self, minor: int | None) -> Decimal | None:
        return None if minor is None else Decimal(minor).scaleb(-self.decimals)

    def standings(self, standings: Iterable[Standing], problems: Iterable[Problem]) -> Iterable[Row]:
        to_mend = self._to_mend(problems)
        return (self._standing(standing, to_mend.get(standing.client.row, [])) for standing in standings)

    def _standing(self, standing: Standing, to_mend: list[str]) -> Row:
        return (
            standing.client.number,
            standing.client.name,
            standing.tier,
            self._money(standing.spent),
            self._money(standing.to_next),
            Share(standing.discount.share),
            self._check(to_mend),
            self._money(standing.counted),
            standing.next_tier,
            standing.last_bought,
            standing.as_of,
            standing.reach_by,
            standing.kept_until,
            self._money(standing.to_keep),
            standing.keep_by,
            standing.points.usable if standing.points.entries else None,
            standing.points.pending or None,
            standing.points.expiring or None,
            standing.points.expire_on,
            ", ".join(reward.reward for reward in standing.due),
            self.new_code() if standing.due else "",
        )

    def _check(self, to_mend: list[str]) -> str:
        if not to_mend:
            return self.words.say("status", "ok")
        return self.words.say("status", "mend", columns=", ".join(dict.fromkeys(to_mend)))

    def _to_mend(self, problems: Iterable[Problem]) -> dict[int, list[str]]:
        """Headings to mend by the client's row."""
        columns: dict[int, list[str]] = {}
        for problem in problems:
            if problem.tab == self.clients_tab and not problem.is_hint:
                columns.setdefault(problem.row, []).append(problem.column)
        return columns

    def problem(self, problem: Problem) -> Row:
        text = self.words.problem(problem)
        place = Link(problem.place, problem.tab, problem.cell) if problem.cell else problem.place
        return (place, problem.column, text.says, text.fix)

    def call(self, row: CallRow) -> Row:
        return (
            row.letter.header.expires,
            row.callee.caller,
            row.client.number,
            row.client.name,
            row.callee.phone,
            row.callee.address,
            self.words.say("letters", row.letter.header.campaign),
            row.letter.header.subject,
            row.callee.why,
            row.letter.key[:16],
        )

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
