"""Reasons why no letter can leave now, each with its next step."""

from collections.abc import Callable, Mapping
from typing import Final

from toolkit.channels.account import MailAccount
from toolkit.channels.channel import ChannelStopped
from toolkit.channels.replies import Halt, Reply, meaning_of

GMAIL_SMTP: Final = frozenset({"smtp.gmail.com", "smtp.googlemail.com"})
THEN_RUN: Final = "then: sheetclerk run"
APP_PASSWORD: Final = "switch on 2-step verification, make one at https://myaccount.google.com/apppasswords"  # noqa: S105 - a page


def stop_for(account: MailAccount, reply: Reply) -> ChannelStopped:
    """Return the stop that a reply asks for, with its sentence."""
    meaning = meaning_of(reply)
    what, why, next_step = SENTENCES[meaning.halt or Halt.SENDER](account, reply)
    return ChannelStopped(
        what,
        why=why,
        next_step=next_step,
        waits=meaning.waits,
        rests=meaning.rests,
        slower=meaning.halt is Halt.TOO_FAST,
    )


Sentence = tuple[str, str, str]


def _quote(reply: Reply) -> str:
    return f"it handshake: {reply.code} {reply.words}".strip() if reply.code else (reply.words or "it said nothing")


def _unreachable(account: MailAccount, reply: Reply) -> Sentence:
    where = f"{account.host}:{account.port}"
    return (
        f"mail: {where} cannot be reached",
        _quote(reply),
        f"check the network, and host and port in [mail], {THEN_RUN}",
    )


def _tls(account: MailAccount, reply: Reply) -> Sentence:
    return unsafe_line(account, _quote(reply) if reply.code else reply.words)


def unsafe_line(
    account: MailAccount, words: str, host_key: str = "host", ports: str = "port 465, or 587 with STARTTLS"
) -> Sentence:
    """Return why a connection is not secure.

    Args:
        account: where it led.
        words: what the handshake or the server said.
        host_key: the key of [mail] that names the host.
        ports: which ports of [mail] would do.
    """
    lower, why = words.casefold(), f"{words or 'it said nothing'}; no password was sent"
    if "hostname mismatch" in lower or "not valid for" in lower or "ip address mismatch" in lower:
        what = f"mail: the certificate there does not name {account.host}"
        return what, why, f"mend {host_key} in [mail]: it must be the server's own name"
    if "certificate" in lower:
        what = f"mail: the certificate of {account.host} is not trusted"
        return what, why, "ask whoever runs that server to renew its certificate"
    return f"mail: no safe line to {account.host}:{account.port}", why, f"use {ports}, in [mail]"


def _login(account: MailAccount, reply: Reply) -> Sentence:
    if account.is_token:
        what = f"mail: {account.host} refused the access token"
        return what, _quote(reply), "sheetclerk connect mail --google FILE, with a permission for this account"
    if account.host in GMAIL_SMTP and reply.code in (534, 535):
        what = f"mail: Gmail said {reply.code}: it wants an app password, not your usual one"
        why = f"Google ended plain passwords in 2022; {_quote(reply)}"
        return what, why, f"{APP_PASSWORD}, then: sheetclerk connect mail --new-password"
    what = f"mail: {account.host} refused the login"
    return what, _quote(reply), "check account and password, then: sheetclerk connect mail --new-password"


def _login_later(account: MailAccount, reply: Reply) -> Sentence:
    return f"mail: {account.host} lets nobody log in for now", _quote(reply), f"wait an hour, {THEN_RUN}"


def _too_fast(account: MailAccount, reply: Reply) -> Sentence:
    return f"mail: {account.host} asks for a pause", _quote(reply), f"wait an hour, {THEN_RUN}"


def _quota(account: MailAccount, reply: Reply) -> Sentence:
    what = f"mail: {account.host} takes no more letters from this account for now"
    return what, f"{_quote(reply)}; no client is to blame", "wait 24 hours, then: sheetclerk run; the rest waits safely"


def _sender(account: MailAccount, reply: Reply) -> Sentence:
    what = f"mail: {account.host} does not take letters from the sender in [mail]"
    step = "make from in [mail] the account's own address, or allow it there as an alias"
    return what, f"at {reply.step}, {_quote(reply)}", f"{step}, {THEN_RUN}"


SENTENCES: Final[Mapping[Halt, Callable[[MailAccount, Reply], Sentence]]] = {
    Halt.UNREACHABLE: _unreachable,
    Halt.TLS: _tls,
    Halt.LOGIN: _login,
    Halt.LOGIN_LATER: _login_later,
    Halt.TOO_FAST: _too_fast,
    Halt.QUOTA: _quota,
    Halt.SENDER: _sender,
}
"""Every reason to halt has its own sentence."""
