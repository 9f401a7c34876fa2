"""Use cases, ports and views about inventory."""
