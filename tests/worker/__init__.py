"""The worker as it is wired, on real databases; only time is arranged."""
