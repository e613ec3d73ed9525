"""The command sheetclerk: each command parses, calls and prints."""

from toolkit.cli import beginning, on_time, pay, post, privacy, rules, setting_up, week
from toolkit.cli.front import main

__all__ = ["beginning", "main", "on_time", "pay", "post", "privacy", "rules", "setting_up", "week"]
