"""The doors through which a letter leaves."""
