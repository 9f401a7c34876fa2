"""Ports put to work: one package per outside thing, none knowing another."""
