"""Background work: events to their subscribers, jobs to the engine, what is due by the clock."""
