"""Data sources: where records come from, and whether they still do."""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import ClassVar
from urllib.parse import urlsplit

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import DataSourceId
from domain.kernel.refusals import Conflict, NotFound
from domain.kernel.schedules import CronSchedule
from domain.pipelines.source_events import (
    DataSourceAdded,
    DataSourceChanged,
    DataSourceDue,
    DataSourceEvent,
    DataSourceHealthChanged,
    DataSourceStateChanged,
)
from domain.pipelines.source_options import Options, SourceKind
from domain.pipelines.source_refusals import BadConnection

WEB = frozenset({"http", "https"})
HANDED_IN = frozenset({SourceKind.CSV, SourceKind.JSON_LINES})
"""What may be a file that somebody hands in, and has no address then."""
SCHEMES: Mapping[SourceKind, frozenset[str]] = {
    SourceKind.SQL: frozenset({"postgresql", "sqlite"})
}


@attrs.frozen
class DataSourceNotFound(NotFound):
    code: ClassVar[str] = "data_source_not_found"
    data_source_id: DataSourceId

    def __str__(self) -> str:
        return f"no data source {self.data_source_id}"


class DataSourceState(Enum):
    """Draft until it was reached once as it is; only an active one is read."""

    DRAFT = "draft"
    VERIFIED = "verified"
    ACTIVE = "active"
    PAUSED = "paused"
    ARCHIVED = "archived"


@attrs.frozen
class WrongSourceState(Conflict):
    code: ClassVar[str] = "wrong_source_state"
    data_source_id: DataSourceId
    state: str

    def __str__(self) -> str:
        return f"the data source {self.data_source_id} is {self.state}"


class Health(Enum):
    """What the latest attempts say of it: domain/pipelines/attempts.py has the rule."""

    UNKNOWN = "unknown"
    HEALTHY = "healthy"
    DEGRADED = "degraded"
    UNHEALTHY = "unhealthy"


@attrs.frozen(kw_only=True)
class Connection:
    """What it takes to reach it. Without an `address` it is the file that was handed in.

    `credentials` are names of secrets by what they are for, never what is secret.
    """

    kind: SourceKind
    options: Options
    address: str | None = None
    credentials: Mapping[str, str] = attrs.field(factory=dict)
    timeout_seconds: int = 30

    def demand(self) -> None:
        """Raises BadConnection."""
        if self.address is None and self.kind in HANDED_IN and not self.credentials:
            return
        if self.address is None:
            raise BadConnection("an address is missing")
        try:
            parts = urlsplit(self.address)
            host, _ = parts.hostname, parts.port
        except ValueError as error:
            raise BadConnection("the address is none") from error
        if parts.scheme not in SCHEMES.get(self.kind, WEB):
            raise BadConnection("the address is of another kind")
        if "@" in parts.netloc:
            raise BadConnection("credentials are named, not written into the address")
        if host is None and parts.scheme != "sqlite":
            raise BadConnection("the address names no host")


@attrs.frozen(kw_only=True)
class Source:
    """With a `schedule`, whoever reads it is told at `next_due_at`."""

    id: DataSourceId
    name: str
    connection: Connection
    description: str | None = None
    tags: tuple[str, ...] = ()
    schedule: CronSchedule | None = None
    next_due_at: datetime | None = None
    state: DataSourceState = DataSourceState.DRAFT
    health: Health = Health.UNKNOWN
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @property
    def kind(self) -> SourceKind:
        return self.connection.kind

    @property
    def options(self) -> Options:
        return self.connection.options

    @property
    def address(self) -> str | None:
        return self.connection.address

    @property
    def credentials(self) -> Mapping[str, str]:
        return self.connection.credentials

    def added(self, *, now: datetime) -> "Source":
        """Raises BadConnection."""
        self.connection.demand()
        return _told(self, DataSourceAdded(data_source_id=self.id, occurred_at=now))

    def changed(self, *, into: "Source", now: datetime) -> "Source":
        """Reached otherwise, it is a draft again.

        Raises BadConnection, or WrongSourceState if it is archived.
        """
        into.connection.demand()
        self.must_not_be_archived()
        other = into.connection != self.connection
        changed = attrs.evolve(
            into,
            state=DataSourceState.DRAFT if other else self.state,
            health=Health.UNKNOWN if other else self.health,
        )
        return _told(changed, DataSourceChanged(data_source_id=self.id, occurred_at=now))

    def verified(self, *, now: datetime) -> "Source":
        """It was reached as it is."""
        return (
            self
            if self.state is not DataSourceState.DRAFT
            else self._become(DataSourceState.VERIFIED, now=now)
        )

    def activated(self, *, now: datetime) -> "Source":
        """Raises WrongSourceState unless it is verified or paused."""
        self._must_be_one_of(DataSourceState.VERIFIED, DataSourceState.PAUSED)
        return self._become(DataSourceState.ACTIVE, now=now)

    def handed_in(self, *, now: datetime) -> "Source":
        """There is another file. Raises WrongSourceState, or BadConnection for an address."""
        self.must_not_be_archived()
        if self.address is not None or self.kind not in HANDED_IN:
            raise BadConnection("it is read from its address")
        return _told(self, DataSourceChanged(data_source_id=self.id, occurred_at=now))

    def paused(self, *, now: datetime) -> "Source":
        """Raises WrongSourceState unless it is active."""
        self._must_be_one_of(DataSourceState.ACTIVE)
        return self._become(DataSourceState.PAUSED, now=now)

    def asked(self, *, health: Health, now: datetime) -> "Source":
        """It is as well as that; nobody is told but when it changes."""
        if health is self.health:
            return self
        fact = DataSourceHealthChanged(
            data_source_id=self.id, was=self.health.value, health=health.value, occurred_at=now
        )
        return _told(attrs.evolve(self, health=health), fact)

    def archived(self, *, now: datetime) -> "Source":
        """For good. Raises WrongSourceState if it is."""
        self.must_not_be_archived()
        return attrs.evolve(self._become(DataSourceState.ARCHIVED, now=now), next_due_at=None)

    def is_due(self, now: datetime) -> bool:
        return self.next_due_at is not None and self.next_due_at <= now

    def came_due(self, *, next_due_at: datetime | None, now: datetime) -> "Source":
        """Told once a time; what was missed until now is not made up for."""
        due = attrs.evolve(self, next_due_at=next_due_at)
        if self.state is not DataSourceState.ACTIVE:
            return due
        return _told(due, DataSourceDue(data_source_id=self.id, occurred_at=now))

    def must_not_be_archived(self) -> None:
        """Raises WrongSourceState."""
        self._must_be_one_of(
            *(state for state in DataSourceState if state != DataSourceState.ARCHIVED)
        )

    def must_be_active(self) -> None:
        """Raises WrongSourceState."""
        self._must_be_one_of(DataSourceState.ACTIVE)

    def _must_be_one_of(self, *states: DataSourceState) -> None:
        if self.state not in states:
            raise WrongSourceState(self.id, self.state.value)

    def _become(self, state: DataSourceState, *, now: datetime) -> "Source":
        fact = DataSourceStateChanged(
            data_source_id=self.id, was=self.state.value, state=state.value, occurred_at=now
        )
        return _told(attrs.evolve(self, state=state), fact)


def _told(source: Source, fact: DataSourceEvent) -> Source:
    return attrs.evolve(source, events=(*source.events, fact))
