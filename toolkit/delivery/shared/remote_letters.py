"""Letters as rows of the Outbox tab, here and elsewhere."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final, TypeAlias

from toolkit.book import Cell, Lexicon, OwnCell, ParseContext, Tabs, Words, own_tabs, plain, shown
from toolkit.book.own_tabs import own_grid
from toolkit.book.parse.dates import SERIAL_DAY_ZERO, SERIALS
from toolkit.campaigns.letter_history import LetterHistory, PastLetter
from toolkit.channels.status_text import render_remark
from toolkit.delivery.letter_record import LEFT, SETTLED, WAITING, Outcome, State
from toolkit.delivery.suppressed import Suppression
from toolkit.rules.contact import BY_PERSON, Route, by_email
from toolkit.snapshot import Snapshot

_OUTBOX: Final = {heading: place for place, heading in enumerate(own_tabs.HEADINGS[own_tabs.OUTBOX])}
_SUPPRESSED: Final = {heading: place for place, heading in enumerate(own_tabs.HEADINGS[own_tabs.SUPPRESSED])}
REHEARSED: Final = ("", "folder")
"""Channels whose letters were only rehearsed; earlier versions wrote no channel."""


PROMOTIONAL: Final = "promotional"
"""What the Kind column says of letters that need consent, in every language."""

OUTBOX_TAB_KEEPS: Final = timedelta(days=400)
"""For so long the Outbox tab tells of a letter that is done (PROMISES.md); its own journal knows it for ever."""

Row: TypeAlias = tuple[OwnCell, ...]


def letter_row(letter: Outcome, words: Words, computer: str) -> Row:
    """Return a letter's row in the Outbox tab.

    Cells are in the order of own_tabs.HEADINGS.

    Args:
        letter: as its own computer knows it.
        words: of the shop's language.
        computer: whose journal knows it.
    """
    header = letter.header
    return (
        letter.day,
        header.client,
        header.name,
        words.say("letters", header.campaign),
        header.subject,
        words.say("status", letter.state),
        render_remark(letter.record.words, words),
        header.key[:16],
        letter.record.channel,
        computer,
        f"{header.campaign} {header.occurrence}",
        header.words_id,
        PROMOTIONAL if header.promotional else "",
    )


def is_told(state: State, day: date, today: date) -> bool:
    """True if today's tab still tells of a letter.

    It always does while the letter may go, is in doubt, or has no known day.
    """
    return state not in SETTLED or day == date.min or day >= today - OUTBOX_TAB_KEEPS


@dataclass(frozen=True, slots=True)
class RemoteLetter:
    """A row of the Outbox tab about a letter done elsewhere.

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
        """True if a computer claimed it and told no more."""
        return self.state is State.CLAIMED

    @property
    def may_still_go(self) -> bool:
        """True if its own computer may still send it."""
        return self.state in (State.CLAIMED, State.IN_DOUBT)

    @property
    def past(self) -> PastLetter:
        """The letter as the plan counts it.

        A row without an occasion only tells that the client was written to.
        """
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
    """Return letters of the Outbox tab that this computer's journal does not have.

    Other computers wrote them, or this one did before its journal was restored from a copy.

    Args:
        tabs: the workbook's.
        lexicon: the words of every language.
        computer: this one; "" takes the rows of every computer.
        here: the keys that its journal knows, 16 digits each; None where only such are asked for.
    """
    found: dict[str, RemoteLetter] = {}
    states = _states(lexicon)
    for row in _rows(tabs, lexicon, own_tabs.OUTBOX):
        letter = _letter(row, states)
        if _had_its_turn(letter) and not (computer and letter.computer == computer and _is_told_here(letter, here)):
            known = found.get(letter.key)
            found[letter.key] = known if known and letter.was_taken else letter
    yield from found.values()


def letters_done(tabs: Tabs, lexicon: Lexicon, since: date) -> frozenset[str]:
    """Return the keys of letters that the Outbox tab calls done.

    Keys have 16 digits here, and letters before `since` do not count.
    """
    states = _states(lexicon)
    letters = (_letter(row, states) for row in _rows(tabs, lexicon, own_tabs.OUTBOX))
    done = (letter for letter in letters if letter.state is State.SENT and _had_its_turn(letter))
    return frozenset(letter.key for letter in done if letter.day >= since)


def with_remote_letters(said: LetterHistory, as_read: Snapshot, computer: str, here: Collection[str]) -> LetterHistory:
    """Add the letters of which only the Outbox tab tells.

    The tab holds no addresses, so each letter gets the one that its client has now.
    """
    emails = {client.number: client.email for client in as_read.book.clients}
    tab = remote_letters(as_read.tabs, as_read.reading.lexicon, computer, here)
    others = {
        letter.key: replace(letter.past, route=_route(emails.get(letter.client, "")))
        for letter in tab
        if letter.key not in here
    }
    return LetterHistory((*said.letters, *others.values()), frozenset(others))


def _route(email: str) -> Route:
    return by_email(email) if email else BY_PERSON


def _letter(row: list[Cell], states: Mapping[str, State]) -> RemoteLetter:
    """Read one row, with an unknown state as in doubt."""
    day, state = _day(row[_OUTBOX["Day"]]), states.get(plain(shown(row[_OUTBOX["State"]])), State.IN_DOUBT)
    cells = (day if day > date.min else row[0], *row[1:])
    key, client, computer = (shown(row[_OUTBOX[name]]) for name in ("Key", "Client no.", "By"))
    return RemoteLetter(key, client, day, state, cells, computer)


def _had_its_turn(letter: RemoteLetter) -> bool:
    rehearsed = shown(letter.cells[_OUTBOX["Channel"]]) in REHEARSED
    return not rehearsed and (letter.state not in WAITING or letter.was_taken)


def _is_told_here(own: RemoteLetter, here: Collection[str] | None) -> bool:
    """True if the journal tells of a row of this very computer."""
    return own.state is not State.SENT and (here is None or own.key in here)


def suppressed_in(tabs: Tabs, reading: ParseContext) -> tuple[Suppression, ...]:
    """Return the suppressions in the Suppressed tab.

    A row that a person typed needs only a client number.
    """
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
    """Return the rows below the headings of one of our tabs."""
    for row in own_grid(name, tabs, lexicon)[1:]:
        if any(map(shown, row)):
            yield list(row)


def _states(lexicon: Lexicon) -> dict[str, State]:
    """Return the states by their words in each of our languages."""
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
