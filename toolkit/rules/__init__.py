"""Rules as pure functions, one rule a file."""
