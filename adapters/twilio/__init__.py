"""Twilio, which places calls and tells how they go."""
