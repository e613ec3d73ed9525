"""Spend, tiers, discounts and points of each client."""
