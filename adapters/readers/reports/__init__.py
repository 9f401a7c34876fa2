"""Reports over rows as they are, a page at a time."""
