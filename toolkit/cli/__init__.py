"""The command sheetclerk: each command parses, calls and prints."""

from toolkit.cli import bonuses, delivery, loyalty, numbering, privacy, scheduling, setup, starting, week
from toolkit.cli.front import main

__all__ = ["bonuses", "delivery", "loyalty", "main", "numbering", "privacy", "scheduling", "setup", "starting", "week"]
