"""What customers asked for and were told, and what was killed meanwhile."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import monotonic
from typing import Any
from uuid import uuid4

import attrs

FIRST_ERROR = 300


@attrs.frozen(kw_only=True)
class Told:
    status: int
    body: Mapping[str, Any]
    tag: str | None
    replayed: bool

    @property
    def is_done(self) -> bool:
        return self.status < FIRST_ERROR


@attrs.define(kw_only=True, eq=False)
class Write:
    """One thing, asked for under one key for as long as it takes to get a definite answer."""

    path: str
    body: Mapping[str, Any] | None
    key: str = attrs.field(factory=lambda: str(uuid4()))
    begun_at: float = attrs.field(factory=monotonic)
    tries: int = 0
    told: Told | None = None
    told_at: float = 0.0

    @property
    def is_done(self) -> bool:
        return self.told is not None and self.told.is_done

    @property
    def id(self) -> str:
        """Of what it is about; only once it is done."""
        assert self.told is not None
        return str(self.told.body["id"])

    @property
    def state(self) -> str | None:
        """What it has made of a booking, if it is done."""
        if not self.is_done or self.told is None:
            return None
        about_another = self.path.endswith(("/quotes", "/payments"))
        return None if about_another else str(self.told.body["state"])


@attrs.define(kw_only=True, eq=False)
class Kill:
    victim: str
    at: float
    in_flight: Sequence[Write]
    letters: int
    dead_by: float = 0.0
    recovered_at: float | None = None

    @property
    def cut_off(self) -> int:
        """Writes that were under way and were done in the end, before or after."""
        return sum(write.is_done for write in self.in_flight)


@attrs.define
class Journal:
    writes: list[Write] = attrs.field(factory=list)
    kills: list[Kill] = attrs.field(factory=list)
    in_flight: set[Write] = attrs.field(factory=set)
    paid: set[str] = attrs.field(factory=set)
    """Bookings of which customers were told that they are paid."""
    alive_as_of: float = 0.0
    """When the latest request was sent that has been done."""

    def begin(self, path: str, body: Mapping[str, Any] | None) -> Write:
        write = Write(path=path, body=body)
        self.writes.append(write)
        return write

    @contextmanager
    def sending(self, write: Write) -> Iterator[None]:
        write.tries += 1
        self.in_flight.add(write)
        try:
            yield
        finally:
            self.in_flight.discard(write)

    def answered(self, write: Write, told: Told, *, sent_at: float) -> None:
        write.told, write.told_at = told, monotonic()
        if told.is_done:
            self.alive_as_of = max(self.alive_as_of, sent_at)

    def kill(self, victim: str, *, letters: int) -> Kill:
        kill = Kill(
            victim=victim, at=monotonic(), in_flight=tuple(self.in_flight), letters=letters
        )
        self.kills.append(kill)
        return kill

    def done(self) -> Sequence[Write]:
        return sorted(
            (write for write in self.writes if write.is_done), key=lambda write: write.told_at
        )
