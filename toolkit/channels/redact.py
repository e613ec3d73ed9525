"""Addresses and secrets masked in all that we keep or show."""

import re
from collections.abc import Iterable
from typing import Final

_ADDRESS: Final = re.compile(r"[^\s<>()\[\]\",;:@=]+@[^\s<>()\[\]\",;:@]+")
_TOO_SHORT: Final = 4
"""A secret of fewer characters would veil half of every sentence."""


def redacted(words: str, secrets: Iterable[str] = ()) -> str:
    """Return the words with every address as a***@d*** and every secret as ***."""
    for secret in secrets:
        if len(secret) >= _TOO_SHORT:
            words = words.replace(secret, "***")
    return _ADDRESS.sub(_masked, words)


def _masked(found: re.Match[str]) -> str:
    local, _, domain = found.group().partition("@")
    return f"{local[0]}***@{domain[0]}***"
