"""The command sheetclerk: each command parses, calls and prints."""

from toolkit.cli import beginning, numbering, on_time, pay, post, privacy, rules, setting_up, week
from toolkit.cli.front import main

__all__ = ["beginning", "main", "numbering", "on_time", "pay", "post", "privacy", "rules", "setting_up", "week"]
