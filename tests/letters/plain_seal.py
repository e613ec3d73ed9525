"""A letter sealed the plain way, with Python's own EmailMessage: what the toolkit's seal is held to, byte for byte."""

from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from typing import Final

from toolkit.letters.letter import Letter
from toolkit.letters.message import _PLAIN_LINE, Sender, _encoded, _kind_headers, _mailbox, _recipient

OURS: Final = frozenset({"from", "reply-to", "to", "subject", "message-id", "list-id", "list-unsubscribe"})


class OurPolicy(EmailPolicy):
    """SMTP's policy, but headers of ours go out as we finished them.

    Seen in Python 3.11, November 2026: folding drops the quotes of a long name, so that a name with a comma becomes a
    second recipient; it wraps long ids as encoded words; and it decodes what only looks like an encoded word.
    """

    def header_store_parse(self, name: str, value: str) -> tuple[str, str]:
        return (name, value) if name.lower() in OURS else super().header_store_parse(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        return f"{name}: {value}\r\n".encode() if name.lower() in OURS else super().fold_binary(name, value)


POLICY: Final = OurPolicy(linesep=SMTP.linesep, max_line_length=SMTP.max_line_length, cte_type="7bit")


def plain_seal(letter: Letter, sender: Sender) -> bytes:
    message = EmailMessage(policy=POLICY)
    message["From"] = _mailbox("From", sender.name, sender.address)
    if sender.reply_to:
        message["Reply-To"] = _mailbox("Reply-To", "", sender.reply_to)
    message["To"] = _recipient(letter)
    message["Subject"] = _encoded("Subject", letter.header.subject, _PLAIN_LINE)
    message["Message-ID"] = f"<{sender.id_of(letter.header.key)}@{sender.domain}>"
    for name, value in _kind_headers(letter, sender).items():
        message[name] = value
    message.set_content(letter.text)
    message.make_alternative(boundary=f"=_{letter.header.key[:32]}")
    message["Content-Language"] = letter.header.language
    message.add_alternative(letter.html, subtype="html")
    return message.as_bytes()
