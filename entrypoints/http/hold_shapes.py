"""Holds in JSON: what is asked for, and what the customer can do with it."""

from collections.abc import Callable
from typing import Annotated, ClassVar, Literal

import attrs
from msgspec import Meta

from application.bookings.continuations import Continuation, ContinuationLinks
from application.kernel.once import Answer
from domain.bookings.booking import Booking
from domain.bookings.inquiry import Inquiry, PaymentWish
from domain.bookings.life import HoldPurpose
from domain.kernel.identifiers import OrganizationId
from domain.kernel.refusals import Invalid
from entrypoints.http.answers import worded
from entrypoints.http.booking_shapes import BookingBody
from entrypoints.http.consent_shapes import AcceptanceInput
from entrypoints.http.reading import Body
from entrypoints.http.refusals import TEXT_OR_NOTHING
from entrypoints.http.shapes import Identifier

Asked = Annotated[
    Literal["payment", "inquiry"],
    Meta(description="An inquiry is held without obligation.", examples=["payment"]),
]
Message = Annotated[str, Meta(max_length=Inquiry.LONGEST_MESSAGE, pattern=TEXT_OR_NOTHING)]
ContinuationToken = Annotated[str, Meta(max_length=100, pattern="^[A-Za-z0-9_-]+$")]
ContinuationUrl = Annotated[
    str, Meta(max_length=400, pattern="^https?://", extra_json_schema={"format": "uri"})
]


@attrs.frozen
class OnlyInquiries(Invalid):
    code: ClassVar[str] = "only_inquiries"
    field: ClassVar[str] = "purpose"

    def __str__(self) -> str:
        return "a payment wish and a message go with an inquiry"


class HoldInput(AcceptanceInput, frozen=True, kw_only=True):
    quote_id: Identifier
    purpose: Asked = "payment"
    payment_wish: PaymentWish | None = None
    message: Message = ""
    block_id: Identifier | None = None

    def inquiry(self) -> Inquiry | None:
        """Raises OnlyInquiries."""
        if self.purpose == "inquiry":
            return Inquiry(payment_wish=self.payment_wish, message=self.message)
        if self.payment_wish or self.message:
            raise OnlyInquiries
        return None


class HeldBody(BookingBody, frozen=True):
    """By `continuation_token` the customer goes on with an inquiry: keep it to them.

    `continuation_url` leads to the page for that, if there is one.
    """

    continuation_token: ContinuationToken | None
    continuation_url: ContinuationUrl | None

    @classmethod
    def held(cls, booking: Booking, token: str | None, url: str | None) -> "HeldBody":
        shown = BookingBody.of(booking)
        members = {name: getattr(shown, name) for name in BookingBody.__struct_fields__}
        return cls(**members, continuation_token=token, continuation_url=url)


HOLD: Body[HoldInput] = Body(
    HoldInput,
    examples={
        "quote": {"quote_id": "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10"},
        "from a block": {
            "quote_id": "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10",
            "block_id": "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a11",
        },
        "inquiry": {
            "quote_id": "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10",
            "purpose": "inquiry",
            "payment_wish": "bank_transfer",
            "message": "We would arrive late.",
        },
    },
)


def held_with(
    links: ContinuationLinks, organization_id: OrganizationId
) -> Callable[[Booking], Answer]:
    def body(booking: Booking) -> HeldBody:
        inquires = booking.purpose is HoldPurpose.INQUIRY
        if not inquires:
            return HeldBody.held(booking, None, None)
        token = links.token(Continuation.of(organization_id, booking))
        return HeldBody.held(booking, token, links.url(token))

    return worded(
        body,
        status=201,
        version=lambda booking: booking.version,
        location=lambda booking: f"/v1/bookings/{booking.id}",
    )
