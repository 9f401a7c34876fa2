"""Calls: from the first ring to what became of them."""
