"""Bytes to a mail server, and its answers and silences as replies."""

import re
import ssl
from typing import Any, Final

from toolkit.channels.replies import Reply, Step

NO_REPLY: Final = 0
_DOT_AT_START: Final = re.compile(rb"(?m)^\.")


def reply_in(step: Step, error: Exception) -> Reply:
    """Return the reply that an exception of the connection holds."""
    code = getattr(error, "smtp_code", NO_REPLY)
    if isinstance(error, ssl.SSLError) and step is Step.TLS:
        return Reply(Step.TLS, NO_REPLY, getattr(error, "verify_message", "") or plain(error.reason or ""))
    words = getattr(error, "smtp_error", None)
    said = plain(words) if words is not None else plain(str(getattr(error, "strerror", None) or error))
    return Reply(step, max(int(code), NO_REPLY), said)


def step_of(yag: Any, error: Exception) -> Step:
    """Return the step at which a connection failed to open."""
    if isinstance(error, ssl.SSLError):
        return Step.TLS
    lost = isinstance(error, TimeoutError | ConnectionError) or type(error).__name__ == "SMTPServerDisconnected"
    return Step.CONNECT if lost or yag.smtp is None else Step.TLS


def plain(words: bytes | str) -> str:
    """Return a server's words on one line."""
    text = words.decode("utf-8", errors="replace") if isinstance(words, bytes) else words
    seen = re.sub(r"[^\S ]|[\x00-\x1f\x7f]", " ", re.sub(r"\n(?:[245]\.\d+\.\d+ )?", " ", text))
    return " ".join(seen.split())


def on_the_line(message: bytes) -> bytes:
    """Return the message with dots at line starts doubled (RFC 5321, 4.5.2)."""
    ended = message if message.endswith(b"\r\n") else message + b"\r\n"
    return _DOT_AT_START.sub(b"..", ended) + b".\r\n"


def on_the_wire(address: str) -> str:
    """Return an address as plain SMTP carries it, or ""."""
    local, _, domain = address.rpartition("@")
    try:
        return f"{local}@{domain if domain.isascii() else domain.encode('idna').decode()}"
    except UnicodeError:
        return ""
