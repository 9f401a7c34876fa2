"""Documents of every kind, read into sections."""
