"""Domain and use cases: no database, no network, no waiting."""
