"""The reader of times such as "every monday at 09:00"."""

import re
from collections.abc import Iterator
from datetime import time
from typing import Final

from toolkit.book import nearest
from toolkit.config.kinds import Unusable, line, shown
from toolkit.rules.recurrence import LAST, MONTHS, WEEKDAYS, Every, Recurrence

_RULE: Final = re.compile(
    r"every (?P<days>[a-z0-9, ]+?) at (?P<hour>[01]?[0-9]|2[0-3]):(?P<minute>[0-5][0-9])"
    r"(?:,? at most (?P<late>[0-9]{1,2}) days? late)?"
)
_DAYS_OF_MONTH: Final = re.compile(r"month on (?:the )?(?:(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?|last day)")
_DAY_OF_YEAR: Final = re.compile(rf"year on (?:the )?(?P<day>[0-9]{{1,2}}) (?P<month>{'|'.join(MONTHS)})")
_UNBUILT: Final = re.compile(r"every (?:[0-9]+|second|other|hour|minute|quarter|weekend|first|last)\b.*")
_CLOCK: Final = re.compile(r"(?P<hour>[0-9]{1,2})(?:[:.h](?P<minute>[0-9]{2}))? ?(?P<half>am|pm)?")
_MOST_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_LITTLE: Final = ("every", "day", "month", "year", "on", "the", "last", "at", "and")
_WORDS: Final = (*WEEKDAYS, *MONTHS, *_LITTLE)
_SHORT: Final = {name[:3]: name for name in (*MONTHS, *WEEKDAYS)}
_PLURALS: Final = {f"{name}s": name for name in WEEKDAYS} | {"daily": "every day", "monthly": "every month on the 1st"}


def when(value: object) -> Recurrence:
    """Read "every monday at 09:00" or "every month on the last day at 17:30, at most 2 days late"."""
    words = _plain(line(value))
    recurrence = _read(words)
    if recurrence:
        return recurrence
    if _UNBUILT.fullmatch(words):
        raise Unusable(f"{shown(value)} is not supported yet")
    raise Unusable(f"I can't read {shown(value)} as a schedule", str(_read(_guessed(words)) or ""))


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace(",", ", ").replace(" ,", ",").split())


def _read(words: str) -> Recurrence | None:
    rule = _RULE.fullmatch(words)
    if rule is None:
        return None
    at = time(int(rule["hour"]), int(rule["minute"]))
    return _of_days(rule["days"], at, int(rule["late"]) if rule["late"] else None)


def _of_days(days: str, at: time, late: int | None) -> Recurrence | None:
    if days == "day":
        return Recurrence(Every.DAY, at, late=late)
    if month := _DAYS_OF_MONTH.fullmatch(days):
        day = int(month["day"] or LAST)
        return Recurrence(Every.MONTH, at, day=day, late=late) if 1 <= day <= LAST else None
    if year := _DAY_OF_YEAR.fullmatch(days):
        day, number = int(year["day"]), MONTHS.index(year["month"])
        return (
            Recurrence(Every.YEAR, at, day=day, month=number + 1, late=late) if 1 <= day <= _MOST_DAYS[number] else None
        )
    names = days.replace(" and ", ", ").split(", ")
    if all(name in WEEKDAYS for name in names):
        return Recurrence(Every.WEEK, at, weekdays=tuple(sorted({WEEKDAYS.index(name) for name in names})), late=late)
    return None


def _guessed(words: str) -> str:
    """Return the words with slips fixed, such as mon, mondays, munday, 9am."""
    rule, _, lateness = words.partition(", at most")
    mended = " ".join(_mended(re.sub(r"(?<=[0-9]) (?=[ap]m\b)", "", rule)))
    mended = mended if mended.startswith("every ") else f"every {mended}"
    return f"{mended}, at most{lateness}" if lateness else mended


def _mended(words: str) -> Iterator[str]:
    before = ""
    for word in words.split():
        if before == "at" or word[-2:] in ("am", "pm"):
            yield _clock(word)
        else:
            bare = word.rstrip(",.")
            yield _word(bare) + ("," if word.endswith(",") else "")
        before = word


def _word(word: str) -> str:
    if word in _WORDS or not word.isalpha():
        return word
    near = nearest(word, (known for known in _WORDS if known[0] == word[0])) or nearest(word, _WORDS)
    return _SHORT.get(word) or _PLURALS.get(word) or near or word


def _clock(word: str) -> str:
    match = _CLOCK.fullmatch(word)
    if match is None:
        return word
    hour = int(match["hour"]) % 12 + 12 * (match["half"] == "pm") if match["half"] else int(match["hour"])
    return f"{hour:02}:{match['minute'] or '00'}"
