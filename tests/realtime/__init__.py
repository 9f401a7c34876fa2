"""Sockets, over real connections."""
