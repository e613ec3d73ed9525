"""The account's own Sent folder, looked into over IMAP: a letter that lies there has left."""

import re
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from importlib.util import find_spec
from typing import Any, Final

from toolkit.channels.account import MailAccount
from toolkit.channels.channel import ChannelStopped
from toolkit.channels.halts import APP_PASSWORD, unsafe_line
from toolkit.channels.redact import veiled
from toolkit.errors import ChannelNotReady

IMAPS: Final = 993
"""On this port TLS comes first; on every other one it begins with STARTTLS."""

GMAIL: Final = frozenset({"imap.gmail.com", "imap.googlemail.com"})
_ID: Final = "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"
_AGAIN: Final = "then: sheetclerk outbox --check-sent"
_PORTS: Final = "imap_port 993, or 143 with STARTTLS"
_LONGEST: Final = 200
"""So much of a server's words is told."""


@dataclass(frozen=True, slots=True)
class SentMatch:
    """What the Sent folder holds.

    Args:
        folder: its name there.
        ids: those of the asked Message-IDs that lie in it.
    """

    folder: str
    ids: frozenset[str]


@dataclass(frozen=True)
class SentFolder:
    """The Sent folder of an account (RFC 6154), only read; host and port are those of its IMAP server."""

    account: MailAccount

    def holding(self, ids: Iterable[str]) -> SentMatch:
        """Which of these Message-IDs, each with its angle brackets, lie in it.

        Raises:
            ChannelNotReady: the imap extra is not installed.
            ChannelStopped: the server cannot be reached, is not safe, refuses the login or has no such folder.
        """
        _see_that_the_extra_is_there()
        with self._logged_in() as server, self._told("broke off", f"wait a little, {_AGAIN}"):
            name = self._folder(server)
            server.select_folder(name, readonly=True)
            return SentMatch(name, frozenset(one for one in ids if _holds(server, one)))

    def _folder(self, server: Any) -> str:
        from imapclient.imapclient import SENT  # noqa: PLC0415 - an extra

        name: str | None = server.find_special_folder(SENT)
        if name:
            return name
        raise ChannelStopped(
            f"mail: {self.account.host} shows no Sent folder",
            why="none of the account's folders is marked as such, nor called Sent",
            next_step="look for the letters yourself, then: sheetclerk outbox mark-sent KEY, or: outbox resend KEY",
        )

    @contextmanager
    def _logged_in(self) -> Iterator[Any]:
        with self._opened() as server:
            with self._told("refused the login", f"{self.login_help}, {_AGAIN}"):
                log_in = server.oauth2_login if self.account.is_token else server.login
                log_in(self.account.user, self.account.password())
            yield server

    @property
    def login_help(self) -> str:
        """What may help where the login was refused."""
        if self.account.host in GMAIL:
            return f"Gmail wants an app password: {APP_PASSWORD}"
        return "check account and password, and that IMAP is switched on there"

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        """A line that is encrypted and verified before the first word about the account is said."""
        from imapclient import IMAPClient, SocketTimeout  # noqa: PLC0415 - an extra

        account, patience = self.account, self.account.patience
        timeout, tls = SocketTimeout(patience.connect, patience.command), account.tls()
        with self._told("cannot be reached", f"check the network, and imap_host and imap_port in [mail], {_AGAIN}"):
            server = IMAPClient(account.host, account.port, ssl=account.tls_first, ssl_context=tls, timeout=timeout)
        try:
            if not account.tls_first:
                with self._told("offers no safe line", f"use imap_port 993 in [mail], {_AGAIN}"):
                    server.starttls(tls)
            yield server
        finally:
            _hang_up(server)

    @contextmanager
    def _told(self, what: str, next_step: str) -> Iterator[None]:
        """Turn what the line and the library raise into three lines; of passwords and addresses nothing is told."""
        try:
            yield
        except ssl.SSLError as error:
            raise self._stopped(*unsafe_line(self.account, _words(error), "imap_host", _PORTS)) from None
        except (OSError, ValueError, _library_error()) as error:
            where = f"{self.account.host}:{self.account.port}"
            raise self._stopped(f"mail: {where} {what}", _words(error) or "it said nothing", next_step) from None

    def _stopped(self, what: str, why: str, next_step: str) -> ChannelStopped:
        secret = (self.account.password(),)
        return ChannelStopped(what, why=veiled(why, secret)[:_LONGEST], next_step=next_step)


def _see_that_the_extra_is_there() -> None:
    if find_spec("imapclient") is None:
        raise ChannelNotReady(
            "the Sent folder cannot be read yet",
            why="what reads mailboxes is not installed",
            next_step="pip install 'sheetclerk[imap]', then: sheetclerk outbox --check-sent",
        )


def _library_error() -> type[Exception]:
    from imapclient.exceptions import IMAPClientError  # noqa: PLC0415 - an extra

    kind: type[Exception] = IMAPClientError
    return kind


def _holds(server: Any, message_id: str) -> bool:
    """Whether a letter of just this id lies in the folder: servers search for parts of a header, so it is read."""
    found = server.search(["HEADER", "Message-ID", message_id])
    heads = server.fetch(found, [_ID]) if found else {}
    return any(message_id == _id_in(one) for one in heads.values())


def _id_in(head: dict[bytes, bytes]) -> str:
    header = next((one for name, one in head.items() if name.startswith(b"BODY[HEADER")), b"")
    return str(BytesHeaderParser().parsebytes(header).get("Message-ID", "")).strip()


def _hang_up(server: Any) -> None:
    """Say goodbye; a server that is gone already does not matter."""
    try:
        server.logout()
    except (OSError, _library_error()):
        with suppress(OSError):
            server.shutdown()


def _words(error: Exception) -> str:
    told = getattr(error, "verify_message", "") or getattr(error, "strerror", None) or str(error)
    return " ".join(re.sub(r"\bb['\"]|['\"]$", "", str(told)).split())
