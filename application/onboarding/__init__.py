"""Bring a whole organization in at once: what it sells, who works there, with which keys."""
