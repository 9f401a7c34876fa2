"""Documentation sites, read and searchable."""
