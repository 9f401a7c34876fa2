"""One file for each kind of booking: what its resources and requests look like in JSON."""
