"""Read one cell as one value."""
