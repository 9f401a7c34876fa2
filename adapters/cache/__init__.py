"""Answers kept in memory for a while: they change speed, never truth."""
