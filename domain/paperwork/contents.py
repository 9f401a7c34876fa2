"""What papers say. It is frozen when a paper is issued, and printed from that ever after."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Self

import attrs

from domain.kernel.identifiers import BookingId, PaymentId
from domain.kernel.money import Money, total
from domain.kernel.periods import Zone
from domain.kernel.personal import personal


@attrs.frozen(kw_only=True)
class Issuer:
    """Whose papers they are, as the law wants it said on them."""

    name: str
    address: str = ""
    tax_number: str = ""
    email: str = attrs.field(default="", metadata=personal("where customers write to a desk"))
    phone: str = attrs.field(default="", metadata=personal("where customers call a desk"))
    bank_account: str = ""


@attrs.frozen(kw_only=True)
class Recipient:
    name: str = attrs.field(repr=False, metadata=personal("whom a paper is for"))
    email: str = attrs.field(repr=False, metadata=personal("where a paper is sent"))


NOBODY = Recipient(name="Erased", email="")
"""Of whom it is no longer known who they were."""


@attrs.frozen(kw_only=True)
class Content:
    """`reference` is that of the booking."""

    issuer: Issuer
    recipient: Recipient
    reference: str
    title: str
    starts_at: datetime
    ends_at: datetime
    zone: Zone

    def erased(self) -> Self:
        """The same of nobody in particular."""
        return attrs.evolve(self, recipient=NOBODY)

    @property
    def amount(self) -> Money | None:
        """What it is about, if it is about money."""
        return None


@attrs.frozen(kw_only=True)
class Voucher(Content):
    """What whoever comes with it is promised."""

    kind: str
    attendees: tuple[str, ...] = attrs.field(
        default=(), repr=False, metadata=personal("who may come")
    )
    promised: tuple[str, ...] = ()

    def erased(self) -> Self:
        return attrs.evolve(super().erased(), attendees=_nobodies(self.attendees))


@attrs.frozen(kw_only=True)
class BillLine:
    """`amount` is `units` times `unit_price`."""

    label: str
    day: date | None = None
    units: int = 1
    unit_price: Money
    amount: Money


@attrs.frozen(kw_only=True)
class BillTax:
    """`included` says that the lines contain it already. The rate of one that is added to them is
    not always known.
    """

    name: str
    basis_points: int | None
    included: bool
    amount: Money


@attrs.frozen(kw_only=True)
class BillPart:
    """What an invoice for several bookings asks for one of them. Nothing in it says whose that is,
    which is sealed with a key of its own.
    """

    booking_id: BookingId
    reference: str
    title: str
    starts_at: datetime
    ends_at: datetime
    lines: tuple[BillLine, ...]
    taxes: tuple[BillTax, ...]
    total: Money


@attrs.frozen(kw_only=True)
class Bill(Content):
    """An invoice, or what takes back some of it: then it `corrects` the one of that number, and
    all amounts are below zero. One for several bookings has a part for each.
    """

    attendees: tuple[str, ...] = attrs.field(
        default=(), repr=False, metadata=personal("whom an invoice is about")
    )
    lines: tuple[BillLine, ...]
    taxes: tuple[BillTax, ...] = ()
    total: Money
    due_on: date | None = None
    corrects: str = ""
    reason: str = ""
    parts: tuple[BillPart, ...] = ()

    @property
    def amount(self) -> Money:
        return self.total

    @property
    def net(self) -> Money:
        """Without any tax."""
        taxes = total([tax.amount for tax in self.taxes], currency=self.total.currency)
        return self.total - taxes

    def asked_for(self, booking_id: BookingId) -> Money:
        """Of an invoice for several bookings, the part for one of them."""
        parts = (part.total for part in self.parts if part.booking_id == booking_id)
        return next(parts, self.total)

    def erased(self) -> Self:
        return attrs.evolve(super().erased(), attendees=_nobodies(self.attendees))

    def asks_the_same(self, other: "Bill") -> bool:
        """For the same money, for the same things."""
        return (self.lines, self.taxes, self.total) == (other.lines, other.taxes, other.total)


@attrs.frozen(kw_only=True)
class Receipt(Content):
    """That money came; `method` says how. `payment_id` is what it came with."""

    received: Money
    received_on: date
    method: str
    payment_id: PaymentId

    @property
    def amount(self) -> Money:
        return self.received


@attrs.frozen(kw_only=True)
class Certificate(Content):
    """That somebody took part. `url` is where everybody can see whether it is good.

    `place` is the number of the attendee within the booking. It is good until the end of
    `expires_on`.
    """

    place: int
    level: str = ""
    trainer: str = attrs.field(default="", repr=False, metadata=personal("who taught"))
    completed_on: date
    expires_on: date
    url: str


def _nobodies(people: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"Erased {number}" for number in range(1, len(people) + 1))
