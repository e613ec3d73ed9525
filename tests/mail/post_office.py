"""A real mail server (aiosmtpd) in a thread: it logs what it takes, and answers or cuts the line as told."""

import asyncio
import ssl
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Final, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER: Final = "shop@example.com"
PASSWORD: Final = "correct-horse-battery-staple"  # noqa: S105 - the tests' own server's

CUT: Final = "cut"
CUT_AFTER: Final = "take it, then cut"
SILENCE: Final = "silence"


@dataclass(frozen=True)
class Taken:
    """One letter that the server took."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes


def _all_well(step: str, address: str) -> str:  # noqa: ARG001 - the shape of every rule
    return ""


@dataclass
class PostOffice:
    """Use it in a `with`; `rule(step, address)` may give another reply, CUT, CUT_AFTER or SILENCE.

    Steps are LOGIN, MAIL, RCPT, DATA and END.
    """

    tls: ssl.SSLContext | None
    tls_first: bool = False
    rule: Callable[[str, str], str] = _all_well
    offers_starttls: bool = True
    takes_two_at_once: bool = False
    taken: list[Taken] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    logins: int = 0
    port: int = 0

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        started = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(started,), daemon=True)
        self._thread.start()
        started.wait(10)
        return self

    def __exit__(self, kind: type[BaseException] | None, it: BaseException | None, trace: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    @property
    def copies(self) -> Counter[str]:
        """How many letters each recipient got."""
        return Counter(one for letter in self.taken for one in letter.recipients)

    def _serve(self, started: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.set_exception_handler(lambda _loop, _context: None)
        context = self.tls if self.tls_first else None
        server = self._loop.run_until_complete(
            self._loop.create_server(self._session, "127.0.0.1", 0, ssl=context, backlog=128)
        )
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        self._loop.run_forever()
        server.close()
        for task in (tasks := asyncio.all_tasks(self._loop)):
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    def _session(self) -> SMTP:
        starttls = self.tls if self.offers_starttls and not self.tls_first else None
        return _Session(
            _Clerk(self),
            hostname="localhost",
            loop=self._loop,
            tls_context=starttls,
            require_starttls=starttls is not None,
            auth_required=starttls is not None,
            auth_require_tls=not self.tls_first,
            authenticator=self._authenticate,
        )

    def _authenticate(self, _server: SMTP, _session: Session, _envelope: Envelope, _kind: str, who: Any) -> AuthResult:
        assert isinstance(who, LoginPassword)
        self.heard.append(who.password.decode())
        self.logins += 1
        return AuthResult(success=(who.login, who.password) == (USER.encode(), PASSWORD.encode()), handled=False)


class _Session(SMTP):
    """Every line that it hears is kept, to look for passwords."""

    async def auth_XOAUTH2(self, _server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802 - aiosmtpd's own shape
        self.event_handler.office.heard.append(args[1])
        return AuthResult(success=True)

    async def smtp_AUTH(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's own shape
        self.event_handler.office.heard.append(f"AUTH {arg}")
        reply = self.event_handler.office.rule("LOGIN", "")
        if reply:
            await self.push(reply)
            return
        await super().smtp_AUTH(arg)


def _cut(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.WriteTransport)
    server.transport.abort()


class _Clerk:
    """aiosmtpd's handler."""

    def __init__(self, office: PostOffice) -> None:
        self.office = office

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's own shape
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, offers: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [offers[0], "250-PIPELINING", *offers[1:]] if self.office.takes_two_at_once else offers

    async def _answered(self, server: SMTP, step: str, address: str) -> str:
        reply = self.office.rule(step, address)
        if reply == SILENCE:
            await asyncio.Event().wait()
        if reply == CUT:
            _cut(server)
        return reply

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's own shape
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        reply = await self._answered(server, "MAIL", address)
        if not reply:
            envelope.mail_from = address
        return reply or "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's own shape
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        reply = await self._answered(server, "RCPT", address)
        if not reply or reply == CUT_AFTER:
            envelope.rcpt_tos.append(address)
        return reply or "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        content = envelope.content
        assert isinstance(content, bytes)
        reply = self.office.rule("END", envelope.rcpt_tos[0])
        if reply in ("", CUT_AFTER) or reply.startswith("250"):
            self.office.taken.append(Taken(envelope.mail_from or "", tuple(envelope.rcpt_tos), content))
        if reply == SILENCE:
            await asyncio.Event().wait()
        if reply in (CUT, CUT_AFTER):
            _cut(server)
        return reply or "250 2.0.0 taken"
