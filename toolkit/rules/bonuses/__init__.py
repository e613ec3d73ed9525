"""What staff earn, and why."""
