"""Sentences, JSON and pages of a run."""
