"""Use cases and views of documentation."""
