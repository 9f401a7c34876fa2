"""Inventory: resources, pools of interchangeable units, and the claims standing on them."""
