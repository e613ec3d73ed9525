"""Checks of finished records, within a tab and across tabs."""
