"""Whom to write to."""

import re
from typing import ClassVar

import attrs

from domain.bookings.postcodes import is_postcode, postcode
from domain.kernel.addresses import address, is_address
from domain.kernel.names import LONGEST_NAME, SHORTEST_NAME, is_name, tidied
from domain.kernel.personal import personal
from domain.kernel.phone_numbers import is_phone_number
from domain.kernel.refusals import Invalid

COUNTRY = re.compile("[A-Z]{2}")


@attrs.frozen
class BadEmail(Invalid):
    code: ClassVar[str] = "bad_email"
    field: ClassVar[str] = "contact/email"

    def __str__(self) -> str:
        return "an e-mail address looks like name@example.com"


@attrs.frozen
class BadName(Invalid):
    code: ClassVar[str] = "bad_name"
    field: ClassVar[str] = "contact/name"

    def __str__(self) -> str:
        return f"a name has {SHORTEST_NAME} to {LONGEST_NAME} printable characters"


@attrs.frozen
class BadPhone(Invalid):
    code: ClassVar[str] = "bad_phone"
    field: ClassVar[str] = "contact/phone"

    def __str__(self) -> str:
        return "a phone number looks like +44 20 7946 0958, or like 020 7946 0958 with its country"


@attrs.frozen
class BadPostcode(Invalid):
    code: ClassVar[str] = "bad_postcode"
    field: ClassVar[str] = "contact/postcode"

    def __str__(self) -> str:
        return (
            "that is not a postcode of that country; in the United Kingdom they look like SW1A 1AA"
        )


@attrs.frozen
class BadCountry(Invalid):
    code: ClassVar[str] = "bad_country"
    field: ClassVar[str] = "contact/country"

    def __str__(self) -> str:
        return "a country is named by the two letters of ISO 3166-1, such as GB"


def _capital(country: str) -> str:
    return country.strip().upper()


@attrs.frozen(kw_only=True, repr=False)
class Contact:
    """The person who books, with everything in the form in which it is compared.

    `phone` is in E.164; `country` is where the postcode is.
    """

    name: str = attrs.field(converter=tidied, metadata=personal("to know who books"))
    email: str = attrs.field(converter=address, metadata=personal("to write to them"))
    phone: str | None = attrs.field(default=None, metadata=personal("to call them"))
    postcode: str | None = attrs.field(
        default=None,
        converter=attrs.converters.optional(postcode),
        metadata=personal("to send them paper"),
    )
    country: str | None = attrs.field(default=None, converter=attrs.converters.optional(_capital))

    def __attrs_post_init__(self) -> None:
        if not is_name(self.name):
            raise BadName
        if not is_address(self.email):
            raise BadEmail
        if self.phone is not None and not is_phone_number(self.phone):
            raise BadPhone
        if self.country is not None and not COUNTRY.fullmatch(self.country):
            raise BadCountry
        if self.postcode is not None and not is_postcode(self.postcode, country=self.country):
            raise BadPostcode

    def __repr__(self) -> str:
        """Personal data stays out of logs and tracebacks."""
        return "Contact(…)"


# Who somebody is once nobody knows any longer; mail to `.invalid` goes nowhere (RFC 2606).
NOBODY = Contact(name="Erased", email="erased@erased.invalid")
