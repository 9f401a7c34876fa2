"""Use cases of paperwork."""
