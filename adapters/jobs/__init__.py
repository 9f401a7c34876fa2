"""Background work on DBOS, in a file of its own or in a schema of the PostgreSQL database."""
