"""Bookings: what a customer asks for, what it costs, and what becomes of the promise."""
