"""Checks before letters leave."""

from dataclasses import replace
from email.utils import parseaddr
from itertools import chain

from toolkit.app.desk import Desk
from toolkit.channels.channel import Mode
from toolkit.config import MailSettings
from toolkit.delivery.attempts import Attempts
from toolkit.delivery.letter_record import WAITING
from toolkit.delivery.policy import DAY, Spread, spread
from toolkit.delivery.sample import note_seen, send_sample
from toolkit.errors import ChannelNotReady
from toolkit.letters.letter import Letter
from toolkit.plan import Plan
from toolkit.rules.contact import by_email


def refuse_folder(desk: Desk) -> None:
    """Refuse a shop whose letters go to the folder.

    Raises:
        ChannelNotReady: no mail would leave.
    """
    if desk.is_rehearsal:
        raise ChannelNotReady(
            "Letters go to the folder here; nothing was sent",
            why="[sending] channel is folder, or you work as of another day or on another book",
            next_step="sheetclerk connect mail",
        )


def owner_address(mail: MailSettings) -> str:
    """Return the address that the letters leave from."""
    return parseaddr(mail.from_ or mail.account)[1]


def sending_days(desk: Desk, plan: Plan) -> Spread:
    """Spread waiting and planned mail over the days it takes."""
    outbox, limits = desk.outbox, desk.config.mail
    waiting = [
        record.header.expires for record in outbox.journal.records(Mode.LIVE, WAITING) if record.header.route.is_email
    ]
    free = limits.per_day - len(Attempts(outbox.journal, Mode.LIVE).left_since(outbox.now() - DAY, "mail"))
    planned = (letter.header.expires for letter in plan.letters if letter.header.route.is_email)
    return spread(chain(waiting, planned), desk.today, free, limits.per_day)


def send_to_me(desk: Desk, plan: Plan, address: str) -> tuple[Letter, ...]:
    """Send the owner one letter of each new wording.

    Args:
        desk: where the letters leave from.
        plan: what is due.
        address: the owner's.

    Returns:
        The letters that went.

    Raises:
        ChannelStopped: one did not leave.
    """
    desk.hold()
    desk.check_ready()
    new = desk.new_words(plan)
    by_mail = (letter for letter in plan.letters if letter.header.route.is_email)
    samples = tuple({letter.header.words_id: letter for letter in by_mail if letter.header.words_id in new}.values())
    for letter in samples:
        header = replace(letter.header, route=by_email(address))
        send_sample(desk.channels, desk.outbox, replace(letter, header=header))
        note_seen(desk.outbox, header.words_id, desk.today)
    for channel in desk.channels:
        channel.close()
    return samples
