"""Copies of the database to begin again from."""
