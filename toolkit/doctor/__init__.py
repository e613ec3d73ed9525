"""Checks of a set-up, each with its next step."""

from toolkit.doctor.checks import CHECKS, Context, findings
from toolkit.doctor.finding import Finding, Mark
from toolkit.doctor.live_locks import findings_of_locks
from toolkit.doctor.scheduled import findings_as_scheduled

__all__ = ["CHECKS", "Context", "Finding", "Mark", "findings", "findings_as_scheduled", "findings_of_locks"]
