"""On time: which job is due, done once, caught up after a pause, and told where it was missed."""
