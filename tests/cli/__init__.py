"""The command line, as an operator types it: real processes over real databases."""
