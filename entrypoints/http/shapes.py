"""JSON shapes that several routes share, and their limits."""

from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

import attrs
from msgspec import Meta, Struct

from domain.bookings.contacts import Contact
from domain.kernel.money import Money
from domain.kernel.refusals import Invalid

MOST_MINOR_UNITS = 10**12

Name = Annotated[str, Meta(min_length=1, max_length=100, examples=["Double room, sea view"])]
Currency = Annotated[str, Meta(pattern="^[A-Z]{3}$", examples=["EUR"])]
ZoneName = Annotated[str, Meta(min_length=1, max_length=64, examples=["Europe/Lisbon"])]
MinorUnits = Annotated[
    int,
    Meta(
        ge=0,
        le=MOST_MINOR_UNITS,
        description="Whole minor units of the currency (ISO 4217): cents, yen, fils.",
        examples=[9900],
    ),
]
Identifier = Annotated[UUID, Meta(examples=["01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10"])]


class Input(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What callers send: members that nobody knows are refused, not ignored."""


class Output(Struct, frozen=True, kw_only=True):
    """What callers get: built member by member, so that nothing leaks unnoticed."""


class MoneyBody(Output):
    minor: Annotated[int, Meta(description="Whole minor units of the currency.", examples=[9900])]
    currency: Currency

    @classmethod
    def of(cls, money: Money) -> "MoneyBody":
        return cls(minor=money.minor, currency=money.currency)


class ContactInput(Input):
    name: Annotated[str, Meta(min_length=2, max_length=100, examples=["Ana Sousa"])]
    email: Annotated[str, Meta(min_length=3, max_length=254, examples=["ana@example.com"])]

    def contact(self) -> Contact:
        return Contact(name=self.name, email=self.email)


class ContactBody(Output):
    name: str
    email: str

    @classmethod
    def of(cls, contact: Contact) -> "ContactBody":
        return cls(name=contact.name, email=contact.email)


@attrs.frozen
class NoOffset(Invalid):
    code: ClassVar[str] = "no_offset"
    parameter: str

    def __str__(self) -> str:
        return f"{self.parameter} needs its offset from UTC, as in 2027-03-04T09:00:00Z"


def aware(moment: datetime | None, parameter: str) -> datetime | None:
    """Raises NoOffset for a time that could mean another moment anywhere else."""
    if moment is not None and moment.tzinfo is None:
        raise NoOffset(parameter)
    return moment
