"""Domains of e-mail addresses that are probably not meant: a slip, gmial.com, or letters of another alphabet."""

from collections import Counter
from collections.abc import Collection
from functools import cache
from typing import Final, NamedTuple

from toolkit.book.parse.lookalikes import as_latin, is_disguised
from toolkit.book.parse.suggest import Neighbours, slips

COMMON: Final = frozenset(
    "126.com 163.com aol.com bk.ru email.com fastmail.com free.fr gmail.com gmx.com gmx.de gmx.net googlemail.com "  # noqa: SIM905 - a list of domains reads best as one
    "hotmail.co.uk hotmail.com hotmail.fr icloud.com inbox.ru internet.ru list.ru live.com mac.com mail.com mail.kg "
    "mail.kz mail.ru me.com msn.com naver.com orange.fr outlook.com outlook.fr pm.me proton.me protonmail.com qq.com "
    "rambler.ru rocketmail.com t-online.de tut.by ukr.net web.de ya.ru yahoo.co.uk yahoo.com yahoo.fr yandex.com "
    "yandex.kz yandex.ru ymail.com zoho.com".split()
)
"""Where most people of the world have their mail; no slip makes one of another."""

OFTEN: Final = 5
"""A domain that so many clients share is known."""

SELDOM: Final = 2
"""A domain that more clients share is no slip."""

LONG: Final = 10
"""In a domain of so many marks two slips are still told."""


class Suspicion(NamedTuple):
    """What is odd about a domain: the code of its problem, and what is probably meant."""

    code: str
    meant: str


class Domains:
    """The domains of a client base, held against each other and against those of everybody.

    Args:
        addresses: every address of the base.
    """

    def __init__(self, addresses: Collection[str]) -> None:
        self._counts = Counter(map(domain_of, addresses))
        often = {domain for domain, count in self._counts.items() if count >= OFTEN}
        self._known = COMMON | often
        self._neighbours = Neighbours(self._known, most=2)
        self.suspicion = cache(self._suspicion)

    def _suspicion(self, domain: str) -> Suspicion | None:
        """What is odd about a domain; None where nothing is."""
        if is_disguised(domain):
            return Suspicion("email-look-alike", as_latin(domain))
        if domain in self._known or self._counts[domain] > SELDOM:
            return None
        near = self._neighbours.one_slip_off(domain)
        return Suspicion("domain-near", near) if near and _is_slip(domain, near) else None


def domain_of(address: str) -> str:
    """What stands behind the @, in small letters."""
    return address.rpartition("@")[2].casefold()


def _is_slip(domain: str, near: str) -> bool:
    """Whether one domain is probably the other, badly typed: yahoo.de beside yahoo.com is not."""
    name, _, ending = domain.partition(".")
    meant, _, end = near.partition(".")
    if name == meant:
        return end == "com" and slips(ending, end) == 1
    return slips(domain, near) == 1 or len(near) >= LONG
