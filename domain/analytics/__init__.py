"""Numbers about calls and bookings: what they mean, and what follows from them."""
