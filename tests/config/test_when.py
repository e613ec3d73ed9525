from datetime import time

import pytest

from toolkit.config.kinds import Unusable
from toolkit.config.when import when
from toolkit.rules.recurrence import Every, Recurrence

NINE = time(9)


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("every monday at 09:00", Recurrence(Every.WEEK, NINE, weekdays=(0,))),
        ("Every  Thursday and Monday at 9:00", Recurrence(Every.WEEK, NINE, weekdays=(0, 3))),
        ("every monday, wednesday and friday at 09:00", Recurrence(Every.WEEK, NINE, weekdays=(0, 2, 4))),
        ("every day at 08:00", Recurrence(Every.DAY, time(8))),
        ("every day at 09:00, at most 0 days late", Recurrence(Every.DAY, NINE, late=0)),
        ("every month on the 1st at 10:00", Recurrence(Every.MONTH, time(10), day=1)),
        ("every month on 22 at 09:00 at most 1 day late", Recurrence(Every.MONTH, NINE, day=22, late=1)),
        ("every month on the last day at 17:30", Recurrence(Every.MONTH, time(17, 30), day=31)),
        ("every year on 29 february at 10:00", Recurrence(Every.YEAR, time(10), day=29, month=2)),
    ],
)
def test_a_rule_is_read_from_its_words_and_printed_back_in_words_that_mean_the_same(
    words: str, rule: Recurrence
) -> None:
    assert when(words) == rule
    assert when(str(rule)) == rule


def test_the_31st_is_printed_back_as_the_last_day() -> None:
    assert str(when("every month on the 31st at 10:00")) == "every month on the last day at 10:00"


@pytest.mark.parametrize(
    ("words", "near"),
    [
        ("every moday at 09:00", "every monday at 09:00"),
        ("every munday at 09:00", "every monday at 09:00"),
        ("mondays at 9am", "every monday at 09:00"),
        ("mon, thu at 7 pm", "every monday and thursday at 19:00"),
        ("every saturdey at 09:00, at most 2 days late", "every saturday at 09:00, at most 2 days late"),
        ("evry moth on the 1st at 12am", "every month on the 1st at 00:00"),
        ("daily at 8.30", "every day at 08:30"),
        ("every day at 25:00", ""),
        ("every day at noon", ""),
        ("every month on the 32nd at 10:00", ""),
        ("every month on the 0th at 10:00", ""),
        ("every year on 30 february at 10:00", ""),
        ("every week at 09:00", ""),
        ("", ""),
    ],
)
def test_a_slip_is_refused_with_the_words_that_may_have_been_meant(words: str, near: str) -> None:
    with pytest.raises(Unusable, match="as a schedule") as refused:
        when(words)
    assert refused.value.near == near


@pytest.mark.parametrize("words", ["every 2 weeks at 09:00", "every hour", "every second monday at 09:00"])
def test_what_is_not_built_yet_is_refused_by_name(words: str) -> None:
    with pytest.raises(Unusable, match="is not supported yet"):
        when(words)
