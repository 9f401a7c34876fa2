"""Commands for operators: `frontdesk serve`, `worker`, `migrate`, `demo`, `verify`, `keys`."""
