"""The account that letters leave from, and how its line is secured."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

SMTPS: Final = 465
"""On this port TLS comes first; on every other one it begins with STARTTLS."""


def verified_tls() -> ssl.SSLContext:
    """Return a TLS context that checks certificate and host name."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds to wait for each kind of answer (RFC 5321, 4.5.3.2)."""

    connect: float = 30.0
    command: float = 300.0
    final_dot: float = 600.0


@dataclass(frozen=True, slots=True)
class MailAccount:
    """An account at a mail server.

    Args:
        user: its name there.
        password: gives its password, or an access token (OAuth2), when it is needed; never shown.
        host: the server.
        port: its port.
        sender: the bare address from which letters leave.
        is_token: whether `password` is an access token.
        tls_first: whether TLS comes before the first word, and not by STARTTLS.
        tls: makes the context; only tests with a certificate authority of their own give another.
        patience: time-outs.
    """

    user: str
    password: Callable[[], str] = field(repr=False)
    host: str
    port: int
    sender: str
    is_token: bool = False
    tls_first: bool = True
    tls: Callable[[], ssl.SSLContext] = field(default=verified_tls, repr=False)
    patience: Timeouts = Timeouts()
