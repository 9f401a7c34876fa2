"""The thread that leads through all that one request sets off, whichever program does it."""

from typing import Protocol

import attrs


@attrs.frozen(kw_only=True)
class Trace:
    """A step of a trace, in the words of W3C's Trace Context: ids in hexadecimal digits.

    `state` is what other systems have noted, and is passed on as it came.
    """

    trace_id: str
    span_id: str
    sampled: bool
    state: str = ""

    def __str__(self) -> str:
        return f"00-{self.trace_id}-{self.span_id}-{'01' if self.sampled else '00'}"


class ServedSpan(Protocol):
    """The span of one request, under way."""

    @property
    def trace(self) -> Trace: ...

    def end(self, *, method: str, route: str, status: int) -> None: ...


class Serving(Protocol):
    """Begins the span of a request, as a part of the trace it came with, or of a new one."""

    def __call__(self, parent: Trace | None, /) -> ServedSpan: ...
