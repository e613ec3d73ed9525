"""Let the computer's own scheduler wake us every ten minutes: what we then do is the agenda's business."""

from toolkit.scheduling.installers.systems import SYSTEMS, System, installed, put_in_place, system_named, take_away
from toolkit.scheduling.installers.waking import Waking, waking_of

__all__ = [
    "SYSTEMS",
    "System",
    "Waking",
    "installed",
    "put_in_place",
    "system_named",
    "take_away",
    "waking_of",
]
