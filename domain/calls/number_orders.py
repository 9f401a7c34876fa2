"""Telephone numbers that are bought of whoever carries the calls, and released there."""

from datetime import datetime
from typing import ClassVar

import attrs

from domain.calls.desk_numbers import (
    Capability,
    DeskNumber,
    DeskNumberEvent,
    NumberStatus,
    NumberTerms,
    Order,
    Ordered,
    PhoneNumberNotBought,
)
from domain.kernel.events import SecurityEvent
from domain.kernel.identifiers import DeskNumberId


@attrs.frozen(kw_only=True)
class PhoneNumberOrdered(DeskNumberEvent, SecurityEvent):
    """`ordered` is `purchase` or `release`."""

    name: ClassVar[str] = "phone_number_ordered"
    ordered: str


@attrs.frozen(kw_only=True)
class PhoneNumberOrderSettled(DeskNumberEvent, SecurityEvent):
    """`done` is false for what was refused, or was never heard of where it was asked for."""

    name: ClassVar[str] = "phone_number_order_settled"
    ordered: str
    done: bool


def order(
    id: DeskNumberId, number: str, terms: NumberTerms, *, provider: str, now: datetime
) -> DeskNumber:
    """Nobody is called at it before it is known to be bought. Raises BadPhoneNumber."""
    pending = attrs.evolve(terms, status=NumberStatus.PENDING, primary=False)
    return _asking(DeskNumber.add(id, number, pending, provider=provider, now=now), now=now)


def order_again(number: DeskNumber, *, now: datetime) -> DeskNumber:
    return _asking(number, now=now)


def is_being_bought(number: DeskNumber) -> bool:
    return number.order is not None and number.order.what is Ordered.PURCHASE


def is_being_released(number: DeskNumber) -> bool:
    return number.order is not None and number.order.what is Ordered.RELEASE


def bought(
    number: DeskNumber, reference: str, capabilities: tuple[Capability, ...], *, now: datetime
) -> DeskNumber:
    """One that is known to be bought stays as it is."""
    if not is_being_bought(number):
        return number
    good_for = capabilities or number.terms.capabilities
    active = attrs.evolve(number.terms, status=NumberStatus.ACTIVE, capabilities=good_for)
    settled = _settled(number, Ordered.PURCHASE, done=True, now=now)
    return attrs.evolve(settled, terms=active, reference=reference)


def not_bought(number: DeskNumber, *, now: datetime) -> DeskNumber:
    """It is taken off the list, as if nobody had wanted it."""
    if not is_being_bought(number):
        return number
    return _settled(number, Ordered.PURCHASE, done=False, now=now).delete(now=now)


def let_go(number: DeskNumber, *, now: datetime) -> DeskNumber:
    """To be released where it was bought. Raises PhoneNumberNotBought."""
    if is_being_released(number):
        return number
    if number.reference is None:
        raise PhoneNumberNotBought(number.id)
    asked = PhoneNumberOrdered(
        desk_number_id=number.id, ordered=Ordered.RELEASE.value, occurred_at=now
    )
    order = Order(Ordered.RELEASE, asked_at=now)
    return attrs.evolve(number, order=order, events=(*number.events, asked))


def released(number: DeskNumber, *, now: datetime) -> DeskNumber:
    if not is_being_released(number):
        return number
    terms = attrs.evolve(number.terms, status=NumberStatus.RELEASED, primary=False)
    settled = _settled(number, Ordered.RELEASE, done=True, now=now)
    return attrs.evolve(settled, terms=terms, reference=None)


def not_released(number: DeskNumber, *, now: datetime) -> DeskNumber:
    if not is_being_released(number):
        return number
    return _settled(number, Ordered.RELEASE, done=False, now=now)


def _asking(number: DeskNumber, *, now: datetime) -> DeskNumber:
    asked = PhoneNumberOrdered(
        desk_number_id=number.id, ordered=Ordered.PURCHASE.value, occurred_at=now
    )
    order = Order(Ordered.PURCHASE, asked_at=now)
    return attrs.evolve(number, order=order, events=(*number.events, asked))


def _settled(number: DeskNumber, what: Ordered, *, done: bool, now: datetime) -> DeskNumber:
    settled = PhoneNumberOrderSettled(
        desk_number_id=number.id, ordered=what.value, done=done, occurred_at=now
    )
    return attrs.evolve(number, order=None, events=(*number.events, settled))
