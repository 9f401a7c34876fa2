"""What records are read from."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Protocol

import attrs

from domain.kernel.identifiers import DataSourceId, OrganizationId
from domain.pipelines.source_options import SourceKind
from domain.pipelines.sources import Connection

JsonValue = str | int | float | bool | None | list["JsonValue"] | dict[str, "JsonValue"]
Record = Mapping[str, JsonValue]
"""One row of the source."""

Cursor = Mapping[str, str | int | None]
"""Where a page begins; saved by the run in the transaction of the rows before it."""


class SourceTrouble(Exception):
    """Says why, in a word of the port: never what is secret, nor what a record says."""


@attrs.frozen
class SourceUnavailable(SourceTrouble):
    """It may go better later, not before `retry_after` if that is known."""

    reason: str
    retry_after: timedelta | None = None

    def __str__(self) -> str:
        return self.reason


@attrs.frozen
class SourceRefused(SourceTrouble):
    """It will not go better by itself: an address inside, a wrong password, a missing table."""

    reason: str

    def __str__(self) -> str:
        return self.reason


@attrs.frozen
class BadRecordsAt(SourceTrouble):
    """From there on nothing can be read: `at` says where, as a person would look for it."""

    reason: str
    at: str

    def __str__(self) -> str:
        return f"{self.reason} at {self.at}"


@attrs.frozen(kw_only=True)
class BadRecord:
    """One that cannot be read, between others that can: for quarantine.

    `key` is what the source calls it, where that much can be read.
    """

    at: str
    reason: str
    key: str | None = None


@attrs.frozen(kw_only=True)
class SourcePage:
    """`next` is where the next page begins; None says that this was the last.

    `later` is where a later run begins that only wants what is new: after this page, if the source
    can tell; None begins at the beginning. A source that is `unchanged` sent nothing, and has
    whatever it had.
    """

    records: Sequence[Record]
    next: Cursor | None
    bad: Sequence[BadRecord] = ()
    later: Cursor | None = None
    unchanged: bool = False


@attrs.frozen(kw_only=True)
class Verdict:
    """What came of really connecting. The difference is positive if their clock is ahead."""

    reachable: bool
    version: str | None = None
    clock_difference_ms: int | None = None
    detail: str | None = None


@attrs.frozen(kw_only=True)
class Origin:
    """A source as a connector needs it: whose it is says which secrets and files are meant."""

    organization_id: OrganizationId
    id: DataSourceId
    connection: Connection


class Connector(Protocol):
    async def validate(self, source: Origin, /, *, within: timedelta) -> Verdict:
        """Really connects, to that source and as it is, and gives up in time. Raises nothing."""
        ...

    async def page(self, source: Origin, after: Cursor | None, /, *, limit: int) -> SourcePage:
        """At most `limit` records, from the beginning or from where another page ended.

        Asked twice with one cursor it answers from one place: nothing is lost, and what comes
        again is what had come. Raises SourceTrouble.
        """
        ...


class Connectors(Protocol):
    def of(self, kind: SourceKind, /) -> Connector: ...
