"""When no letter leaves, and until when."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from toolkit.config import Hours, SendingSettings
from toolkit.config.quiet import is_quiet, quiet_until
from toolkit.config.values import WEEKDAYS

NAIROBI = ZoneInfo("Africa/Nairobi")
NIGHT = Hours(time(20), time(8))
NOON = Hours(time(12), time(14))


@pytest.mark.parametrize(
    ("hours", "days", "moment", "until"),
    [
        (None, (), "2026-11-21 03:00", None),
        (NIGHT, (), "2026-11-21 19:59", None),
        (NIGHT, (), "2026-11-21 20:00", "2026-11-22 08:00"),
        (NIGHT, (), "2026-11-22 07:59", "2026-11-22 08:00"),
        (NIGHT, (), "2026-11-22 08:00", None),
        (NOON, (), "2026-11-21 13:00", "2026-11-21 14:00"),
        (None, ("Sunday",), "2026-11-22 10:00", "2026-11-23 00:00"),
        (NIGHT, ("Sunday",), "2026-11-21 21:00", "2026-11-23 08:00"),
        (NOON, ("Saturday", "Sunday"), "2026-11-21 13:00", "2026-11-23 00:00"),
        (None, WEEKDAYS, "2026-11-21 13:00", "2026-11-29 00:00"),
    ],
)
def test_letters_may_leave_again_at_the_end_of_what_is_quiet(
    hours: Hours | None, days: tuple[str, ...], moment: str, until: str | None
) -> None:
    sending = SendingSettings(quiet_hours=hours, quiet_days=days)
    wall = datetime.fromisoformat(moment).replace(tzinfo=NAIROBI)
    found = quiet_until(sending, wall.astimezone(ZoneInfo("UTC")), NAIROBI)
    assert (f"{found:%Y-%m-%d %H:%M}" if found else None) == until
    assert is_quiet(sending, wall) == (until is not None)
