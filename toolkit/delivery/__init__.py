"""Each letter once: the journal, the lock of a run, and delivery."""
