"""Every try to send, as the journal keeps it: what limits, retries and suppression are counted from."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from toolkit.channels.channel import Mode, ReplyCategory
from toolkit.delivery.entry import Entry
from toolkit.delivery.journal import Journal
from toolkit.delivery.outcome import State
from toolkit.rules.contact import mailbox

_ADD: Final = "INSERT INTO tries (lane, key, place, channel, at, state, sign) VALUES (?, ?, ?, ?, ?, ?, ?)"


def place_of(address: str) -> str:
    """A digest that names an address without showing it; "" for none."""
    return sha256(mailbox(address).encode()).hexdigest()[:16] if address else ""


@dataclass(frozen=True, slots=True)
class Attempts:
    """The tries of one mode."""

    journal: Journal
    mode: Mode

    def add(self, entry: Entry, at: datetime, category: ReplyCategory = ReplyCategory.NONE) -> None:
        """Keep a letter's try, with the state that it came to, at a moment in UTC."""
        place = place_of(entry.route.address)
        self.journal.run(_ADD, self.mode, entry.key, place, entry.channel, at.isoformat(), entry.state, category)

    def left_since(self, moment: datetime, channel: str) -> tuple[datetime, ...]:
        """Return when letters left by a channel, or may have, since a moment in UTC, oldest first."""
        query = (
            "SELECT at FROM tries WHERE lane = ? AND at > ? AND channel = ? AND state IN ('sent', 'in_doubt') "
            "ORDER BY at"
        )
        rows = self.journal.run(query, self.mode, moment.isoformat(), channel)
        return tuple(datetime.fromisoformat(at) for (at,) in rows)

    def of_letter(self, key: str, category: ReplyCategory) -> int:
        """How many tries of a letter ended with a category."""
        counted = "SELECT count(*) FROM tries WHERE lane = ? AND key = ? AND sign = ?"
        [(number,)] = self.journal.run(counted, self.mode, key, category)
        return int(number)

    def was_refused_before(self, address: str, moment: datetime) -> bool:
        """Whether an address was refused without a reason at that moment (UTC) or earlier."""
        counted = "SELECT count(*) FROM tries WHERE lane = ? AND place = ? AND sign = ? AND at <= ?"
        [(number,)] = self.journal.run(
            counted, self.mode, place_of(address), ReplyCategory.BARE_REFUSAL, moment.isoformat()
        )
        return bool(number)

    def given_up_as_full(self, address: str, since: datetime) -> int:
        """How many letters were given up since a moment (UTC) because the mailbox was full."""
        counted = (
            "SELECT count(DISTINCT key) FROM tries WHERE lane = ? AND place = ? AND sign = ? AND state = ? AND at > ?"
        )
        values = (self.mode, place_of(address), ReplyCategory.FULL, State.FAILED, since.isoformat())
        [(number,)] = self.journal.run(counted, *values)
        return int(number)

    def forget_before(self, moment: datetime) -> None:
        """Drop tries that nothing counts any more."""
        self.journal.run("DELETE FROM tries WHERE lane = ? AND at < ?", self.mode, moment.isoformat())


KEPT: Final = timedelta(days=400)
"""For so long tries are kept."""
