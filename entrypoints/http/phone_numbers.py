"""Phone numbers as people write them, in the one form in which they are kept."""

import phonenumbers

from domain.bookings.contacts import BadPhone


def e164(written: str, *, country: str | None) -> str:
    """`020 7946 0958` of GB as `+442079460958`. Raises BadPhone.

    Without a country the number begins with that of its own: `+44 20 …`.
    """
    try:
        number = phonenumbers.parse(written, country and country.upper())
    except phonenumbers.NumberParseException:
        raise BadPhone from None
    # An extension has no place in E.164, and a call without it would reach somebody else.
    if number.extension or not phonenumbers.is_valid_number(number):
        raise BadPhone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
