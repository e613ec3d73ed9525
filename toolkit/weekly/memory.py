"""The Outbox tab is what the computers at a shared workbook know of each other's letters: it must not lose any."""

from toolkit.book.ours import OUTBOX
from toolkit.errors import RunStopped
from toolkit.outbox.elsewhere import letters_done
from toolkit.outbox.outcome import State
from toolkit.sheets.workbook import TeamWorkbook
from toolkit.shop import Shop


def check_memory(shop: Shop) -> None:
    """Return quietly if the Outbox tab and the journal here still tell of every letter that was done.

    Raises:
        RunStopped: people cleared, deleted or renamed the tab, and letters of other computers would go twice.
    """
    if not isinstance(shop.workbook, TeamWorkbook):
        return
    before, now, tab = shop.workbook.team.letters, _letters(shop), shop.own_tab_name(OUTBOX)
    if now < before:
        raise RunStopped(
            f"{shop.workbook.name}: the tab {tab} told of {before} letters done, and tells of {now} now",
            why="somebody cleared, deleted or renamed it, so what other computers sent would be sent again from here",
            next_step="bring it back with File, Version history; or say on each computer that sends: sheetclerk run "
            "--limit 0; if it is right as it is: sheetclerk run --yes",
        )


def remember(shop: Shop, *, is_sure: bool) -> None:
    """Keep of how many letters done the tab tells after a run; fewer than before only where a person said so."""
    if isinstance(shop.workbook, TeamWorkbook) and shop.keeps_records and not shop.is_rehearsal:
        team, now = shop.workbook.team, _letters(shop)
        team.remember(now if is_sure else max(now, team.letters))


def _letters(shop: Shop) -> int:
    """How many letters are done, by the journal here and by the tab."""
    here = {one.key[:16] for one in shop.outbox.letters_for_tab() if one.state is State.SENT}
    return len(here | letters_done(shop.tabs, shop.reading.lexicon))
