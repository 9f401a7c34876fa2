"""Waiting lists in JSON."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from application.bookings.views import WaitingPlace
from domain.bookings.waiting import PassedOver, Reason, Rule, WaitingEntry, WaitingState
from domain.kernel.claims import Claim
from entrypoints.http.kinds.registry import RequestBody, request_body
from entrypoints.http.paging import LARGEST_PAGE, Next
from entrypoints.http.shapes import ONE_LINE, ContactBody, Identifier, Moment, Output, Version

MOST_CLAIMS = 1000

Position = Annotated[
    int, Meta(ge=1, le=1_000_000_000, description="From 1, the first.", examples=[1])
]
Times = Annotated[int, Meta(ge=0, le=1_000_000_000, examples=[0])]
Why = Annotated[str, Meta(pattern=ONE_LINE, max_length=500, examples=["The trainer is ill."])]
Units = Annotated[int, Meta(ge=1, le=100_000, examples=[2])]
PoolName = Annotated[
    str,
    Meta(
        max_length=64,
        pattern=ONE_LINE,
        examples=["01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10:2027-05-14"],
    ),
]


class ClaimBody(Output, frozen=True):
    pool_id: PoolName
    units: Units

    @classmethod
    def of(cls, claim: Claim) -> "ClaimBody":
        return cls(pool_id=claim.pool_id, units=claim.units)


class PassedOverBody(Output, frozen=True):
    """A larger party that joined earlier; `times` counts this offer as well."""

    id: Identifier
    times: Times

    @classmethod
    def of(cls, party: PassedOver) -> "PassedOverBody":
        return cls(id=party.waiting_id, times=party.times)


class OfferBody(Output, frozen=True):
    """Why the place was offered to this party and not to another one.

    `first_in_line`: nobody ahead waited for it; `fits_sooner`: those in `passed_over` were ahead,
    but it was too little for them; `saved_up`: this party had been passed over often enough.
    """

    booking_id: Identifier
    rule: Rule
    position: Position
    passed_over: Annotated[Sequence[PassedOverBody], Meta(max_length=100_000)]

    @classmethod
    def of(cls, entry: WaitingEntry, reason: Reason) -> "OfferBody":
        return cls(
            booking_id=entry.booking_id,  # type: ignore[arg-type]
            rule=reason.rule,
            position=reason.position,
            passed_over=[PassedOverBody.of(party) for party in reason.passed_over],
        )


class WaitingEntryBody(Output, frozen=True):
    """`claims` is what the party needs, all of it at once; `saved` is kept for it already.

    An offer is a held booking: confirm it to accept, release it to decline. `called_off` says why
    what was waited for does not take place, if it does not.
    """

    id: Identifier
    version: Version
    state: WaitingState
    resource_id: Identifier
    contact: ContactBody
    request: RequestBody
    claims: Annotated[Sequence[ClaimBody], Meta(max_length=MOST_CLAIMS)]
    joined_at: Moment
    closes_at: Moment
    times_passed_over: Times
    saved: Annotated[Sequence[ClaimBody], Meta(max_length=MOST_CLAIMS)]
    saving_until: Moment | None
    offer: OfferBody | None
    called_off: Why | None

    @classmethod
    def of(cls, entry: WaitingEntry) -> "WaitingEntryBody":
        return cls(
            id=entry.id,
            version=entry.version,
            state=entry.state,
            resource_id=entry.request.resource_id,
            contact=ContactBody.of(entry.request.contact),
            request=request_body(entry.request),
            claims=[ClaimBody.of(claim) for claim in entry.claims],
            joined_at=entry.joined_at,
            closes_at=entry.closes_at,
            times_passed_over=entry.passed,
            saved=[ClaimBody.of(claim) for claim in entry.saved],
            saving_until=entry.saving_until,
            offer=OfferBody.of(entry, entry.reason) if entry.reason else None,
            called_off=entry.called_off,
        )


class WaitingPlaceBody(Output, frozen=True):
    """`position` is null for a party that no longer waits."""

    position: Position | None
    entry: WaitingEntryBody

    @classmethod
    def of(cls, place: WaitingPlace) -> "WaitingPlaceBody":
        return cls(position=place.position, entry=WaitingEntryBody.of(place.entry))


class WaitingPage(Output, frozen=True):
    items: Annotated[Sequence[WaitingPlaceBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None
