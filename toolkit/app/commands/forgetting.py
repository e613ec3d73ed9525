"""Deletion of what we keep about a client."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from toolkit.app.desk import Desk
from toolkit.app.own_tab_checks import check_own_tabs
from toolkit.app.own_tabs import outbox_tab, suppressed_tab, write_own_tabs
from toolkit.app.shop import Shop
from toolkit.book import OwnTab, own_tabs
from toolkit.book.client_rows import RowAbout, rows_about
from toolkit.channels.channel import Mode
from toolkit.channels.folder import stem_of
from toolkit.delivery.forgetting import forget_in
from toolkit.delivery.letter_record import LetterRecord
from toolkit.delivery.suppressed import SuppressedList, Suppression
from toolkit.errors import ConfigError, WorkbookError

TELLING: Final = frozenset(
    own_tabs.HEADINGS[own_tabs.OUTBOX].index(heading) for heading in ("Name", "Subject", "Words")
)
"""Columns of the Outbox tab that tell of a person."""


@dataclass(frozen=True)
class Forgotten:
    """The data that was deleted, and what is left to a person.

    Args:
        letters: how many letters the journal knew, and now knows by their keys only.
        rows: what stands of the client in the team's own tabs, which we never touch.
        files: letters that lie in our folders.
        unwritten: why the workbook could not be written now; None where it was.
    """

    letters: int
    rows: tuple[RowAbout, ...]
    files: tuple[Path, ...]
    unwritten: WorkbookError | None


def forget(shop: Shop, client: str) -> Forgotten:
    """Delete a client from our journals and Outbox tab, and suppress the number.

    Raises:
        ConfigError: nothing is known of that number.
        WorkbookUnsafe: the team has a tab with the name of ours; nothing was dropped.
        RunLocked: a run is at work.
    """
    shop.desk.hold()
    check_own_tabs(shop.open_book)
    refuse_stranger(shop, client)
    files, desk, snapshot = tuple(_files(shop.folder, shop.desk, client)), shop.desk, shop.snapshot
    letters = forget_in(sorted(desk.data.glob("*.sqlite3")), client, shop.clock.now())
    why = snapshot.words.say("remarks", "forgotten")
    SuppressedList(desk.outbox.journal).add(Suppression(client, "", shop.today, why))
    rows = rows_about(snapshot.tabs, snapshot.reading, client)
    theirs = tuple(row for row in rows if snapshot.reading.lexicon.tab(row.tab) not in own_tabs.HEADINGS)
    return Forgotten(letters, theirs, files, _written(desk, client))


def refuse_stranger(shop: Shop, client: str) -> None:
    """Return quietly if the workbook or the journal knows that number.

    Raises:
        ConfigError: neither does.
    """
    known = (*rows_about(shop.snapshot.tabs, shop.snapshot.reading, client), *letters_to(shop.desk, client))
    if not known:
        raise ConfigError(
            f"nothing is known about {client!r}",
            why="no row in the workbook and no letter has that client number",
            next_step="look the number up in the workbook",
        )


def letters_to(desk: Desk, client: str) -> tuple[tuple[Mode, LetterRecord], ...]:
    """Return every letter to a client in this computer's journal, rehearsals first."""
    if not desk.has_journal:
        return ()
    return tuple(
        (mode, record)
        for mode in Mode
        for record in desk.outbox.journal.records(mode)
        if record.header.client == client
    )


def _files(folder: Path, desk: Desk, client: str) -> Iterator[Path]:
    stems = {stem_of(one.header) for _, one in letters_to(desk, client)}
    for part in ("outbox", "calls", "preview"):
        yield from sorted(path for path in (folder / part).rglob("*.*") if path.stem in stems)


def _written(desk: Desk, client: str) -> WorkbookError | None:
    try:
        write_own_tabs(desk, [suppressed_tab(desk), _without(outbox_tab(desk), client)])
    except WorkbookError as error:
        return error
    return None


def _without(tab: OwnTab, client: str) -> OwnTab:
    """Blank one client's letters in the Outbox tab, but for keys and states."""
    number = own_tabs.HEADINGS[own_tabs.OUTBOX].index("Client no.")
    rows = (
        tuple("" if at in TELLING else cell for at, cell in enumerate(row)) if str(row[number]) == client else row
        for row in tab.rows
    )
    return replace(tab, rows=tuple(rows))
