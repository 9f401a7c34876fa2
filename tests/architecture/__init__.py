"""House rules, and the proof that they are watched."""
