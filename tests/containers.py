"""Containers that are used again: copying all their providers takes longer than most tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import attrs
from dependency_injector import providers

from entrypoints.wiring.container import Container


@attrs.frozen
class Kept:
    """A container, and how often each of its providers was overridden when it was new."""

    container: Container
    overridden: tuple[tuple[providers.Provider[Any], int], ...]

    @classmethod
    def new(cls) -> "Kept":
        container = Container()
        every: tuple[providers.Provider[Any], ...] = tuple(container.traverse())
        return cls(container, tuple((each, len(each.overridden)) for each in every))

    def as_new(self) -> None:
        """Forgets what was put in its place, and all that was made."""
        for provider, times in self.overridden:
            for _ in range(len(provider.overridden) - times):
                provider.reset_last_overriding()
            if isinstance(provider, providers.BaseSingleton):
                provider.reset()


IDLE: list[Kept] = []


@contextmanager
def assembled(**given: Any) -> Iterator[Container]:
    """One that nobody else has meanwhile; whoever gets it closes what it opens."""
    kept = IDLE.pop() if IDLE else Kept.new()
    kept.container.override_providers(**given)
    try:
        yield kept.container
    finally:
        kept.as_new()
        IDLE.append(kept)
