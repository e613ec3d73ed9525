"""The Outbox tab is what the computers at a shared workbook know of each other's letters: it must not lose any."""

from datetime import date

from toolkit.app.shop import Shop
from toolkit.book.own_tabs import OUTBOX
from toolkit.delivery.letter_record import State
from toolkit.delivery.shared.remote_letters import OUTBOX_TAB_KEEPS, letters_done
from toolkit.errors import RunStopped
from toolkit.sheets.workbook import Remembered


def check_memory(shop: Shop) -> None:
    """Return quietly if the Outbox tab and the journal here still tell of every letter that was done.

    Raises:
        RunStopped: people cleared, deleted or renamed the tab, and letters of other computers would go twice.
    """
    team = shop.workbook.capabilities.team
    if team is None:
        return
    before, tab = team.letters, shop.own_tab_name(OUTBOX)
    now = _letters(shop, before.since)
    if now < before.number:
        raise RunStopped(
            f"{shop.workbook.name}: the tab {tab} told of {before.number} letters done, and tells of {now} now",
            why="somebody cleared, deleted or renamed it, so what other computers sent would be sent again from here",
            next_step="bring it back with File, Version history; or say on each computer that sends: sheetclerk run "
            "--limit 0; if it is right as it is: sheetclerk run --yes",
        )


def remember(shop: Shop, *, is_sure: bool) -> None:
    """Keep of how many letters done the tab tells after a run; where some are missing, only if a person said so."""
    team = shop.workbook.capabilities.team
    if team is None or shop.is_rehearsal or not shop.keeps_records:
        return
    if is_sure or _letters(shop, team.letters.since) >= team.letters.number:
        since = shop.today - OUTBOX_TAB_KEEPS
        team.remember(Remembered(_letters(shop, since), since))


def _letters(shop: Shop, since: date) -> int:
    """How many letters of a day or later are done, by the journal here and by the tab."""
    known = shop.outbox.letters_for_tab()
    here = {one.key[:16] for one in known if one.state is State.SENT and one.day >= since}
    return len(here | letters_done(shop.tabs, shop.reading.lexicon, since))
