"""Checks before letters leave."""

from email.utils import parseaddr
from itertools import chain

from toolkit.app.shop import Shop
from toolkit.channels.channel import Mode
from toolkit.delivery.attempts import Attempts
from toolkit.delivery.letter_record import WAITING
from toolkit.delivery.policy import DAY, Spread, spread
from toolkit.errors import ChannelNotReady
from toolkit.plan import Plan


def refuse_folder(shop: Shop) -> None:
    """Refuse a shop whose letters go to the folder.

    Raises:
        ChannelNotReady: no mail would leave.
    """
    if shop.is_rehearsal:
        raise ChannelNotReady(
            "Letters go to the folder here; nothing was sent",
            why="[sending] channel is folder, or you work as of another day or on another book",
            next_step="sheetclerk connect mail",
        )


def owner_address(shop: Shop) -> str:
    """Return the address that the letters leave from."""
    return parseaddr(shop.config.mail.from_ or shop.config.mail.account)[1]


def sending_days(shop: Shop, plan: Plan) -> Spread:
    """Spread waiting and planned mail over the days it takes."""
    outbox, limits = shop.outbox, shop.config.mail
    waiting = [
        record.header.expires for record in outbox.journal.records(Mode.LIVE, WAITING) if record.header.route.is_email
    ]
    free = limits.per_day - len(Attempts(outbox.journal, Mode.LIVE).left_since(outbox.now() - DAY, "mail"))
    planned = (letter.header.expires for letter in plan.letters if letter.header.route.is_email)
    return spread(chain(waiting, planned), shop.today, free, limits.per_day)
