from datetime import time

import pytest

from toolkit.campaigns import CAMPAIGNS
from toolkit.config import Config
from toolkit.errors import ConfigError
from toolkit.rules.recurrence import Every, Recurrence
from toolkit.scheduling.jobs import timetable_of

NINE = Recurrence(Every.DAY, time(9))


def test_weekly_does_all_that_has_no_job_of_its_own() -> None:
    weekly, news = timetable_of(Config(timetable={"weekly": NINE, "Newsletters": NINE})).jobs
    assert news.campaigns == {"newsletter"}
    assert weekly.campaigns == {one.name for one in CAMPAIGNS} - {"newsletter"}


def test_a_campaign_may_be_spelt_as_people_say_it() -> None:
    jobs = timetable_of(Config(timetable={"thank-you": NINE, "Follow ups": NINE})).jobs
    assert [one.campaigns for one in jobs] == [{"thank_you"}, {"follow_up"}]


def test_each_job_says_how_late_it_may_be_and_the_settings_may_say_another() -> None:
    own = Recurrence(Every.DAY, time(9), late=1)
    assert [one.late for one in timetable_of(Config(timetable={"weekly": NINE, "newsletter": NINE})).jobs] == [7, 3]
    assert [one.late for one in timetable_of(Config(timetable={"newsletter": own})).jobs] == [1]


@pytest.mark.parametrize(
    ("job", "next_step"), [("newsleter", "did you mean newsletter?"), ("zzz", "choose from: weekly, thank_you")]
)
def test_a_job_that_is_no_campaign_is_refused(job: str, next_step: str) -> None:
    with pytest.raises(ConfigError, match=rf"\[timetable\] {job}") as refused:
        timetable_of(Config(timetable={job: NINE}))
    assert refused.value.next_step.startswith(next_step)


def test_two_jobs_for_one_campaign_are_refused() -> None:
    with pytest.raises(ConfigError, match="newsletters") as refused:
        timetable_of(Config(timetable={"newsletters": NINE, "newsletter": NINE}))
    assert "delete one" in refused.value.next_step
