"""The work of each command, apart from parsing and printing."""
