"""Whoever was forgotten has no key left that would open what a copy says of them."""

from collections.abc import Sequence

from sqlalchemy import and_, select

from adapters.mapping.sealed_agreements import SEALED
from adapters.readers.verification_checks import Check
from adapters.schema.bookings import bookings
from adapters.schema.data_keys import data_keys


def sealing_checks() -> Sequence[Check]:
    return (_keys_have_something_to_open(),)


def _keys_have_something_to_open() -> Check:
    """Of a booking whose customer was forgotten nothing is sealed any longer."""
    theirs = and_(
        bookings.c.organization_id == data_keys.c.organization_id,
        bookings.c.id == data_keys.c.id,
    )
    return Check(
        name="keys_have_something_to_open",
        question=select(data_keys.c.organization_id, data_keys.c.id.label("subject"))
        .outerjoin_from(data_keys, bookings, theirs)
        .where(bookings.c.agreement[SEALED].as_string().is_(None)),
        detail="has a key and nothing that is sealed: it opens what copies say of the forgotten",
    )
