"""JSON shapes that several routes share, and their limits."""

from datetime import datetime
from typing import Annotated, ClassVar
from uuid import UUID

import attrs
from msgspec import Meta, Struct

from domain.bookings.contacts import BadCountry, BadEmail, BadName, BadPhone, BadPostcode, Contact
from domain.kernel.addresses import LONGEST_ADDRESS
from domain.kernel.money import Money
from domain.kernel.periods import YEARS
from domain.kernel.refusals import Invalid, Refusal
from entrypoints.http.phone_numbers import e164

MOST_MINOR_UNITS = 10**12
LARGEST_TOTAL = 10**18
LAST_VERSION = 999_999_999
MOST_UNITS = 100_000
LONGEST_RANGE = 800

# Python's `$` would let a line break follow.
ONE_LINE = r"^[^\x00-\x1f\x7f]+$(?!\n)"

Name = Annotated[
    str, Meta(pattern=ONE_LINE, min_length=1, max_length=100, examples=["Double room, sea view"])
]
PersonName = Annotated[
    str, Meta(pattern=ONE_LINE, min_length=2, max_length=100, examples=["Ana Sousa"])
]
Email = Annotated[
    str,
    Meta(pattern=ONE_LINE, min_length=3, max_length=LONGEST_ADDRESS, examples=["ana@example.com"]),
]
Phone = Annotated[
    str,
    Meta(
        pattern=ONE_LINE,
        min_length=4,
        max_length=40,
        description="As people write it; without a leading +, it is one of `country`.",
        examples=["020 7946 0958"],
    ),
]
BASE64 = r"^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$(?!\n)"
PhoneNumber = Annotated[
    str,
    Meta(
        pattern=r"^\+[1-9][0-9]{6,14}$(?!\n)",
        max_length=16,
        description="E.164.",
        examples=["+442079460958"],
    ),
]
Postcode = Annotated[
    str, Meta(pattern=ONE_LINE, min_length=2, max_length=16, examples=["SW1A 1AA"])
]
Country = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z]{2}$(?!\n)",
        min_length=2,
        max_length=2,
        description="ISO 3166-1, two letters.",
        examples=["GB"],
    ),
]
Label = Annotated[str, Meta(pattern=ONE_LINE, min_length=1, max_length=64, examples=["Cleaning"])]
Currency = Annotated[
    str, Meta(pattern=r"^[A-Z]{3}$(?!\n)", min_length=3, max_length=3, examples=["EUR"])
]
ZoneName = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$(?!\n)",
        min_length=1,
        max_length=64,
        description="Of the IANA database.",
        examples=["Europe/Lisbon"],
    ),
]
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
Version = Annotated[
    int, Meta(ge=1, le=LAST_VERSION, description="Goes up with every change.", examples=[1])
]
Capacity = Annotated[int, Meta(ge=0, le=MOST_UNITS, description="Units.", examples=[12])]
Kind = Annotated[str, Meta(pattern="^[a-z]{1,32}$", max_length=32, examples=["hotel"])]
Part = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9_]*$(?!\n)",
        min_length=1,
        max_length=20,
        description="Of what is sold in parts: a fare class of a flight.",
        examples=["economy"],
    ),
]
UnitLabel = Annotated[
    str,
    Meta(
        pattern=ONE_LINE,
        min_length=1,
        max_length=64,
        description="What the desk knows it by.",
        examples=["AB-12-CD"],
    ),
]
Moment = Annotated[
    datetime,
    Meta(tz=True, description="With its offset from UTC.", examples=["2027-03-04T09:00:00Z"]),
]


class Input(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What callers send: members that nobody knows are refused, not ignored."""


class Output(Struct, frozen=True, kw_only=True):
    """What callers get: built member by member, so that nothing leaks unnoticed."""


@attrs.frozen
class FarOff(Invalid):
    """At the ends of the calendar, times cannot be converted between zones."""

    code: ClassVar[str] = "far_off"
    moment: datetime

    def __str__(self) -> str:
        return f"a time lies between the years {YEARS[0]} and {YEARS[-1]}"


def sensible(moment: datetime | None) -> datetime | None:
    """Raises FarOff."""
    if moment is not None and moment.year not in YEARS:
        raise FarOff(moment)
    return moment


class MoneyBody(Output, frozen=True):
    minor: Annotated[
        int,
        Meta(
            ge=-LARGEST_TOTAL,
            le=LARGEST_TOTAL,
            description="Whole minor units of the currency.",
            examples=[9900],
        ),
    ]
    currency: Currency

    @classmethod
    def of(cls, money: Money) -> "MoneyBody":
        return cls(minor=money.minor, currency=money.currency)


CONTACT_REFUSALS: tuple[type[Refusal], ...] = (
    BadName,
    BadEmail,
    BadPhone,
    BadPostcode,
    BadCountry,
)


class ContactInput(Input, frozen=True):
    name: PersonName
    email: Email
    phone: Phone | None = None
    postcode: Postcode | None = None
    country: Country | None = None

    def contact(self) -> Contact:
        phone = None if self.phone is None else e164(self.phone, country=self.country)
        return Contact(
            name=self.name,
            email=self.email,
            phone=phone,
            postcode=self.postcode,
            country=self.country,
        )


class ContactBody(Output, frozen=True):
    name: PersonName
    email: Email
    phone: PhoneNumber | None
    postcode: Postcode | None
    country: Country | None

    @classmethod
    def of(cls, contact: Contact) -> "ContactBody":
        return cls(
            name=contact.name,
            email=contact.email,
            phone=contact.phone,
            postcode=contact.postcode,
            country=contact.country,
        )
