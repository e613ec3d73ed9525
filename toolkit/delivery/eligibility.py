"""The last look at the workbook before each batch of letters."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from toolkit.book import Client, Mapped, ParseContext, Recipient, StaffMember, Tabs, read_book
from toolkit.book.layout import tab_name
from toolkit.book.recipient import is_staff
from toolkit.book.tabs.clients import CLIENTS
from toolkit.book.tabs.staff import STAFF
from toolkit.channels.status_text import remark
from toolkit.delivery.letter_record import LetterRecord
from toolkit.delivery.loop import Eligibility, Hold
from toolkit.delivery.shared.remote_letters import RemoteLetter, remote_letters, suppressed_in
from toolkit.delivery.suppressed import CODES, SuppressedList, Suppression, together, why_closed, why_closed_to_staff
from toolkit.rules.contact import Reach, prefers_no_email, reach_client, reach_staff
from toolkit.sheets.workbook import Workbook

TAKEN: Final = Hold(remark("taken"), for_good=False)
"""Another computer has it, and the next run sees what became of it."""

HAD_ELSEWHERE: Final = Hold(remark("had-its-turn"))
LEFT_HERE: Final = Hold(remark("left-before"))
"""The journal here is older than the Outbox tab, which says that this very computer sent it."""


@dataclass(frozen=True)
class WorkbookLook:
    """Looks at the workbook before each batch.

    Args:
        workbook: where the clients are kept.
        reading: how its cells are read.
        suppressed: the journal's own list.
        off: campaigns that the shop does not want.
        computer: this one, of whose own rows in the Outbox tab only those that say Done stop a letter.
    """

    workbook: Workbook
    reading: ParseContext
    suppressed: SuppressedList
    off: Collection[str]
    computer: str

    def __call__(self, _batch: Sequence[LetterRecord]) -> Eligibility:
        """Read the workbook, and return the eligibility of every letter.

        Raises:
            WorkbookError: it cannot be read now.
        """
        return self.eligibility(self.workbook.rows())

    def eligibility(self, tabs: Tabs) -> Eligibility:
        """Return the eligibility of every letter by some cells."""
        closed = together(self.suppressed.all(), suppressed_in(tabs, self.reading), self.suppressed.lifted())
        return eligibility_in(tabs, self.reading, closed, self.off, self.computer)


def eligibility_in(
    tabs: Tabs,
    reading: ParseContext,
    closed: Sequence[Suppression],
    off: Collection[str] = (),
    computer: str = "",
) -> Eligibility:
    """Return the eligibility of waiting letters by some cells.

    Args:
        tabs: the workbook's cells as they are now.
        reading: how they are read.
        closed: who is not to be written to.
        off: as in WorkbookLook.
        computer: as in WorkbookLook.
    """
    book, _ = read_book({name: tabs[name] for name in tabs.keys() & tabs_of_recipients(tabs, reading)}, reading)
    clients = {client.number: client for client in book.clients}
    staff = {member.reader_no: member for member in book.staff}
    gone = {letter.key: letter for letter in remote_letters(tabs, reading.lexicon, computer)}

    def hold(record: LetterRecord) -> Hold | None:
        header = record.header
        if record.dated is None and (remote := gone.get(header.key[:16])):
            return _had_by(remote, computer)
        if header.campaign in off:
            return Hold(remark("switched-off"), for_good=False)
        if suppressed := _suppressed(record, closed):
            return suppressed
        if is_staff(header.client):
            member = staff.get(header.client)
            return _staff_hold(record, member, reading.today, is_doubled=_has(book.doubled_staff, member))
        client = clients.get(header.client)
        return _client_hold(record, client, is_doubled=_has(book.doubled, client))

    return hold


def tabs_of_recipients(tabs: Iterable[str], reading: ParseContext) -> frozenset[str]:
    """Return the names of recipients' tabs and tabs joined to them."""
    names = {tab_name(tab, tabs, reading) for tab in (CLIENTS, STAFF)}
    mapped = (reading.mapped.get(tab.slug, Mapped()) for tab in (CLIENTS, STAFF))
    names.update(join.to.tab for mapping in mapped for join in mapping.joins)
    return frozenset(names)


def _had_by(remote: RemoteLetter, computer: str) -> Hold:
    if remote.may_still_go:
        return TAKEN
    return LEFT_HERE if remote.computer == computer else HAD_ELSEWHERE


def _suppressed(record: LetterRecord, closed: Sequence[Suppression]) -> Hold | None:
    client, address = record.header.client, record.header.route.address
    why = (why_closed_to_staff if is_staff(client) else why_closed)(closed, client, address)
    if not why:
        return None
    return Hold(remark("closed", held=why) if why in CODES else remark("suppressed", why=why))


def _has(numbers: Collection[str], recipient: Recipient | None) -> bool:
    return recipient is not None and recipient.number in numbers


def _staff_hold(record: LetterRecord, member: StaffMember | None, today: date, *, is_doubled: bool) -> Hold | None:
    if member is None:
        return Hold(remark("staff-gone"), for_good=False)
    if member.has_left(today):
        return Hold(remark("left-staff"))
    return _reach_hold(record, reach_staff(member, today, is_doubled=is_doubled))


def _client_hold(record: LetterRecord, client: Client | None, *, is_doubled: bool) -> Hold | None:
    if client is None:
        return Hold(remark("client-gone"), for_good=False)
    reach = reach_client(client, promotional=record.header.promotional, is_doubled=is_doubled)
    if reach.hold == "no-consent":
        return Hold(remark("no-consent"))
    if record.header.route.is_email and prefers_no_email(client):
        return Hold(remark("no-mail"))
    return _reach_hold(record, reach)


def _reach_hold(record: LetterRecord, reach: Reach) -> Hold | None:
    """Return why a letter waits until its recipient's row is clear again."""
    if record.header.route != reach.route:
        return Hold(remark("other-address"), for_good=False)
    return Hold(remark("held", held=reach.hold), for_good=False) if reach.hold else None
