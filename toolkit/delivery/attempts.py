"""Every try to send, from which limits, retries and suppression are counted."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from toolkit.channels.channel import Mode, ReplyCategory
from toolkit.delivery.journal import Journal
from toolkit.delivery.letter_record import LetterRecord, State
from toolkit.rules.contact import mailbox

_ADD: Final = "INSERT INTO tries (lane, key, place, channel, at, state, sign) VALUES (?, ?, ?, ?, ?, ?, ?)"


TRIES_KEPT: Final = timedelta(days=400)


def address_digest(address: str) -> str:
    """Return a digest that names an address without showing it.

    It is "" without an address.
    """
    return sha256(mailbox(address).encode()).hexdigest()[:16] if address else ""


@dataclass(frozen=True, slots=True)
class Attempts:
    """The tries of one mode."""

    journal: Journal
    mode: Mode

    def add(self, record: LetterRecord, at: datetime, category: ReplyCategory = ReplyCategory.NONE) -> None:
        """Keep a letter's try and state at a moment in UTC."""
        place = address_digest(record.header.route.address)
        self.journal.run(_ADD, self.mode, record.key, place, record.channel, at.isoformat(), record.state, category)

    def left_since(self, moment: datetime, channel: str) -> tuple[datetime, ...]:
        """Return when letters left by a channel since a moment in UTC.

        Letters in doubt count too. The oldest comes first.
        """
        query = (
            "SELECT at FROM tries WHERE lane = ? AND at > ? AND channel = ? AND state IN ('sent', 'in_doubt') "
            "ORDER BY at"
        )
        rows = self.journal.run(query, self.mode, moment.isoformat(), channel)
        return tuple(datetime.fromisoformat(at) for (at,) in rows)

    def of_letter(self, key: str, category: ReplyCategory) -> int:
        """Count the tries of a letter with answers of one category."""
        return self._count("count(*)", "key = ? AND sign = ?", key, category)

    def was_refused_before(self, address: str, moment: datetime) -> bool:
        """True if an address was refused without a reason by a moment (UTC)."""
        values = (address_digest(address), ReplyCategory.BARE_REFUSAL, moment.isoformat())
        return bool(self._count("count(*)", "place = ? AND sign = ? AND at <= ?", *values))

    def given_up_as_full(self, address: str, since: datetime) -> int:
        """Count letters given up since a moment (UTC) as mailbox full."""
        values = (address_digest(address), ReplyCategory.FULL, State.FAILED, since.isoformat())
        return self._count("count(DISTINCT key)", "place = ? AND sign = ? AND state = ? AND at > ?", *values)

    def forget_before(self, moment: datetime) -> None:
        """Drop the tries before a moment (UTC), which nothing counts any more."""
        self.journal.run("DELETE FROM tries WHERE lane = ? AND at < ?", self.mode, moment.isoformat())

    def _count(self, counted: str, condition: str, *values: object) -> int:
        query = f"SELECT {counted} FROM tries WHERE lane = ? AND {condition}"  # noqa: S608 - our own words
        [(number,)] = self.journal.run(query, self.mode, *values)
        return int(number)
