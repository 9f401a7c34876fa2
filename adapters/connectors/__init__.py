"""What data sources are read with."""
