"""Real processes are killed while customers book; what they were told has to be true after it."""
