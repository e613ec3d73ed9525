"""The weekly run: read the book, decide, send each letter once, write down where clients stand."""

from toolkit.weekly.approving import approve
from toolkit.weekly.errand import Errand
from toolkit.weekly.run import weekly_run
from toolkit.weekly.run_report import RunReport

__all__ = ["Errand", "RunReport", "approve", "weekly_run"]
