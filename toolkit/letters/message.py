"""The finished message of a letter (RFC 5322), but for its Date."""

import hmac
import re
from dataclasses import dataclass, field
from email.header import Header
from email.headerregistry import Address
from functools import lru_cache
from hashlib import sha256
from typing import Final
from urllib.parse import quote

from toolkit.letters.letter import Letter
from toolkit.letters.transfer import transferred

_FRAME: Final = b"""\
MIME-Version: 1.0
Content-Type: multipart/alternative;
 boundary="%(boundary)b"
Content-Language: %(language)b

--%(boundary)b
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: %(text_as)b

%(text)b
--%(boundary)b
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: %(html_as)b
MIME-Version: 1.0

%(html)b
--%(boundary)b--
""".replace(b"\n", b"\r\n")
_PLAIN_LINE: Final = re.compile(r"(?!.*=\?)[ -~]{0,60}")
_PLAIN_PHRASE: Final = re.compile(r"(?=.{1,50}$)[A-Za-z0-9'-]+(?: [A-Za-z0-9'-]+)*")
_FOLD: Final = "\r\n "
_NOT_IN_A_LINE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Unicode's categories Cc, Cs, Zl and Zp."""


ONE_CLICK: Final = "List-Unsubscribe=One-Click"


@dataclass(frozen=True, slots=True)
class Sender:
    """The shop as a sender.

    Args:
        name: the shop's name.
        address: the address from which it writes.
        reply_to: where answers go; "" is the same address.
        stop_url: a page of the shop's (https) where one click stops its newsletters; "" where there is none.
        secret: the shop's own, with which a letter's id is marked so that nobody else can make one; b"" marks none.
    """

    name: str
    address: str
    reply_to: str = ""
    secret: bytes = field(default=b"", repr=False)
    stop_url: str = ""

    def id_of(self, key: str) -> str:
        """Return the local part of a letter's Message-ID.

        It is the key and the shop's mark on it (HMAC, RFC 2104).
        """
        if not self.secret:
            return key[:32]
        return f"{key[:32]}.{hmac.new(self.secret, key.encode(), sha256).hexdigest()[:24]}"

    @property
    def domain(self) -> str:
        """The domain of its address."""
        return _ascii_domain(self.address.rpartition("@")[2])


def seal(letter: Letter, sender: Sender) -> bytes:
    """Make the finished message, the same bytes each time.

    Service letters say that a program wrote them (RFC 3834); promotional ones how to stop them (RFC 2369, RFC 8058).
    The frame that all letters share is filled in, which is many times faster than building each from nothing with
    EmailMessage; a test holds it to the same bytes.

    Returns:
        Headers but Date, and both parts, with CR LF line ends.
    """
    headers = {
        "To": _recipient(letter),
        "Subject": _encoded("Subject", letter.header.subject, _PLAIN_LINE),
        "Message-ID": f"<{sender.id_of(letter.header.key)}@{sender.domain}>",
        **_kind_headers(letter, sender),
    }
    return b"".join(
        (
            _from_lines(sender),
            *(f"{name}: {value}\r\n".encode() for name, value in headers.items()),
            _frame(b"=_" + letter.header.key[:32].encode(), letter),
        )
    )


@lru_cache(maxsize=16)
def _from_lines(sender: Sender) -> bytes:
    lines = [f"From: {_mailbox('From', sender.name, sender.address)}\r\n"]
    if sender.reply_to:
        lines.append(f"Reply-To: {_mailbox('Reply-To', '', sender.reply_to)}\r\n")
    return "".join(lines).encode()


def _frame(boundary: bytes, letter: Letter) -> bytes:
    """Return the MIME headers and both parts."""
    text_as, text = transferred(letter.text)
    html_as, html = transferred(letter.html)
    return _FRAME % {
        b"boundary": boundary,
        b"language": quote(letter.header.language).encode(),
        b"text_as": text_as,
        b"text": text,
        b"html_as": html_as,
        b"html": html,
    }


def _encoded(header: str, value: str, plain: re.Pattern[str]) -> str:
    """Return a header on one line, encoded if it is not plain (RFC 2047)."""
    line = " ".join(_NOT_IN_A_LINE.sub(" ", value).split())
    if not line or plain.fullmatch(line):
        return line
    return Header(line, "utf-8", header_name=header).encode(linesep="\r\n")


def _kind_headers(letter: Letter, sender: Sender) -> dict[str, str]:
    if not letter.header.promotional:
        return {"Auto-Submitted": "auto-generated"}
    stop = (
        f"mailto:{quote(sender.reply_to or sender.address, safe='@')}?subject=stop%20{sender.id_of(letter.header.key)}"
    )
    named = {"List-Id": f"<{quote(letter.header.campaign.replace('_', '-'))}.{sender.domain}>"}
    if not sender.stop_url:
        return named | {"List-Unsubscribe": f"<{stop}>"}
    joint = "&" if "?" in sender.stop_url else "?"
    click = f"{sender.stop_url}{joint}letter={sender.id_of(letter.header.key)}"
    return named | {"List-Unsubscribe": f"<{click}>, <{stop}>", "List-Unsubscribe-Post": ONE_CLICK}


def _recipient(letter: Letter) -> str:
    """Return the recipient, in an empty group without an address (RFC 5322, 3.4)."""
    if letter.header.route.is_email:
        return _mailbox("To", letter.header.name, letter.header.route.address)
    return f"{_encoded('To', letter.header.name, _PLAIN_PHRASE) or 'undisclosed-recipients'}:;"


def _mailbox(header: str, name: str, address: str) -> str:
    local, _, domain = address.rpartition("@")
    spec = Address(username=local, domain=_ascii_domain(domain)).addr_spec
    phrase = _encoded(header, name, _PLAIN_PHRASE)
    return f"{phrase}{_FOLD}<{spec}>" if "=?" in phrase else f"{phrase} <{spec}>".lstrip()


def _ascii_domain(domain: str) -> str:
    return domain if domain.isascii() else domain.encode("idna").decode()
