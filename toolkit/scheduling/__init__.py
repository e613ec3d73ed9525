"""Jobs that run by themselves, each done once and caught up after a pause."""

from toolkit.scheduling.commands import install, remove, report_lines, show, trust_clock
from toolkit.scheduling.due_run import DueReport, Teller, mark_told, run_due
from toolkit.scheduling.job_context import JobContext, open_job_context
from toolkit.scheduling.unattended import unattended

__all__ = [
    "DueReport",
    "JobContext",
    "Teller",
    "install",
    "mark_told",
    "open_job_context",
    "remove",
    "report_lines",
    "run_due",
    "show",
    "trust_clock",
    "unattended",
]
