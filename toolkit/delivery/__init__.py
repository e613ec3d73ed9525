"""Delivery of each letter at most once."""
