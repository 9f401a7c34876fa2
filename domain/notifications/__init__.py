"""Notifications: what people are told, and in which words."""
