"""Use cases, ports and views about imports."""
