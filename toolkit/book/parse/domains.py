"""Suspicious domains of e-mail addresses, such as gmial.com."""

from collections import Counter
from collections.abc import Collection
from functools import cache
from typing import Final, NamedTuple

from toolkit.book.parse.suggest import Neighbours, as_latin, is_disguised, osa_distance

COMMON: Final = frozenset(
    "126.com 163.com aol.com bk.ru email.com fastmail.com free.fr gmail.com gmx.com gmx.de gmx.net googlemail.com "  # noqa: SIM905 - a list of domains reads best as one
    "hotmail.co.uk hotmail.com hotmail.fr icloud.com inbox.ru internet.ru list.ru live.com mac.com mail.com mail.kg "
    "mail.kz mail.ru me.com msn.com naver.com orange.fr outlook.com outlook.fr pm.me proton.me protonmail.com qq.com "
    "rambler.ru rocketmail.com t-online.de tut.by ukr.net web.de ya.ru yahoo.co.uk yahoo.com yahoo.fr yandex.com "
    "yandex.kz yandex.ru ymail.com zoho.com".split()
)
"""Where most people of the world have their mail, so that none of them is a slip for another."""

KNOWN_FROM: Final = 5
"""A domain of so many clients is known."""

SLIP_UP_TO: Final = 2
"""A domain of more clients is no slip."""

TWO_SLIPS_FROM: Final = 10
"""In a domain of so many letters two slips are still told."""


class Suspicion(NamedTuple):
    """The problem of a domain, and what is probably meant."""

    code: str
    meant: str


class Domains:
    """The domains of a client base, beside common ones.

    Args:
        addresses: every address of the base.
    """

    def __init__(self, addresses: Collection[str]) -> None:
        self._counts = Counter(map(domain_of, addresses))
        often = {domain for domain, count in self._counts.items() if count >= KNOWN_FROM}
        self._known = COMMON | often
        self._neighbours = Neighbours(self._known, most=2)
        self.suspicion = cache(self._suspicion)

    def _suspicion(self, domain: str) -> Suspicion | None:
        """Return what is odd about a domain, or None."""
        if is_disguised(domain):
            return Suspicion("email-look-alike", as_latin(domain))
        if domain in self._known or self._counts[domain] > SLIP_UP_TO:
            return None
        near = self._neighbours.one_slip_off(domain)
        return Suspicion("domain-near", near) if near and _is_slip(domain, near) else None


def domain_of(address: str) -> str:
    """Return the domain of an address in small letters."""
    return address.rpartition("@")[2].casefold()


def _is_slip(domain: str, near: str) -> bool:
    """True if one domain is probably the other, badly typed."""
    name, _, ending = domain.partition(".")
    meant, _, end = near.partition(".")
    if name == meant:
        return end == "com" and osa_distance(ending, end) == 1
    return osa_distance(domain, near) == 1 or len(near) >= TWO_SLIPS_FROM
