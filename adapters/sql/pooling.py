"""How many connections to keep, and how long to be patient."""

import attrs


@attrs.frozen(kw_only=True)
class Pooling:
    """Times are in seconds. `wait` is for a free connection, the last three are the server's."""

    size: int = 10
    overflow: int = 20
    recycle_seconds: int = 3600
    wait_seconds: int = 10
    statement_seconds: int = 15
    lock_seconds: int = 5
    idle_seconds: int = 5
