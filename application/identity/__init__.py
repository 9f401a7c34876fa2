"""Use cases, ports and views about organizations and their keys."""
