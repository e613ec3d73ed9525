"""Days with the month in words: 5 March 2026, Mar 5, 2026, 5 марта 2026 г."""

import re
from datetime import date
from typing import Final

_NAMES: Final = (
    "january januari январь января",
    "february februari февраль февраля",
    "march machi март марта",
    "april aprili апрель апреля",
    "may mei май мая",
    "june juni июнь июня",
    "july julai июль июля",
    "august agosti август августа",
    "september septemba сентябрь сентября",
    "october oktoba октябрь октября",
    "november novemba ноябрь ноября",
    "december desemba декабрь декабря",
)
"""English, Swahili and Russian, which bends them behind a day; Kyrgyz writes the Russian names."""

SHORTEST: Final = 3
"""With fewer letters a month could be another one."""

_DAY_FIRST: Final = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[ .\-/]*(?P<month>[^\W\d_]+)[ .,\-/]*(?P<year>\d{4})(?: ?г\.?)?"
)
_MONTH_FIRST: Final = re.compile(r"(?P<month>[^\W\d_]+)[ .]*(?P<day>\d{1,2})(?:st|nd|rd|th)?,? +(?P<year>\d{4})")


def day_in_words(written: str) -> date | None:
    """The day that is written with its month in words, in full or from three letters on; None where it is none.

    Raises:
        ValueError: the month has no such day.
    """
    plain = written.casefold()
    found = _DAY_FIRST.fullmatch(plain) or _MONTH_FIRST.fullmatch(plain)
    month = _month(found["month"]) if found else 0
    return date(int(found["year"]), month, int(found["day"])) if found and month else None


def _month(word: str) -> int:
    """1 to 12; 0 for a word that is no month."""
    if len(word) < SHORTEST:
        return 0
    return next((number for number, names in enumerate(_NAMES, start=1) if _begins(word, names)), 0)


def _begins(word: str, names: str) -> bool:
    return any(name.startswith(word) for name in names.split())
