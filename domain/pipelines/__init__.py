"""Pipelines: much of the same, brought in from elsewhere."""
