"""What follows from the rows: one rule a file, each a pure function."""
