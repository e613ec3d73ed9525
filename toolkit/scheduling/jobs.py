"""The jobs of a shop's timetable."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from toolkit.book import nearest
from toolkit.campaigns import CAMPAIGNS
from toolkit.config import Config, SendingSettings
from toolkit.config.quiet import is_quiet
from toolkit.delivery.agenda import Occurrence
from toolkit.errors import ConfigError
from toolkit.rules.recurrence import Recurrence

WEEKLY: Final = "weekly"
"""The job that does every campaign without a job of its own."""

DAYS_LATE: Final[Mapping[str, int]] = {
    "birthday": 0,
    "newsletter": 3,
    "quality_news": 14,
    "feedback_request": 14,
    "order_status": 3,
    "digest": 3,
    "bonus_statement": 31,
}
"""How many days after its day a campaign may still go, where that is not 7. Source: RULES.md, Campaigns."""

USUAL_DAYS_LATE: Final = 7


@dataclass(frozen=True, slots=True)
class Job:
    """One line of [timetable].

    Args:
        name: as the team spells it.
        when: when it is due.
        campaigns: the names of the campaigns whose turn it is.
        late: for at most so many days after its day it may still be done.
    """

    name: str
    when: Recurrence
    campaigns: frozenset[str]
    late: int

    def came_due(self, after: datetime, until: datetime, zone: ZoneInfo) -> Iterator[Occurrence]:
        """Yield its occurrences after one moment and until another (UTC)."""
        for day, due in self.when.between(after, until, zone):
            yield Occurrence(self.name, self.when.name_of(day), due, self.when.last_chance(day, zone, self.late))


@dataclass(frozen=True, slots=True)
class Timetable:
    """All jobs of a shop.

    Args:
        jobs: in the order of the settings.
        zone: the shop's zone.
        sending: its quiet hours and days.
    """

    jobs: tuple[Job, ...]
    zone: ZoneInfo
    sending: SendingSettings = field(default_factory=SendingSettings)

    def came_due(self, after: datetime, until: datetime) -> tuple[Occurrence, ...]:
        """Return every occurrence after one moment and until another (UTC), oldest first."""
        found = (occurrence for job in self.jobs for occurrence in job.came_due(after, until, self.zone))
        return tuple(sorted(found, key=lambda occurrence: occurrence.due))

    def has(self, job: str) -> bool:
        """Return True if it has a job."""
        return any(known.name == job for known in self.jobs)

    def is_quiet(self, moment: datetime) -> bool:
        """Return True if no letter leaves at a moment."""
        return is_quiet(self.sending, moment.astimezone(self.zone))

    def campaigns_of(self, jobs: Collection[str]) -> frozenset[str]:
        """Return the campaigns of jobs."""
        return frozenset().union(*(job.campaigns for job in self.jobs if job.name in jobs))


def timetable_of(config: Config) -> Timetable:
    """Return the timetable of a shop.

    Raises:
        ConfigError: a job is named neither weekly nor like a campaign, or two mean the same campaign.
    """
    own = {name: _campaign(name) for name in config.timetable if name != WEEKLY}
    _refuse_doubles(own)
    rest = frozenset(campaign.name for campaign in CAMPAIGNS) - set(own.values())
    jobs = tuple(_job(name, when, own.get(name), rest) for name, when in config.timetable.items())
    return Timetable(jobs, config.shop.zone, config.sending)


def _job(name: str, when: Recurrence, campaign: str | None, rest: frozenset[str]) -> Job:
    usual = USUAL_DAYS_LATE if campaign is None else DAYS_LATE.get(campaign, USUAL_DAYS_LATE)
    campaigns = rest if campaign is None else frozenset({campaign})
    return Job(name, when, campaigns, usual if when.late is None else when.late)


def _campaign(job: str) -> str:
    known = [campaign.name for campaign in CAMPAIGNS]
    name = "_".join(job.casefold().replace("-", " ").replace("_", " ").split())
    if found := next((near for near in (name, name.removesuffix("s")) if near in known), ""):
        return found
    near = nearest(name, (WEEKLY, *known))
    raise ConfigError(
        f"sheetclerk.toml, [timetable] {job}",
        why=f"there is no campaign {job!r}; a job is {WEEKLY} or a campaign",
        next_step=f"did you mean {near}?" if near else f"choose from: {', '.join((WEEKLY, *known))}",
    )


def _refuse_doubles(own: Mapping[str, str]) -> None:
    for job, campaign in own.items():
        others = [other for other, same in own.items() if same == campaign and other != job]
        if others:
            raise ConfigError(
                f"sheetclerk.toml, [timetable] {job}",
                why=f"{others[0]} is the same campaign",
                next_step=f"delete one of the two lines, {job} or {others[0]}",
            )
