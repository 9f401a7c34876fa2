"""How many connections to keep, and how long to be patient."""

import attrs


@attrs.frozen(kw_only=True)
class Pooling:
    """Times are in seconds. `wait` is for a free connection; the next three are the server's.

    `writers` is how many units of work a process runs at once; the others queue in the order they
    came. More of them would only wait for each other's rows inside the server, and some for long.
    A server that says nothing for `silence` after a statement should have ended is given up: one
    that is stopped, or a network that swallows what is sent, would be waited for until somebody
    comes and looks. None is for those who take as long as it takes.
    """

    writers: int = 8
    size: int = 10
    overflow: int = 20
    recycle_seconds: int = 3600
    wait_seconds: int = 10
    statement_seconds: int = 15
    lock_seconds: int = 5
    idle_seconds: int = 5
    silence_seconds: int | None = 5

    @property
    def answer_seconds(self) -> int | None:
        """The longest wait for the answer to a statement."""
        return self.silence_seconds and self.statement_seconds + self.silence_seconds
