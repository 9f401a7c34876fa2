"""Paper and files from data."""
