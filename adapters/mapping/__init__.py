"""Rows and documents as domain values: shared by those who write and those who read."""
