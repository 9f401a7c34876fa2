"""What can be set about background work."""

import attrs


@attrs.frozen(kw_only=True)
class JobSettings:
    """`database_url` is the business database on PostgreSQL, a file of the engine's own on SQLite.

    `retry_after` are the pauses before a failed step is tried again. `takeovers` is how often a
    job may lose its process before it counts as the cause and is put aside as dead.
    """

    database_url: str = attrs.field(repr=False)
    concurrency: int = 40
    concurrency_per_organization: int = 10
    poll_interval: float = 0.1
    retry_after: tuple[float, ...] = (1.0, 2.0, 4.0)
    takeover_interval: float = 1.0
    takeovers: int = 10
