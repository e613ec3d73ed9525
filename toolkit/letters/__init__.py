"""From an occasion to a finished letter."""
