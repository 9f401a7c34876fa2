"""Every order in which two use cases can reach a real PostgreSQL, statement by statement."""
