"""A letter sealed: the finished message (RFC 5322), but for its Date."""

import hmac
import re
import unicodedata
from dataclasses import dataclass, field
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from hashlib import sha256
from typing import Final
from urllib.parse import quote

from toolkit.letters.letter import Letter

_OURS: Final = frozenset({"from", "reply-to", "to", "subject", "message-id", "list-id", "list-unsubscribe"})
_PLAIN_LINE: Final = re.compile(r"(?!.*=\?)[ -~]{0,60}")
_PLAIN_PHRASE: Final = re.compile(r"(?=.{1,50}$)[A-Za-z0-9'-]+(?: [A-Za-z0-9'-]+)*")
_FOLD: Final = "\r\n "
_NOT_IN_A_LINE: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes.

    Args:
        name: the shop's name.
        address: the address from which it writes.
        reply_to: where answers go; "" is the same address.
        secret: the shop's own, with which a letter's id is marked so that nobody else can make one; b"" marks none.
    """

    name: str
    address: str
    reply_to: str = ""
    secret: bytes = field(default=b"", repr=False)

    def id_of(self, key: str) -> str:
        """The part of a letter's Message-ID before the @: its key, and the shop's mark on it (HMAC, RFC 2104)."""
        if not self.secret:
            return key[:32]
        return f"{key[:32]}.{hmac.new(self.secret, key.encode(), sha256).hexdigest()[:24]}"

    @property
    def domain(self) -> str:
        """What stands after the @ of its address."""
        return _ascii_domain(self.address.rpartition("@")[2])


class _OurPolicy(EmailPolicy):
    """SMTP's policy, but headers of ours go out as we finished them.

    Seen in Python 3.11, November 2026: folding drops the quotes of a long name, so that a name with a comma becomes a
    second recipient; it wraps long ids as encoded words; and it decodes what only looks like an encoded word.
    """

    def header_store_parse(self, name: str, value: str) -> tuple[str, str]:
        return (name, value) if name.lower() in _OURS else super().header_store_parse(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        return f"{name}: {value}\r\n".encode() if name.lower() in _OURS else super().fold_binary(name, value)


_POLICY: Final = _OurPolicy(linesep=SMTP.linesep, max_line_length=SMTP.max_line_length, cte_type="7bit")


def seal(letter: Letter, sender: Sender) -> bytes:
    """Make the finished message; the same letter and sender give the same bytes.

    Service letters say that a program wrote them (RFC 3834); promotional ones how to stop them (RFC 2369).

    Returns:
        Headers but Date, and both parts, with CR LF line ends.
    """
    message = EmailMessage(policy=_POLICY)
    message["From"] = _mailbox("From", sender.name, sender.address)
    if sender.reply_to:
        message["Reply-To"] = _mailbox("Reply-To", "", sender.reply_to)
    message["To"] = _recipient(letter)
    message["Subject"] = _encoded("Subject", letter.subject, _PLAIN_LINE)
    message["Message-ID"] = f"<{sender.id_of(letter.key)}@{sender.domain}>"
    for name, value in _kind_headers(letter, sender).items():
        message[name] = value
    message.set_content(letter.text)
    message.make_alternative(boundary=f"=_{letter.key[:32]}")
    message["Content-Language"] = letter.language
    message.add_alternative(letter.html, subtype="html")
    return message.as_bytes()


def _encoded(header: str, value: str, plain: re.Pattern[str]) -> str:
    """A header's words on one line without control characters; encoded (RFC 2047) where they are not plain."""
    printable = (" " if unicodedata.category(one) in _NOT_IN_A_LINE else one for one in value)
    line = " ".join("".join(printable).split())
    if not line or plain.fullmatch(line):
        return line
    return Header(line, "utf-8", header_name=header).encode(linesep="\r\n")


def _kind_headers(letter: Letter, sender: Sender) -> dict[str, str]:
    if not letter.promotional:
        return {"Auto-Submitted": "auto-generated"}
    stop = f"mailto:{quote(sender.reply_to or sender.address, safe='@')}?subject=stop%20{sender.id_of(letter.key)}"
    return {"List-Id": f"<{quote(letter.campaign.replace('_', '-'))}.{sender.domain}>", "List-Unsubscribe": f"<{stop}>"}


def _recipient(letter: Letter) -> str:
    """One recipient; a letter that no mail carries names the client in an empty group (RFC 5322, 3.4)."""
    if letter.address:
        return _mailbox("To", letter.name, letter.address)
    return f"{_encoded('To', letter.name, _PLAIN_PHRASE) or 'undisclosed-recipients'}:;"


def _mailbox(header: str, name: str, address: str) -> str:
    local, _, domain = address.rpartition("@")
    spec = Address(username=local, domain=_ascii_domain(domain)).addr_spec
    phrase = _encoded(header, name, _PLAIN_PHRASE)
    return f"{phrase}{_FOLD}<{spec}>" if "=?" in phrase else f"{phrase} <{spec}>".lstrip()


def _ascii_domain(domain: str) -> str:
    return domain if domain.isascii() else domain.encode("idna").decode()
