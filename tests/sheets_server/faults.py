"""What can go wrong on the way, and the list of requests that came."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from tests.sheets_server.refusal import Refusal, broken, too_many

READ: Final = "read"
WRITE: Final = "write"


@dataclass(frozen=True)
class Seen:
    """One request.

    Args:
        method: GET, POST and so on.
        path: its path as sent, without the query.
        deed: "read" or "write" as Google counts its quota, "drive" or "token".
        number: the how-many-eth request of its deed, from 1.
        code: what was answered, 0 where the line was cut.
    """

    method: str
    path: str
    deed: str
    number: int
    code: int = 0


@dataclass(frozen=True)
class Fault:
    """What happens to one request.

    Args:
        refusal: answered in its place, made for the request's deed.
        applied: the request is carried out all the same.
        cut: no answer comes, the line is closed.
        half: half of the answer comes, then the line is closed.
        html: the refusal comes as a page in HTML, as from a proxy of Google's.
        seconds: the answer takes so long.
    """

    refusal: Callable[[str], Refusal] | None = None
    applied: bool = False
    cut: bool = False
    half: bool = False
    html: bool = False
    seconds: float = 0


Weather: TypeAlias = Callable[[Seen], Fault | None]


def refuse(code: int, *, retry_after: int | None = None, applied: bool = False, html: bool = False) -> Fault:
    """429, 500 or 503."""

    def refusal(deed: str) -> Refusal:
        return too_many(deed.capitalize(), retry_after) if code == 429 else broken(code, retry_after)

    return Fault(refusal, applied=applied, html=html)


def lost_reply() -> Fault:
    """The change is made, the answer never comes."""
    return Fault(applied=True, cut=True)


def lost_request() -> Fault:
    """The line is cut before anything was done."""
    return Fault(cut=True)


def half_reply() -> Fault:
    """The change is made, half of the answer comes."""
    return Fault(applied=True, half=True)


def slow(seconds: float) -> Fault:
    """The answer takes its time."""
    return Fault(applied=True, seconds=seconds)


def next_ones(fault: Fault, times: int = 1, deed: str | None = None) -> Weather:
    """The fault for the next so many requests (of one deed), then none."""
    left = [times]

    def weather(seen: Seen) -> Fault | None:
        if left[0] <= 0 or seen.deed == "token" or (deed and seen.deed != deed):
            return None
        left[0] -= 1
        return fault

    return weather


def now_and_then(fault: Fault, share: float, seed: str = "", deed: str | None = None) -> Weather:
    """The fault for about this share of the requests; the same seed hits the same ones."""

    def weather(seen: Seen) -> Fault | None:
        if seen.deed == "token" or (deed and seen.deed != deed):
            return None
        drawn = hashlib.sha256(f"{seed}|{seen.deed}|{seen.number}".encode()).digest()
        return fault if int.from_bytes(drawn[:4], "big") < share * (1 << 32) else None

    return weather


def first_of(*weathers: Weather) -> Weather:
    """The first of them that has something to say."""

    def weather(seen: Seen) -> Fault | None:
        found = [fault for one in weathers if (fault := one(seen))]
        return found[0] if found else None

    return weather
