"""The business in plain Python and attrs: frozen values, no I/O, no clock, nothing to await."""
