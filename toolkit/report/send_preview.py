"""What a person is shown before letters leave, and of letters whose fate is open."""

from collections.abc import Iterator
from email.utils import parseaddr
from itertools import chain
from typing import Final

from toolkit.app.commands.samples import send_to_me as samples_to
from toolkit.app.shop import Shop
from toolkit.book.i18n import ENGLISH
from toolkit.channels.channel import Mode
from toolkit.channels.status_text import render_remark
from toolkit.delivery.attempts import Attempts
from toolkit.delivery.doubt import SentProof
from toolkit.delivery.letter_record import WAITING, State
from toolkit.delivery.policy import DAY, Spread, spread
from toolkit.errors import ChannelNotReady
from toolkit.plan import Plan

FIRST: Final = 3
CALLED: Final = "(on the call list)"


def sender_line(shop: Shop) -> str:
    """From whom the letters leave."""
    return shop.config.mail.from_ or shop.config.mail.account


def before_sending(shop: Shop, plan: Plan, waits: int) -> Iterator[str]:
    """From, count, the first addressees, and the days on which a large plan leaves.

    Args:
        shop: whose letters they are.
        plan: what is due.
        waits: how many letters of earlier plans go with them.

    Raises:
        ChannelNotReady: the shop's letters go to the folder.
    """
    _refuse_folder(shop)
    yield f"From: {sender_line(shop)}"
    yield f"{len(plan.letters)} letters" + (" to:" if plan.letters else "")
    yield from (
        f"  {one.header.client}  {one.header.name}  {one.header.route.address or CALLED}"
        for one in plan.letters[:FIRST]
    )
    if len(plan.letters) > FIRST:
        yield f"  and {len(plan.letters) - FIRST} more"
    if waits:
        yield f"{waits} letters that wait from earlier runs go with them"
    yield from quiet_line(shop)
    days = days_of(shop, plan)
    if len(days.days) > 1 or days.late:
        yield f"That is more than the account bears in a day: {days}"


def quiet_line(shop: Shop) -> Iterator[str]:
    """That mail waits for the end of the quiet hours; nothing outside of them."""
    if until := shop.quiet_until:
        yield f"Quiet hours: no mail leaves before {until:%Y-%m-%d %H:%M}; what waits goes with the next run after that"


def days_of(shop: Shop, plan: Plan) -> Spread:
    """How what waits and what is planned falls on days."""
    outbox, limits = shop.outbox, shop.config.mail
    waiting = [one.header.expires for one in outbox.journal.records(Mode.LIVE, WAITING) if one.header.route.is_email]
    free = limits.per_day - len(Attempts(outbox.journal, Mode.LIVE).left_since(outbox.now() - DAY, "mail"))
    planned = (letter.header.expires for letter in plan.letters if letter.header.route.is_email)
    return spread(chain(waiting, planned), shop.today, free, limits.per_day)


def send_to_me(shop: Shop, plan: Plan) -> Iterator[str]:
    """Send one letter of each new wording to the owner, and tell which."""
    _refuse_folder(shop)
    address = parseaddr(sender_line(shop))[1]
    samples = samples_to(shop, plan, address)
    yield f"{len(samples)} letters went to {address}:" if samples else "no wording is new: nothing was sent"
    yield from (f"  {one.header.campaign} in {one.header.language}: {one.header.subject}" for one in samples)


def open_letters(shop: Shop) -> Iterator[str]:
    """Letters in doubt, failed and waiting, one a line with the first digits of the key."""
    names = {State.IN_DOUBT: "in doubt", State.FAILED: "failed", **dict.fromkeys(WAITING, "waits")}
    found = [one for one in shop.outbox.letters_for_tab() if one.state in names]
    yield f"{len(found)} letters are open" if found else "no letter is open: all were sent or are too late"
    for one in sorted(found, key=lambda letter: list(names).index(letter.state)):
        words = render_remark(one.record.words, shop.texts.lexicon.words(ENGLISH))
        yield f"  {one.key[:12]}  {names[one.state]:<8}  {one.header.client}  {one.header.campaign}  {one.day}  {words}"


def looked(proved: SentProof) -> Iterator[str]:
    """What a look into the Sent folder proved."""
    if not proved.folder:
        yield "no letter is in doubt: nobody looked"
        return
    yield f"{len(proved.sent)} of {len(proved.sent) + len(proved.open)} letters in doubt lie in {proved.folder}: sent"
    if proved.open:
        yield f"{len(proved.open)} do not, and stay in doubt: that proves nothing, since many servers keep no copy"


def _refuse_folder(shop: Shop) -> None:
    if shop.is_rehearsal:
        raise ChannelNotReady(
            "letters go to the folder here; nothing is sent",
            why="[sending] channel is folder, or you work as of another day or on another book",
            next_step="sheetclerk connect mail",
        )
