"""Letters by e-mail over one connection of yagmail's.

yagmail opens and secures the connection; each SMTP step is ours, since its own send cannot tell a refusal from doubt.
"""

import re
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from toolkit.channels.account import MailAccount
from toolkit.channels.channel import ChannelPolicy, ChannelStopped, Mode, Receipt, SendResult
from toolkit.channels.halts import stop_for
from toolkit.channels.redact import redacted
from toolkit.channels.replies import Reply, Step, meaning_of
from toolkit.channels.smtp_session import NO_REPLY, on_the_line, on_the_wire, plain, reply_in, step_of
from toolkit.letters.letter import Envelope, LetterHeader
from toolkit.rules.contact import RouteKind

_CARRIED: Final = re.compile(r"[!-?A-~]+@[^\s@<>,;:\"()]+")
_SPECIAL: Final = frozenset('<>(),;:"[]\\')
_REPLY_LENGTH: Final = 300
"""So much of a server's words is kept."""

_LETTERS_A_LOGIN: Final = 100
_BETWEEN_LOGINS: Final = 60.0
_GO_ON: Final = 354
_DONE: Final = frozenset({250, 251, 252})


# Gmail takes 500 letters in a rolling 24 h, with the person's own mail among them (delivery/PROMISES.md, Limits).
MAIL_POLICY: Final = ChannelPolicy(per_minute=20, per_day=400, quiet_hours=True, seen_words=True)


def _at_once(_: float) -> None:
    """Return at once."""


class _Refused(Exception):
    """A step was refused or unanswered, and nothing has left."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.step)
        self.reply = reply


@dataclass
class MailChannel:
    """Sends letters over one connection, opened at the first.

    Args:
        account: from where, and how.
        wait: returns after so many seconds; further logins than one for each 100 letters are kept a minute apart.
        policy: the rules that delivery keeps for it.
    """

    account: MailAccount
    wait: Callable[[float], None] = _at_once
    policy: ChannelPolicy = MAIL_POLICY
    routes: ClassVar[frozenset[RouteKind]] = frozenset({RouteKind.EMAIL})
    name: ClassVar[str] = "mail"
    mode: ClassVar[Mode] = Mode.LIVE
    logins: int = field(default=0, init=False)
    sent: int = field(default=0, init=False)
    _yag: Any = field(default=None, init=False, repr=False)
    _secret: str = field(default="", init=False, repr=False)

    def carries(self, header: LetterHeader) -> bool:
        """True if SMTP without extensions can carry the address."""
        address = header.route.address
        is_plain = bool(_CARRIED.fullmatch(on_the_wire(address))) and not _SPECIAL & set(address.rpartition("@")[0])
        return header.route.kind in self.routes and is_plain

    def send(self, envelope: Envelope, on_the_way: Callable[[], None]) -> Receipt:
        """Send one letter, with `on_the_way` called right before DATA.

        Raises:
            ChannelStopped: no letter can leave now.
        """
        try:
            self._begin_letter(envelope.header)
            self._report_on_the_way(on_the_way)
            return self._send_data(envelope.message)
        except _Refused as refused:
            return self._receipt(refused.reply)

    def check(self, address: str) -> None:
        """Check login and sender without sending a letter.

        Raises:
            ChannelStopped: it does not, with the reason.
        """
        try:
            self._log_in()
            self._mail_and_rcpt(address)
        except _Refused as refused:
            self._drop()
            raise self._stop(refused.reply) from None
        self._start_over()

    def close(self) -> None:
        """Close the connection with QUIT, if it still stands."""
        yag, self._yag = self._yag, None
        if yag is not None:
            with suppress(OSError):
                yag.close()

    def _begin_letter(self, header: LetterHeader) -> None:
        """Say MAIL and RCPT, reconnecting if the line died while idle."""
        is_fresh = self._yag is None
        if is_fresh:
            self._log_in()
        try:
            self._mail_and_rcpt(header.route.address)
        except _Refused as refused:
            if is_fresh or refused.reply.code != NO_REPLY:
                raise
            self._log_in()
            self._mail_and_rcpt(header.route.address)

    def _mail_and_rcpt(self, address: str) -> None:
        smtp, to = self._yag.smtp, on_the_wire(address)
        if not smtp.has_extn("pipelining"):
            self._ask(Step.MAIL, smtp.mail, self.account.sender)
            self._ask(Step.RCPT, smtp.rcpt, to)
            return
        try:
            self._ask(Step.MAIL, _both_at_once, smtp, self.account.sender, to)
        except _Refused:
            self._skip_answer()
            raise
        self._ask(Step.RCPT, smtp.getreply)

    def _skip_answer(self) -> None:
        """Read the answer to RCPT that follows a refused MAIL under pipelining."""
        # It says nothing after a refused MAIL, but it comes (RFC 2920, 3.1); without it the replies are out of step.
        if self._yag is not None:
            try:
                self._yag.smtp.getreply()
            except OSError:
                self._drop()

    def _report_on_the_way(self, on_the_way: Callable[[], None]) -> None:
        try:
            on_the_way()
        except BaseException:
            self._drop()
            raise

    def _send_data(self, message: bytes) -> Receipt:
        """Send DATA, the letter and the final dot.

        From the first byte on only the server's own reply settles the letter.
        """
        self._ask(Step.DATA, self._yag.smtp.docmd, "DATA", done=frozenset({_GO_ON}))
        smtp = self._yag.smtp
        try:
            smtp.sock.settimeout(self.account.patience.final_dot)
            smtp.send(on_the_line(message))
            code, words = smtp.getreply()
            smtp.sock.settimeout(self.account.patience.command)
        except BaseException as error:
            self._drop()
            if not isinstance(error, OSError):
                raise
            # An over-long line becomes a made-up 500 in smtplib (3.11): whatever is raised here is no answer.
            return self._receipt(Reply(Step.END, NO_REPLY, "the line was cut before the answer"))
        return self._receipt(Reply(Step.END, max(code, NO_REPLY), plain(words)))

    def _receipt(self, reply: Reply) -> Receipt:
        """Return what a reply means, or raise the stop that it asks for.

        The connection is kept only if the server is still in step.
        """
        meaning = meaning_of(reply)
        if meaning.halt or meaning.result is SendResult.IN_DOUBT:
            self._drop()
        if meaning.halt:
            raise self._stop(reply)
        if meaning.result in (SendResult.FAILED, SendResult.RETRY) and self._yag is not None:
            self._start_over()
        self.sent += meaning.result is SendResult.SENT
        words = redacted(f"{reply.code or ''} {reply.words}".strip(), (self._secret,))
        return Receipt(meaning.result, words[:_REPLY_LENGTH], meaning.address, meaning.category, meaning.retry)

    def _stop(self, reply: Reply) -> ChannelStopped:
        return stop_for(self.account, Reply(reply.step, reply.code, redacted(reply.words, (self._secret,))))

    def _ask(
        self, step: Step, ask: Callable[..., tuple[int, bytes]], *words: Any, done: frozenset[int] = _DONE
    ) -> None:
        try:
            code, answer = ask(*words)
        except (OSError, ValueError) as error:
            self._drop()
            raise _Refused(reply_in(step, error)) from None
        if code not in done:
            raise _Refused(Reply(step, max(code, NO_REPLY), plain(answer)))

    def _start_over(self) -> None:
        """Reset the connection with RSET, or drop it."""
        try:
            code, _ = self._yag.smtp.rset()
        except OSError:
            code = NO_REPLY
        if code not in _DONE:
            self._drop()

    def _drop(self) -> None:
        """Close the connection without QUIT.

        So no half letter can be taken for a whole one.
        """
        yag, self._yag = self._yag, None
        if yag is not None and yag.smtp is not None:
            yag.is_closed = True
            yag.smtp.close()

    def _log_in(self) -> None:
        """Open a connection and log in once TLS is verified."""
        self._drop()
        self._secret = self.account.password()
        if self.logins > self.sent // _LETTERS_A_LOGIN:
            self.wait(_BETWEEN_LOGINS)
        yag = self._client()
        try:
            yag.login()
        except (OSError, ValueError) as error:
            _hang_up(yag)
            raise _Refused(reply_in(step_of(yag, error), error)) from None
        self._yag = yag
        self._authenticate(yag.smtp)

    def _authenticate(self, smtp: Any) -> None:
        if not isinstance(smtp.sock, ssl.SSLSocket):
            self._drop()
            raise _Refused(Reply(Step.TLS, NO_REPLY, "the line is not encrypted"))
        try:
            smtp.sock.settimeout(self.account.patience.command)
            self._authenticate_once(smtp)
        except OSError as error:
            self._drop()
            raise _Refused(reply_in(Step.AUTH, error)) from None
        self.logins += 1

    def _authenticate_once(self, smtp: Any) -> None:
        """Log in by one mechanism only."""
        # smtplib's own login tries the next mechanism after a refusal (3.11), and accounts get locked.
        user, secret = self.account.user, self._secret
        smtp.ehlo_or_helo_if_needed()
        smtp.user, smtp.password = user, secret
        offered = smtp.esmtp_features.get("auth", "").upper().split()
        if self.account.is_token:
            token = f"user={user}\x01auth=Bearer {secret}\x01\x01"
            # The second call is Google's error as JSON: an empty answer makes it say the code (RFC 7628, 3.2.3).
            smtp.auth("XOAUTH2", lambda challenge=None: token if challenge is None else "")
        elif "PLAIN" in offered or "LOGIN" not in offered:
            smtp.auth("PLAIN", smtp.auth_plain)
        else:
            smtp.auth("LOGIN", smtp.auth_login)

    def _client(self) -> Any:
        import yagmail  # noqa: PLC0415 - it takes 0.4 s to load

        account, context = self.account, self.account.tls()
        tls: dict[str, Any] = {"context": context} if account.tls_first else {}
        yag = yagmail.SMTP(
            user=account.user,
            password=self._secret,
            host=account.host,
            port=account.port,
            smtp_ssl=account.tls_first,
            smtp_starttls=None if account.tls_first else {"context": context},
            smtp_skip_login=True,
            soft_email_validation=False,
            timeout=account.patience.connect,
            **tls,
        )
        yag.set_logging(None)
        return yag


def _both_at_once(smtp: Any, sender: str, to: str) -> tuple[int, bytes]:
    """Send MAIL and RCPT together, and return MAIL's answer (RFC 2920)."""
    if any(character in "\r\n<>" for character in (*sender, *to)):
        raise ValueError(sender)
    smtp.send(f"MAIL FROM:<{sender}>\r\nRCPT TO:<{to}>\r\n".encode("ascii"))
    answer: tuple[int, bytes] = smtp.getreply()
    return answer


def _hang_up(yag: Any) -> None:
    yag.is_closed = True
    if yag.smtp is not None:
        yag.smtp.close()
