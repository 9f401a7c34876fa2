"""The HTTP API, asked over HTTP, on real databases."""
