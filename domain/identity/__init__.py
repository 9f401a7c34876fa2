"""Organizations, and the keys that act for them."""
