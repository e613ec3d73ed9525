"""The command sheetclerk: each command parses, calls and prints."""

from toolkit.cli import bonuses, clients, loyalty, mail, scheduling, setup, week
from toolkit.cli.options import main

__all__ = ["bonuses", "clients", "loyalty", "mail", "main", "scheduling", "setup", "week"]
