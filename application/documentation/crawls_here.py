"""How the crawls get on that this process reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

import attrs

from application.kernel.ports import Clock


@attrs.define(eq=False)
class Share:
    """Since when each hand reads what it reads, and when something was stored last."""

    clock: Clock
    _reading: dict[UUID, datetime] = attrs.field(factory=dict, init=False)
    _stored_at: datetime | None = attrs.field(default=None, init=False)

    @contextmanager
    def reading(self, lease: UUID) -> Iterator[None]:
        self._reading[lease] = self.clock()
        try:
            yield
        finally:
            del self._reading[lease]

    def stored(self) -> None:
        self._stored_at = self.clock()

    @property
    def quiet_since(self) -> datetime | None:
        """None if nobody reads anything: whoever waits for a host is polite, and not stuck."""
        if not self._reading:
            return None
        begun = min(self._reading.values())
        return begun if self._stored_at is None else max(begun, self._stored_at)


@attrs.define(eq=False)
class CrawlsHere:
    clock: Clock
    _shares: set[Share] = attrs.field(factory=set, init=False)

    @contextmanager
    def share(self) -> Iterator[Share]:
        share = Share(self.clock)
        self._shares.add(share)
        try:
            yield share
        finally:
            self._shares.discard(share)

    def quiet_for(self) -> timedelta:
        """Of the one of which nothing was stored for longest, though pages of it are leased."""
        since = [share.quiet_since for share in self._shares]
        begun = [moment for moment in since if moment is not None]
        return max(self.clock() - min(begun), timedelta()) if begun else timedelta()
