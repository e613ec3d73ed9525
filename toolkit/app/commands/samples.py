"""Letters to the owner, who sees new words first."""

from dataclasses import replace

from toolkit.app.shop import Shop
from toolkit.delivery.sample import note_seen, send_sample
from toolkit.letters.letter import Letter
from toolkit.plan import Plan
from toolkit.rules.contact import by_email


def send_to_me(shop: Shop, plan: Plan, address: str) -> tuple[Letter, ...]:
    """Send the owner one letter of each new wording.

    Args:
        shop: whose letters they are.
        plan: what is due.
        address: the owner's.

    Returns:
        The letters that went.

    Raises:
        ChannelStopped: one did not leave.
    """
    desk = shop.desk
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
