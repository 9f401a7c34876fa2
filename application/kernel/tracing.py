"""The thread that leads through all that one request sets off, whichever program does it."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
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

    @classmethod
    def kept(cls, text: str | None) -> "Trace | None":
        """As it was written down, without what other systems have noted."""
        if text is None:
            return None
        _, trace_id, span_id, flags = text.split("-")
        return cls(trace_id=trace_id, span_id=span_id, sampled=flags == "01")


_at_hand: ContextVar[Trace | None] = ContextVar("trace", default=None)


def told_of(trace: Trace | None) -> Mapping[str, str]:
    """By which lines of a log are found that belong together."""
    return {} if trace is None else {"trace_id": trace.trace_id}


def trace_at_hand() -> Trace | None:
    """The step that is being taken right now; None where nothing has begun one."""
    return _at_hand.get()


@contextmanager
def at_hand(trace: Trace | None) -> Iterator[Trace | None]:
    token = _at_hand.set(trace)
    try:
        yield trace
    finally:
        _at_hand.reset(token)


class ServedSpan(Protocol):
    """The span of one request, under way."""

    @property
    def trace(self) -> Trace: ...

    def end(self, *, method: str, route: str, status: int) -> None: ...


class Serving(Protocol):
    """Begins the span of a request, as a part of the trace it came with, or of a new one."""

    def __call__(self, parent: Trace | None, /) -> ServedSpan: ...


class Marking(Protocol):
    """Notes in the step that is being taken what the database was asked, once it has answered.

    `took` is in seconds; the text has no values in it.
    """

    def __call__(
        self, *, system: str, operation: str, table: str, text: str, took: float
    ) -> None: ...


class Continuing(Protocol):
    """Takes a further step of the trace of what set it off, or the first of a trace of its own.

    Whatever is done until its end is a part of it.
    """

    def __call__(
        self, name: str, parent: Trace | None, /
    ) -> AbstractContextManager[Trace | None]: ...


def unseen(name: str, parent: Trace | None, /) -> AbstractContextManager[Trace | None]:  # noqa: ARG001
    """Takes no step of its own: what follows goes on from the one that set it off."""
    return at_hand(parent)
