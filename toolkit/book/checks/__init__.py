"""Checks over finished records: references, duplicates, ladders."""
