"""What the program is at work on, for whatever it logs meanwhile: identifiers, never content."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

_facts: ContextVar[Mapping[str, str]] = ContextVar("facts", default={})  # noqa: B039 (never changed)


def at_work_on(**facts: str) -> None:
    """Begins something new: what was known of the last thing is no longer told."""
    _facts.set(facts)


def known(**facts: str) -> None:
    """More has become known."""
    _facts.set({**_facts.get(), **facts})


@contextmanager
def for_now(**facts: str) -> Iterator[None]:
    """More is known, until this ends."""
    token = _facts.set({**_facts.get(), **facts})
    try:
        yield
    finally:
        _facts.reset(token)


def facts() -> Mapping[str, str]:
    return _facts.get()
