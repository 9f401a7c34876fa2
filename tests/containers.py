"""Containers that are used again: copying all their providers takes longer than most tests."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import attrs
from dependency_injector import providers

from entrypoints.wiring.container import Container

Given = tuple[Any, tuple[Any, ...], dict[str, Any]]


@attrs.frozen
class Was:
    """A provider as it was when it was new."""

    provider: providers.Provider[Any]
    overridden: int
    given: Given | None

    @classmethod
    def seen(cls, provider: providers.Provider[Any]) -> "Was":
        made = isinstance(provider, providers.BaseSingleton)
        return cls(provider, len(provider.overridden), _given(provider) if made else None)

    def restore(self) -> None:
        provider = self.provider
        for _ in range(len(provider.overridden) - self.overridden):
            provider.reset_last_overriding()
        if not isinstance(provider, providers.BaseSingleton) or self.given is None:
            return
        if _given(provider) != self.given:
            provides, args, kwargs = self.given
            provider.set_provides(provides).set_args(*args).set_kwargs(**kwargs)
        provider.reset()


def _given(provider: Any) -> Given:
    return provider.provides, provider.args, provider.kwargs


@attrs.frozen
class Kept:
    container: Container
    every: Sequence[Was]

    @classmethod
    def new(cls) -> "Kept":
        container = Container()
        return cls(container, list(map(Was.seen, container.traverse())))

    def as_new(self) -> None:
        """Forgets what was put in its place, and all that was made."""
        for each in self.every:
            each.restore()


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
