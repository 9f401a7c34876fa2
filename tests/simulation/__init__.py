"""The program in a world of its own: virtual time, an order and faults that follow from a seed."""
