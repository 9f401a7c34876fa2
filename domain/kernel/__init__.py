"""The few words every feature shares: actors, identifiers, money, dates, events, refusals."""
