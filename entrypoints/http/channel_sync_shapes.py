"""Syncs of channels in JSON."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from application.bookings.sync_channel import Synced
from domain.bookings.channels import ChannelHealth
from domain.bookings.syncs import ChannelSync, SyncOutcome
from entrypoints.http.paging import LARGEST_PAGE, Next
from entrypoints.http.shapes import ONE_LINE, Identifier, Input, Moment, Output

Number = Annotated[int, Meta(ge=0, le=2**31, examples=[0])]
Reason = Annotated[str, Meta(pattern=ONE_LINE, max_length=100, examples=["not_found"])]


class SyncInput(Input, frozen=True):
    """With `accept_vanished`, all that is missing from their feed is cancelled."""

    accept_vanished: bool = False


class ChannelSyncBody(Output, frozen=True):
    """Without a `reason` it did not fail.

    Of the events in their feed that are not over: `told` are theirs, `echoes` our own, `stale`
    older than what is known, `unreadable` none that make sense. `waiting` bookings vanished and
    were not cancelled; of `clashing` ones something is sold to somebody else.
    """

    id: Identifier
    at: Moment
    milliseconds: Number
    outcome: SyncOutcome
    reason: Reason | None
    told: Number
    taken: Number
    moved: Number
    cancelled: Number
    clashing: Number
    echoes: Number
    stale: Number
    unreadable: Number
    waiting: Number

    @classmethod
    def of(cls, sync: ChannelSync) -> "ChannelSyncBody":
        counts = sync.counts
        return cls(
            id=sync.id,
            at=sync.at,
            milliseconds=sync.milliseconds,
            outcome=sync.outcome,
            reason=sync.reason,
            told=counts.told,
            taken=counts.taken,
            moved=counts.moved,
            cancelled=counts.cancelled,
            clashing=counts.clashing,
            echoes=counts.echoes,
            stale=counts.stale,
            unreadable=counts.unreadable,
            waiting=counts.waiting,
        )


class SyncedBody(Output, frozen=True):
    health: ChannelHealth
    sync: ChannelSyncBody

    @classmethod
    def of(cls, synced: Synced) -> "SyncedBody":
        return cls(health=synced.channel.health, sync=ChannelSyncBody.of(synced.sync))


class ChannelSyncPage(Output, frozen=True):
    items: Annotated[Sequence[ChannelSyncBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None
