"""Routes for customers with a link to their inquiry; its token stands in for a key.

It is sent in the body: addresses end up in the logs of whoever stands between.
"""

import attrs
from litestar import Response, Router, post
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from application.bookings.continuations import (
    ContinuationLinks,
    LinkExpired,
    LinksNotSetUp,
    NoSuchLink,
)
from application.bookings.continue_booking import ContinueBooking
from application.bookings.views import BookingViews
from application.identity.ports import OrganizationViews
from application.kernel.ports import Clock, UseCase
from domain.bookings.booking import Booking
from domain.bookings.continuing import NoInquiry
from domain.bookings.life import BookingNotFound, HoldExpired, NotHeld
from domain.identity.organizations import OrganizationDeactivated, OrganizationNotFound
from domain.kernel.actors import Actor, OrganizationSuspended
from domain.kernel.identifiers import BookingId
from entrypoints.http.answers import answer, respond
from entrypoints.http.booking_shapes import BookingBody
from entrypoints.http.booking_steps import AnyRequest, changed
from entrypoints.http.hold_shapes import ContinuationToken
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.reading import Body
from entrypoints.http.shapes import Input

Links = NamedDependency[SkipValidation[ContinuationLinks]]
Now = NamedDependency[SkipValidation[Clock]]

Owners = NamedDependency[SkipValidation[OrganizationViews]]


class ContinuationInput(Input, frozen=True):
    token: ContinuationToken


TOKEN: Body[ContinuationInput] = Body(
    ContinuationInput,
    examples={"from the link": {"token": "AZIPbl87fDqcCi9rj28qEAGSD25fO3w6nAovK4-vKhA"}},
)
LINK = (
    NoSuchLink,
    LinkExpired,
    LinksNotSetUp,
    BookingNotFound,
    OrganizationNotFound,
    OrganizationDeactivated,
)


@attrs.frozen
class _Link:
    """What a link is about, and its customer as far as the organization lets them."""

    booking_id: BookingId
    customer: Actor


async def _read(
    links: ContinuationLinks, token: str, clock: Clock, views: OrganizationViews
) -> _Link:
    continuation = links.read(token)
    continuation.must_be_good(now=clock())
    organization = await views.organization(continuation.customer)
    return _Link(continuation.booking_id, organization.status.admitted(continuation.customer))


@post(
    "/v1/continuations/read",
    status_code=200,
    opt=Operation(
        tag="continuations", needs=None, body=TOKEN, shows=BookingBody, refuses=LINK
    ).opt,
)
async def read_continuation(
    request: AnyRequest,
    continuation_links: Links,
    clock: Now,
    organization_views: Owners,
    booking_views: NamedDependency[SkipValidation[BookingViews]],
) -> Response[bytes]:
    """The booking that the link is about."""
    data = await TOKEN.of(request)
    link = await _read(continuation_links, data.token, clock, organization_views)
    booking = await booking_views.booking(link.customer, link.booking_id)
    return respond(answer(BookingBody.of(booking), version=booking.version))


@post(
    "/v1/continuations/continue",
    status_code=200,
    opt=Operation(
        tag="continuations",
        needs=None,
        sends=(IDEMPOTENCY_KEY,),
        body=TOKEN,
        shows=BookingBody,
        refuses=(*LINK, OrganizationSuspended, NotHeld, HoldExpired, NoInquiry),
    ).opt,
)
async def continue_booking(
    request: AnyRequest,
    continuation_links: Links,
    clock: Now,
    organization_views: Owners,
    continue_booking: NamedDependency[SkipValidation[UseCase[ContinueBooking, Booking]]],
) -> Response[bytes]:
    """Go on with an inquiry.

    Its hold now waits for payment, until `expires_at`, or to be approved of first.
    """
    data = await TOKEN.of(request)
    key = await IdempotencyKey.of(request)
    link = await _read(continuation_links, data.token, clock, organization_views)
    booking = await continue_booking(
        ContinueBooking(
            actor=link.customer, booking_id=link.booking_id, version=None, once=key.once(changed)
        )
    )
    return respond(changed(booking))


router = Router("/", route_handlers=[read_continuation, continue_booking])
