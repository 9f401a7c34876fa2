"""Talking to a relational database: connections, transactions, scope, versions, events."""
