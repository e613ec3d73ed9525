"""On time: which job is due, done once, caught up after a pause, and told where it was missed."""

from toolkit.timetable.commands import install, remove, report_lines, show, trust_clock
from toolkit.timetable.running import DueReport, Teller, mark_told, run_due
from toolkit.timetable.unattended import unattended
from toolkit.wiring.on_duty import Duty, open_duty

__all__ = [
    "DueReport",
    "Duty",
    "Teller",
    "install",
    "mark_told",
    "open_duty",
    "remove",
    "report_lines",
    "run_due",
    "show",
    "trust_clock",
    "unattended",
]
