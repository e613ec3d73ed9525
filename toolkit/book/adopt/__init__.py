"""Propose which of a team's tabs and columns are ours."""
