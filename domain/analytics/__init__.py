"""Numbers about calls and bookings: what they mean, how they are cut, what they foretell."""
