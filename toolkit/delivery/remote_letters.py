"""What our own tabs say of other computers: letters that they sent, and clients whom they suppressed."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from toolkit.book import own_tabs
from toolkit.book.grid import Cell, Tabs
from toolkit.book.i18n import Lexicon, plain
from toolkit.book.own_tabs import own_grid
from toolkit.book.parse.cells import ParseContext, shown
from toolkit.book.parse.dates import SERIAL_DAY_ZERO, SERIALS
from toolkit.campaigns.letter_history import LetterHistory, PastLetter
from toolkit.delivery.outcome import LEFT, WAITING, State
from toolkit.delivery.suppressed import Suppression
from toolkit.delivery.tab_rows import PROMOTIONAL
from toolkit.rules.contact import BY_PERSON, Route, by_email
from toolkit.snapshot import Snapshot

_OUTBOX: Final = {heading: place for place, heading in enumerate(own_tabs.HEADINGS[own_tabs.OUTBOX])}
_SUPPRESSED: Final = {heading: place for place, heading in enumerate(own_tabs.HEADINGS[own_tabs.SUPPRESSED])}
REHEARSED: Final = ("", "folder")
"""Channels whose letters were only rehearsed; earlier versions wrote no channel."""


@dataclass(frozen=True, slots=True)
class RemoteLetter:
    """A row of the Outbox tab that speaks of a letter that truly left, or was given up.

    Args:
        key: the first 16 digits of the letter's key.
        client: the client number.
        day: its day.
        state: where it stands.
        cells: the row as it stands.
        computer: which computer wrote it; "" where nobody knows.
    """

    key: str
    client: str
    day: date
    state: State
    cells: tuple[Cell, ...]
    computer: str = ""

    @property
    def was_taken(self) -> bool:
        """Whether a computer took it for itself and never told what became of it."""
        return self.state is State.CLAIMED

    @property
    def may_still_go(self) -> bool:
        """Whether its computer may find that it never left, and send it: then it waits for what that one says."""
        return self.state in (State.CLAIMED, State.IN_DOUBT)

    @property
    def said(self) -> PastLetter:
        """As the plan counts it; where its row tells of no occasion, only that the client was written to."""
        occasion, wording, kind = (shown(self.cells[_OUTBOX[name]]) for name in ("Occasion", "Wording", "Kind"))
        campaign, _, occurrence = occasion.partition(" ")
        return PastLetter(
            campaign,
            occurrence or self.key,
            self.client,
            self.day,
            words_id=wording,
            promotional=kind == PROMOTIONAL,
            left=self.state in LEFT,
        )


def remote_letters(
    tabs: Tabs, lexicon: Lexicon, computer: str = "", here: Collection[str] | None = None
) -> Iterator[RemoteLetter]:
    """Letters of the Outbox tab whose turn came and of which this computer's journal does not tell, each once.

    Other computers wrote them, or this one did before its journal was put back from a copy: then the tab knows more.

    Args:
        tabs: the workbook's.
        lexicon: the words of every language.
        computer: this one; "" takes the rows of every computer.
        here: the keys that its journal knows, 16 digits each; None where only such are asked for.
    """
    found: dict[str, RemoteLetter] = {}
    states = _states(lexicon)
    for row in _rows(tabs, lexicon, own_tabs.OUTBOX):
        one = _letter(row, states)
        if _had_its_turn(one) and not (computer and one.computer == computer and _is_told_here(one, here)):
            known = found.get(one.key)
            found[one.key] = known if known and one.was_taken else one
    yield from found.values()


def letters_done(tabs: Tabs, lexicon: Lexicon, since: date) -> frozenset[str]:
    """The keys, 16 digits each, of the letters of a day or later that the Outbox tab calls done, for good."""
    states = _states(lexicon)
    letters = (_letter(row, states) for row in _rows(tabs, lexicon, own_tabs.OUTBOX))
    done = (one for one in letters if one.state is State.SENT and _had_its_turn(one))
    return frozenset(one.key for one in done if one.day >= since)


def with_remote_letters(said: LetterHistory, as_read: Snapshot, computer: str, here: Collection[str]) -> LetterHistory:
    """What was said here, with the letters of which only the Outbox tab tells.

    The tab holds no addresses: each gets the one that its client has now. The rest is as in `foreign_letters`.
    """
    emails = {client.number: client.email for client in as_read.book.clients}
    tab = remote_letters(as_read.tabs, as_read.reading.lexicon, computer, here)
    told = {one.key: replace(one.said, route=_route(emails.get(one.client, ""))) for one in tab if one.key not in here}
    return LetterHistory((*said.letters, *told.values()), frozenset(told))


def _route(email: str) -> Route:
    return by_email(email) if email else BY_PERSON


def _letter(row: list[Cell], states: Mapping[str, State]) -> RemoteLetter:
    """One row; a state that nobody knows is in doubt."""
    day, state = _day(row[_OUTBOX["Day"]]), states.get(plain(shown(row[_OUTBOX["State"]])), State.IN_DOUBT)
    cells = (day if day > date.min else row[0], *row[1:])
    key, client, computer = (shown(row[_OUTBOX[name]]) for name in ("Key", "Client no.", "By"))
    return RemoteLetter(key, client, day, state, cells, computer)


def _had_its_turn(one: RemoteLetter) -> bool:
    rehearsed = shown(one.cells[_OUTBOX["Channel"]]) in REHEARSED
    return not rehearsed and (one.state not in WAITING or one.was_taken)


def _is_told_here(own: RemoteLetter, here: Collection[str] | None) -> bool:
    """Whether the journal tells of a row of this very computer; where the row says Done, the journal says so too."""
    return own.state is not State.SENT and (here is None or own.key in here)


def suppressed_in(tabs: Tabs, reading: ParseContext) -> tuple[Suppression, ...]:
    """Who the Suppressed tab names; a row that a person typed needs only the client number, and counts from today."""
    rows = _rows(tabs, reading.lexicon, own_tabs.SUPPRESSED)
    return tuple(
        Suppression(
            shown(row[_SUPPRESSED["Client no."]]),
            shown(row[_SUPPRESSED["Key"]]),
            _day_or(row[_SUPPRESSED["Day"]], reading.today),
            shown(row[_SUPPRESSED["Why"]]) or "Suppressed",
        )
        for row in rows
        if shown(row[_SUPPRESSED["Client no."]])
    )


def _rows(tabs: Tabs, lexicon: Lexicon, name: str) -> Iterator[list[Cell]]:
    """The rows below the headings of one of our tabs, in the order of the headings."""
    for row in own_grid(name, tabs, lexicon)[1:]:
        if any(map(shown, row)):
            yield list(row)


def _states(lexicon: Lexicon) -> dict[str, State]:
    """The states by their words in each of our languages."""
    return {
        plain(words.say("status", state)): state for words in lexicon.languages.values() for state in reversed(State)
    }


def _day_or(cell: Cell, today: date) -> date:
    written = _day(cell)
    return today if written == date.min else written


def _day(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float):
        return SERIAL_DAY_ZERO + timedelta(days=int(cell)) if cell in SERIALS else date.min
    try:
        return date.fromisoformat(shown(cell)[:10])
    except ValueError:
        return date.min
