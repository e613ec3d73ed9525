"""The account's own Sent folder, read over IMAP."""

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
from toolkit.channels.redact import redacted
from toolkit.errors import ChannelNotReady

IMAPS: Final = 993
"""On this port TLS comes first; on every other one it begins with STARTTLS."""

GMAIL_IMAP: Final = frozenset({"imap.gmail.com", "imap.googlemail.com"})
_ID: Final = "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)]"
_THEN_CHECK: Final = "then: sheetclerk outbox --check-sent"
_PORTS: Final = "imap_port 993, or 143 with STARTTLS"
_WORDS_LENGTH: Final = 200
"""So much of a server's words is told."""


@dataclass(frozen=True, slots=True)
class SentMatch:
    """Letters found in the Sent folder.

    Args:
        folder: its name there.
        ids: those of the asked Message-IDs that lie in it.
    """

    folder: str
    ids: frozenset[str]


@dataclass(frozen=True)
class SentFolder:
    """The Sent folder of an account (RFC 6154), which is only read.

    Host and port of the account are those of its IMAP server.
    """

    account: MailAccount

    def holding(self, ids: Iterable[str]) -> SentMatch:
        """Find those of some Message-IDs that lie in it.

        Each id has its angle brackets.

        Raises:
            ChannelNotReady: the imap extra is not installed.
            ChannelStopped: the server cannot be reached, is not safe, refuses the login or has no such folder.
        """
        _see_that_the_extra_is_there()
        with self._logged_in() as server, self._errors_as("broke off", f"wait a little, {_THEN_CHECK}"):
            name = self._folder(server)
            server.select_folder(name, readonly=True)
            return SentMatch(name, frozenset(message_id for message_id in ids if _holds(server, message_id)))

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
            with self._errors_as("refused the login", f"{self.login_help}, {_THEN_CHECK}"):
                log_in = server.oauth2_login if self.account.is_token else server.login
                log_in(self.account.user, self.account.password())
            yield server

    @property
    def login_help(self) -> str:
        """The next step after a refused login."""
        if self.account.host in GMAIL_IMAP:
            return f"Gmail wants an app password: {APP_PASSWORD}"
        return "check account and password, and that IMAP is switched on there"

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        """Open a connection that is verified before the account is named."""
        from imapclient import IMAPClient, SocketTimeout  # noqa: PLC0415 - an extra

        account, patience = self.account, self.account.patience
        timeout, tls = SocketTimeout(patience.connect, patience.command), account.tls()
        with self._errors_as(
            "cannot be reached", f"check the network, and imap_host and imap_port in [mail], {_THEN_CHECK}"
        ):
            server = IMAPClient(account.host, account.port, ssl=account.tls_first, ssl_context=tls, timeout=timeout)
        try:
            if not account.tls_first:
                with self._errors_as("offers no safe line", f"use imap_port 993 in [mail], {_THEN_CHECK}"):
                    server.starttls(tls)
            yield server
        finally:
            _hang_up(server)

    @contextmanager
    def _errors_as(self, what: str, next_step: str) -> Iterator[None]:
        """Turn errors of connection and library into ours.

        Passwords and addresses are masked.
        """
        try:
            yield
        except ssl.SSLError as error:
            raise self._stopped(*unsafe_line(self.account, _words(error), "imap_host", _PORTS)) from None
        except (OSError, ValueError, _library_error()) as error:
            where = f"{self.account.host}:{self.account.port}"
            raise self._stopped(f"mail: {where} {what}", _words(error) or "it said nothing", next_step) from None

    def _stopped(self, what: str, why: str, next_step: str) -> ChannelStopped:
        secret = (self.account.password(),)
        return ChannelStopped(what, why=redacted(why, secret)[:_WORDS_LENGTH], next_step=next_step)


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
    """True if a letter of just this id lies in the folder."""
    # Servers match a part of a header (RFC 3501, SEARCH HEADER), so each hit is read.
    found = server.search(["HEADER", "Message-ID", message_id])
    heads = server.fetch(found, [_ID]) if found else {}
    return any(message_id == _id_in(head) for head in heads.values())


def _id_in(head: dict[bytes, bytes]) -> str:
    header = next((value for name, value in head.items() if name.startswith(b"BODY[HEADER")), b"")
    return str(BytesHeaderParser().parsebytes(header).get("Message-ID", "")).strip()


def _hang_up(server: Any) -> None:
    """Log out, if the connection still stands."""
    try:
        server.logout()
    except (OSError, _library_error()):
        with suppress(OSError):
            server.shutdown()


def _words(error: Exception) -> str:
    told = getattr(error, "verify_message", "") or getattr(error, "strerror", None) or str(error)
    return " ".join(re.sub(r"\bb['\"]|['\"]$", "", str(told)).split())
