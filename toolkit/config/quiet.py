"""Quiet hours and quiet days."""

from datetime import datetime, time, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from toolkit.config.settings import SendingSettings
from toolkit.config.values import WEEKDAYS

_A_WEEK_AND_A_DAY = 9


def is_quiet(sending: SendingSettings, wall: datetime) -> bool:
    """Return True if no letter leaves at a moment of the shop's wall clock."""
    hours = sending.quiet_hours
    return WEEKDAYS[wall.weekday()] in sending.quiet_days or (hours is not None and wall.time() in hours)


def quiet_until(sending: SendingSettings, moment: datetime, zone: ZoneInfo) -> datetime | None:
    """Return when letters may leave again, or None if they may now.

    Where every day is quiet, a moment more than a week away.
    """
    wall = moment.astimezone(zone)
    if not is_quiet(sending, wall):
        return None
    ends = (time(), sending.quiet_hours.end) if sending.quiet_hours else (time(),)
    days = (wall.date() + timedelta(days=number) for number in range(_A_WEEK_AND_A_DAY))
    ends_of_quiet = sorted(chain.from_iterable((datetime.combine(day, end, zone) for end in ends) for day in days))
    return next((end for end in ends_of_quiet if end > wall and not is_quiet(sending, end)), ends_of_quiet[-1])
