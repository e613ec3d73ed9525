"""Where clients who want no more letters say so, until the mailbox is read by itself."""

from dataclasses import dataclass
from email.utils import parseaddr

from toolkit.app.shop import Shop


@dataclass(frozen=True, slots=True)
class StopRequests:
    """What a person looks for, and where.

    Args:
        inbox: the address at which answers arrive.
        words: the word to answer with, in each language of the letters.
    """

    inbox: str
    words: tuple[str, ...]


def stop_requests(shop: Shop) -> StopRequests | None:
    """Where to look, once letters have left by mail; None before.

    Source: delivery/PROMISES.md, Letters that arrive, and the law.
    """
    if shop.is_rehearsal or not any(one.left for one in shop.said().letters):
        return None
    mail = shop.config.mail
    inbox = parseaddr(mail.reply_to or mail.from_ or mail.account)[1]
    words = (one.say("letter", "stop_word") for one in shop.texts.lexicon.languages.values())
    return StopRequests(inbox, tuple(dict.fromkeys(words)))
