"""Whether a letter that waits is still wanted, by what the workbook says now."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

from toolkit.book.client_book import read_book
from toolkit.book.grid import Tabs
from toolkit.book.layout import tab_name
from toolkit.book.mapping import Mapped
from toolkit.book.parse.cells import ParseContext
from toolkit.book.recipient import Recipient, is_staff
from toolkit.book.tabs.clients import CLIENTS, Client
from toolkit.book.tabs.staff import STAFF, StaffMember
from toolkit.channels.status_text import remark
from toolkit.delivery.entry import Entry
from toolkit.delivery.remote_letters import RemoteLetter, remote_letters, suppressed_in
from toolkit.delivery.round import Eligibility, Hold
from toolkit.delivery.suppressed import CODES, Suppression, together, why_closed, why_closed_to_staff
from toolkit.rules.contact import Reach, prefers_no_email, reach_client, reach_staff

TAKEN: Final = Hold(remark("taken"), for_good=False)
"""What it says is not known yet; the next run sees."""

HAD_ELSEWHERE: Final = Hold(remark("had-its-turn"))
LEFT_HERE: Final = Hold(remark("left-before"))
"""The journal here is older than the Outbox tab, which says that this very computer sent it."""


def wanted_by(
    tabs: Tabs,
    reading: ParseContext,
    own: Iterable[Suppression],
    lifted: Collection[Suppression],
    off: Collection[str] = (),
    computer: str = "",
) -> Eligibility:
    """What says of each waiting letter why it shall not go; None where it shall.

    Args:
        tabs: the workbook's cells as they are now.
        reading: how they are read.
        own: the journal's suppressions.
        lifted: what a person lifted, and may stand in the tab still.
        off: campaigns that the shop does not want.
        computer: this one, of whose own rows in the Outbox tab only those that say Done stop a letter.
    """
    book, _ = read_book({name: tabs[name] for name in tabs.keys() & tabs_of_readers(tabs, reading)}, reading)
    clients = {client.number: client for client in book.clients}
    staff = {member.reader_no: member for member in book.staff}
    closed = together(tuple(own), suppressed_in(tabs, reading), lifted)
    gone = {one.key: one for one in remote_letters(tabs, reading.lexicon, computer)}

    def wanted(entry: Entry) -> Hold | None:
        if entry.dated is None and (there := gone.get(entry.key[:16])):
            return _had_by(there, computer)
        if entry.campaign in off:
            return Hold(remark("switched-off"), for_good=False)
        closes = why_closed_to_staff if is_staff(entry.client) else why_closed
        if why := closes(closed, entry.client, entry.route.address):
            return Hold(remark("closed", held=why) if why in CODES else remark("suppressed", why=why))
        if is_staff(entry.client):
            member = staff.get(entry.client)
            return _staff_hold(entry, member, reading.today, is_doubled=_has(book.doubled_staff, member))
        client = clients.get(entry.client)
        return _client_hold(entry, client, is_doubled=_has(book.doubled, client))

    return wanted


def tabs_of_readers(tabs: Iterable[str], reading: ParseContext) -> frozenset[str]:
    """The names of the tabs that tell who reads letters, and of those that the team's mapping joins to them."""
    names = {tab_name(tab, tabs, reading) for tab in (CLIENTS, STAFF)}
    mapped = (reading.mapped.get(tab.slug, Mapped()) for tab in (CLIENTS, STAFF))
    names.update(join.to.tab for one in mapped for join in one.joins)
    return frozenset(names)


def _had_by(there: RemoteLetter, computer: str) -> Hold:
    if there.may_still_go:
        return TAKEN
    return LEFT_HERE if there.computer == computer else HAD_ELSEWHERE


def _has(numbers: Collection[str], recipient: Recipient | None) -> bool:
    return recipient is not None and recipient.number in numbers


def _staff_hold(entry: Entry, member: StaffMember | None, today: date, *, is_doubled: bool) -> Hold | None:
    if member is None:
        return Hold(remark("staff-gone"), for_good=False)
    if member.has_left(today):
        return Hold(remark("left-staff"))
    return _reach_hold(entry, reach_staff(member, today, is_doubled=is_doubled))


def _client_hold(entry: Entry, client: Client | None, *, is_doubled: bool) -> Hold | None:
    if client is None:
        return Hold(remark("client-gone"), for_good=False)
    reach = reach_client(client, promotional=entry.promotional, is_doubled=is_doubled)
    if reach.hold == "no-consent":
        return Hold(remark("no-consent"))
    if entry.route.is_email and prefers_no_email(client):
        return Hold(remark("no-mail"))
    return _reach_hold(entry, reach)


def _reach_hold(entry: Entry, reach: Reach) -> Hold | None:
    """Return why a letter waits until its recipient's row is clear again."""
    if entry.route != reach.route:
        return Hold(remark("other-address"), for_good=False)
    return Hold(remark("held", held=reach.hold), for_good=False) if reach.hold else None
