"""Telephone numbers that can be had, in JSON."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from application.calls.number_market import NumberKind, NumberOffer, NumberWish
from domain.calls.desk_numbers import Capability, RingsFor
from entrypoints.http.desk_number_shapes import NumberLabel, RingsForInput
from entrypoints.http.shapes import ONE_LINE, Country, Input, Output, PhoneNumber

MOST = 50

Digits = Annotated[
    str,
    Meta(
        pattern=r"^[0-9]{2,10}$(?!\n)",
        max_length=10,
        description="Digits that the number has, one after the other.",
        examples=["794"],
    ),
]
Place = Annotated[str, Meta(pattern=ONE_LINE, max_length=100, examples=["London"])]

PURCHASE = {
    "number": "+442079460001",
    "label": "Reservations",
    "rings_for": {"department": "reservations", "template": "sales"},
}


class NumberQuery(Input, frozen=True, kw_only=True):
    country: Country
    kind: NumberKind = NumberKind.LOCAL
    contains: Digits | None = None
    capability: Capability = Capability.VOICE
    limit: Annotated[
        int, Meta(ge=1, le=MOST, description="How many at the most.", examples=[10])
    ] = 20

    def wish(self) -> NumberWish:
        return NumberWish(
            country=self.country.upper(),
            kind=self.kind,
            contains=self.contains,
            capabilities=(self.capability,),
            limit=self.limit,
        )


class NumberOfferBody(Output, frozen=True):
    """It is nobody's yet, and may be somebody else's by the time it is bought."""

    number: PhoneNumber
    country: Country
    kind: NumberKind
    capabilities: Annotated[Sequence[Capability], Meta(max_length=4)]
    locality: Place | None
    region: Place | None

    @classmethod
    def of(cls, offer: NumberOffer) -> "NumberOfferBody":
        return cls(
            number=offer.number,
            country=offer.country,
            kind=offer.kind,
            capabilities=offer.capabilities,
            locality=offer.locality,
            region=offer.region,
        )


class NumberOffersBody(Output, frozen=True):
    items: Annotated[Sequence[NumberOfferBody], Meta(max_length=MOST)]


class PurchaseInput(Input, frozen=True, kw_only=True):
    number: PhoneNumber
    label: NumberLabel
    rings_for: RingsForInput | None = None

    def who_is_rung(self) -> RingsFor:
        return RingsFor() if self.rings_for is None else self.rings_for.rings_for()
