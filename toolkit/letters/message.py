"""A letter sealed: the finished message (RFC 5322), but for its Date."""

import unicodedata
from dataclasses import dataclass
from email.headerregistry import Address, Group
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from typing import Final
from urllib.parse import quote

from toolkit.letters.letter import Letter

_ENCODED_WORD: Final = "=?"
_KEPT_APART: Final = "=\N{WORD JOINER}?"
_WHOLE: Final = frozenset({"message-id", "list-unsubscribe", "list-id"})


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes.

    Args:
        name: the shop's name.
        address: the address from which it writes.
        reply_to: where answers go; "" is the same address.
    """

    name: str
    address: str
    reply_to: str = ""

    @property
    def domain(self) -> str:
        """What stands after the @ of its address."""
        return _ascii_domain(self.address.rpartition("@")[2])


class _OurPolicy(EmailPolicy):
    """SMTP's policy, which leaves ids and addresses of one word in one line.

    Python 3.11 would wrap a long word without blanks as an encoded word, and no reader understands such an id.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() in _WHOLE:
            return f"{name}: {value}\r\n".encode("ascii")
        return super().fold_binary(name, value)


_POLICY: Final = _OurPolicy(linesep=SMTP.linesep, max_line_length=SMTP.max_line_length, cte_type="7bit")


def seal(letter: Letter, sender: Sender) -> bytes:
    """Make the finished message; the same letter and sender give the same bytes.

    Service letters say that a program wrote them (RFC 3834); promotional ones how to stop them (RFC 2369).

    Returns:
        Headers but Date, and both parts, with CR LF line ends.
    """
    message = EmailMessage(policy=_POLICY.clone(utf8=not _local(letter.address).isascii()))
    message["From"] = _address(sender.name, sender.address)
    if sender.reply_to:
        message["Reply-To"] = _address("", sender.reply_to)
    message["To"] = _recipient(letter)
    message["Subject"] = one_line(letter.subject)
    message["Message-ID"] = f"<{letter.key[:32]}@{sender.domain}>"
    for name, value in _kind_headers(letter, sender).items():
        message[name] = value
    message.set_content(letter.text)
    message.make_alternative(boundary=f"=_{letter.key[:32]}")
    message["Content-Language"] = letter.language
    message.add_alternative(letter.html, subtype="html")
    return message.as_bytes()


def one_line(value: str) -> str:
    """A header's value: one line, no control characters, nothing that reads as an encoded word."""
    printable = (" " if unicodedata.category(one) in {"Cc", "Cs", "Zl", "Zp"} else one for one in value)
    return " ".join("".join(printable).split()).replace(_ENCODED_WORD, _KEPT_APART)


def _kind_headers(letter: Letter, sender: Sender) -> dict[str, str]:
    if not letter.promotional:
        return {"Auto-Submitted": "auto-generated"}
    stop = f"mailto:{quote(sender.reply_to or sender.address, safe='@')}?subject=stop%20{letter.key[:32]}"
    return {"List-Id": f"<{quote(letter.campaign.replace('_', '-'))}.{sender.domain}>", "List-Unsubscribe": f"<{stop}>"}


def _recipient(letter: Letter) -> Address | Group:
    """One recipient; a letter that no mail carries names the client in an empty group (RFC 5322, 3.4)."""
    name = one_line(letter.name)
    return _address(name, letter.address) if letter.address else Group(name or "undisclosed-recipients", ())


def _address(name: str, address: str) -> Address:
    local, _, domain = address.rpartition("@")
    return Address(one_line(name), local, _ascii_domain(domain))


def _local(address: str) -> str:
    return address.rpartition("@")[0]


def _ascii_domain(domain: str) -> str:
    return domain if domain.isascii() else domain.encode("idna").decode()
