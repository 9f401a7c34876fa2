"""Sockets: rooms in which everything that happens is told as soon as it has happened."""
