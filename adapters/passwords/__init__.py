"""Passwords: hashed slowly, and compared with what everybody chooses."""
