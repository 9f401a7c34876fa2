"""Use cases and views of numbers about calls and bookings."""
