"""The same work, done as most teams would do it."""
