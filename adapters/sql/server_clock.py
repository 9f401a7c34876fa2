"""The clock of the database, for what several hosts count together: theirs differ.

In microseconds since 1970, and the same throughout a statement.
"""

NOW = {
    "postgresql": "CAST(extract(epoch FROM statement_timestamp()) * 1000000 AS BIGINT)",
    "sqlite": "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) * 1000",
}
