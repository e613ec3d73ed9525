"""The watch, which looks once a minute."""

from collections.abc import Callable
from typing import Final

from schedule import Scheduler

from toolkit.clock import Clock

SECONDS: Final = 60
"""How often we look. A computer that slept looks again within so many seconds after it woke."""


def watch(tick: Callable[[], None], clock: Clock) -> None:
    """Look at once, then every minute until the wait is interrupted.

    What is due is never asked of schedule, which forgets at a restart and never catches up (schedule 1.2.2, November
    2026). When our clock has waited until the time that schedule named, its one job is due: so run_all.

    Args:
        tick: does what is due; what it raises ends the watch.
        clock: waits between two looks.
    """
    ticker = Scheduler()
    ticker.every(SECONDS).seconds.do(tick)
    tick()
    while True:
        clock.wait(max(0.0, ticker.idle_seconds or 0.0))
        ticker.run_all()
