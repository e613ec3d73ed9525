"""The meaning of a server's reply for letter, address and run (delivery/PROMISES.md)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from toolkit.channels.channel import AddressState, ReplyCategory, SendResult


class Step(StrEnum):
    """A step of SMTP before the reply."""

    CONNECT = "connect"
    TLS = "TLS"
    AUTH = "AUTH"
    MAIL = "MAIL"
    RCPT = "RCPT"
    DATA = "DATA"
    END = "end of DATA"


class Halt(StrEnum):
    """A reason to stop the run."""

    UNREACHABLE = "unreachable"
    TLS = "tls"
    LOGIN = "login"
    LOGIN_LATER = "login_later"
    TOO_FAST = "too_fast"
    QUOTA = "quota"
    SENDER = "sender"


@dataclass(frozen=True, slots=True)
class Reply:
    """A server's answer.

    Args:
        step: when.
        code: three digits; 0 where it said nothing, or nothing that could be read.
        words: its words, an enhanced status (RFC 3463) first where it gave one.
    """

    step: Step
    code: int
    words: str = ""

    @property
    def status(self) -> str:
        """The enhanced status such as 5.1.1, or "" if it says nothing."""
        found = _STATUS.match(self.words)
        return found.group() if found and found.group() not in _SAYS_NOTHING else ""

    @property
    def own_words(self) -> str:
        """Its words without addresses and links, in which any word may stand."""
        return _FOREIGN.sub("~", self.words)


@dataclass(frozen=True, slots=True)
class Meaning:
    """One row's right half.

    Args:
        halt: why no letter can leave now; None where the run goes on.
        result: what became of the letter, where nothing halts.
        address: what is done with the address.
        category: what the run counts.
        retry: how long the letter rests after each try.
        waits: how long the run waits before it tries again; after the last it stops.
        rests: for how long nothing leaves after a stop.
    """

    result: SendResult = SendResult.FAILED
    halt: Halt | None = None
    address: AddressState = AddressState.KEEP
    category: ReplyCategory = ReplyCategory.NONE
    retry: tuple[timedelta, ...] = ()
    waits: tuple[timedelta, ...] = ()
    rests: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table of replies."""

    name: str
    steps: frozenset[Step]
    code: str
    meaning: Meaning
    status: str = ".*"
    words: str = ""

    def fits(self, reply: Reply) -> bool:
        """True if this row is about that reply."""
        return (
            reply.step in self.steps
            and re.fullmatch(self.code, str(reply.code)) is not None
            and re.fullmatch(self.status, reply.status) is not None
            and re.search(self.words, reply.own_words, re.IGNORECASE) is not None
        )


_FOREIGN: Final = re.compile(r"https?://\S+|[^\s<>]*@[^\s<>]*")
_STATUS: Final = re.compile(r"[245]\.\d{1,3}\.\d{1,3}(?!\S)")
_SAYS_NOTHING: Final = frozenset({"5.0.0", "4.0.0"})

ALWAYS: Final = frozenset(Step)
LETTER: Final = frozenset({Step.MAIL, Step.RCPT, Step.DATA, Step.END})
BODY: Final = frozenset({Step.DATA, Step.END})

_OURS: Final = (
    r"(daily|hourly|sending|outgoing|outbound|relay|sender|messages?|recipients?|rate|user|account)\b.{0,40}"
    r"\b(limit|quota)\b.{0,30}(exceeded|reached)"
    r"|(exceeded|reached).{0,40}\b(daily|hourly|sending|outgoing|message|rate)\b.{0,20}\b(limit|quota)"
    r"|\blimit exceeded"
)
_NOT_THEIRS: Final = r"^(?!.*(mailbox|mail box|inbox|storage|disk|over quota|overquota|size|concurrent|connection))"
"""A full mailbox is the client's; a limit on size or connections is no quota of letters."""
_FULL: Final = r"mail ?box.{0,20}(full|quota|exceed)|over ?quota|(storage|disk) (allocation|quota)|quota exceeded"
_BLOCKED: Final = (
    r"\bspam|\bblock(ed|list)|\bblack ?list|\bdnsbl|reputation|\bpolic(y|ies)\b|\bdmarc|\bspf\b|\bube\b|unsolicited"
    r"|authentic|reverse dns|client ip|invalid ip|messages from \d|access denied|not accepting connections|\brelay"
)
"""All of these speak of us, the sender, or of how we write."""


def _minutes(*numbers: int) -> tuple[timedelta, ...]:
    return tuple(timedelta(minutes=number) for number in numbers)


_HOUR: Final = timedelta(hours=1)
_TRIES: Final = _minutes(1, 5, 15, 60)
_LATER: Final = Meaning(SendResult.RETRY, category=ReplyCategory.OTHER, retry=(_HOUR,))
_MAILBOX_FULL: Final = Meaning(
    SendResult.RETRY, address=AddressState.FULL, category=ReplyCategory.FULL, retry=_minutes(24 * 60)
)
_QUOTA: Final = Meaning(halt=Halt.QUOTA, rests=timedelta(hours=24))
_LOGIN: Final = Meaning(halt=Halt.LOGIN)

TABLE: Final = (
    Row("too fast", ALWAYS, "421", Meaning(halt=Halt.TOO_FAST, waits=_minutes(5, 15), rests=_HOUR)),
    Row("login later", frozenset({Step.AUTH}), "4..", Meaning(halt=Halt.LOGIN_LATER, rests=_HOUR)),
    Row("login refused", frozenset({Step.AUTH}), "[1-9]..", _LOGIN),
    Row("no TLS", frozenset({Step.TLS}), ".*", Meaning(halt=Halt.TLS)),
    Row("unreachable", frozenset({Step.CONNECT}), ".*", Meaning(halt=Halt.UNREACHABLE, waits=_TRIES)),
    Row("taken", frozenset({Step.END}), "250", Meaning(SendResult.SENT)),
    Row("no answer", frozenset({Step.END}), "(?![45]..).*", Meaning(SendResult.IN_DOUBT, category=ReplyCategory.DOUBT)),
    Row("line lost", LETTER | {Step.AUTH}, "(?![45]..).*", Meaning(halt=Halt.UNREACHABLE, waits=_TRIES)),
    Row("not logged in", LETTER, "530|535|538", _LOGIN),
    Row("our quota", LETTER, "550|552|554|452", _QUOTA, status=r"5\.4\.5"),
    Row("our limit", LETTER, "550|552|554|452", _QUOTA, r"|[45]\.[347]\.\d+", f"{_NOT_THEIRS}.*({_OURS})"),
    Row("our sender", frozenset({Step.MAIL}), "553", Meaning(halt=Halt.SENDER)),
    Row("our sender", frozenset({Step.MAIL}), "5..", Meaning(halt=Halt.SENDER), status=r"|5\.1\.[78]|5\.7\.\d+"),
    Row(
        "content",
        BODY,
        "5..",
        Meaning(category=ReplyCategory.CONTENT),
        status=r"5\.3\.4|5\.2\.3|5\.6\.\d+|5\.7\.0",
    ),
    Row(
        "policy",
        frozenset({Step.RCPT, *BODY}),
        "5..",
        Meaning(category=ReplyCategory.POLICY),
        status=r"5\.7\.(1|2[5-9])",
    ),
    Row("policy", frozenset({Step.RCPT, *BODY}), "5..", Meaning(category=ReplyCategory.POLICY), words=_BLOCKED),
    Row(
        "bad address",
        frozenset({Step.RCPT}),
        "550|551|553",
        Meaning(address=AddressState.DEAD, category=ReplyCategory.BAD_ADDRESS),
        status=r"5\.1\.(1|2|3|6|10)",
    ),
    Row("mailbox full", frozenset({Step.RCPT, *BODY}), "[45]..", _MAILBOX_FULL, status=r"[45]\.2\.2"),
    Row("mailbox full", frozenset({Step.RCPT, *BODY}), "452|552", _MAILBOX_FULL, status="", words=_FULL),
    Row(
        "bare refusal",
        frozenset({Step.RCPT}),
        "550|554",
        Meaning(address=AddressState.DOUBTFUL, category=ReplyCategory.BARE_REFUSAL),
        status="",
    ),
    Row("mailbox busy", frozenset({Step.RCPT}), "450", Meaning(SendResult.RETRY, retry=(_HOUR,)), status=r"4\.2\.1"),
    Row(
        "greylisting",
        frozenset({Step.RCPT}),
        "45[01]",
        Meaning(SendResult.RETRY, category=ReplyCategory.GREYLISTED, retry=_minutes(10, 30, 60)),
        status=r"4\.7\.1",
    ),
    Row(
        "greylisting",
        frozenset({Step.RCPT}),
        "45[01]",
        Meaning(SendResult.RETRY, category=ReplyCategory.GREYLISTED, retry=_minutes(10, 30, 60)),
        words=r"gr[ea]y ?-?list",
    ),
    Row("other 4xx", ALWAYS, "4..", _LATER),
    Row("other 5xx", ALWAYS, "5..", Meaning(category=ReplyCategory.OTHER)),
)
"""Every row, the first that fits counts. A 550 at RCPT that speaks of spam or policy never costs the client its
address, whatever its status; a bare 5xx at MAIL is about the sender, since no client was named yet."""

MEANINGS: Final[Mapping[str, Meaning]] = {row.name: row.meaning for row in TABLE}


def row_of(reply: Reply) -> Row:
    """Return the first row that fits a reply."""
    return next(row for row in TABLE if row.fits(reply))


def meaning_of(reply: Reply) -> Meaning:
    """Return the meaning of a reply."""
    return row_of(reply).meaning
