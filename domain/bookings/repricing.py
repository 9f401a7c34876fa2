"""What stays as it was agreed when a booking changes."""

from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from domain.bookings.price import LineKind, Price, PriceLine
from domain.bookings.requests import Charge

Key = tuple[str, str | None, date | None]


def at_agreed_prices(charges: Iterable[Charge], agreed: Price) -> tuple[Charge, ...]:
    """As many units a day as were sold before keep their price; those beyond cost today's."""
    sold = {_key(line): line for line in agreed.lines if line.kind is LineKind.CHARGE}
    return tuple(part for charge in charges for part in _parts(charge, sold.get(_key(charge))))


def _key(of: Charge | PriceLine) -> Key:
    return of.label, of.rate, of.day


def _parts(charge: Charge, sold: PriceLine | None) -> Iterator[Charge]:
    kept = min(charge.units, sold.units) if sold else 0
    if sold and kept:
        yield attrs.evolve(charge, units=kept, agreed=sold.unit_price)
    if charge.units > kept:
        yield attrs.evolve(charge, units=charge.units - kept)
