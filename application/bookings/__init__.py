"""Use cases, ports and views about bookings."""
