"""How a product is held and changed, beside what it costs."""

from datetime import timedelta
from typing import ClassVar

import attrs

from domain.bookings.deposits import Deposit
from domain.bookings.life import HoldPurpose
from domain.kernel.identifiers import ResourceId
from domain.kernel.money import Money
from domain.kernel.refusals import Conflict, Invalid


@attrs.frozen
class BadConditions(Invalid):
    code: ClassVar[str] = "bad_conditions"

    def __str__(self) -> str:
        return "a hold lasts a while, and changing costs nothing or something"


@attrs.frozen
class SoldOnRequest(Conflict):
    code: ClassVar[str] = "sold_on_request"
    resource_id: ResourceId

    def __str__(self) -> str:
        return f"{self.resource_id} is sold on request: ask for it alone, in a booking of its own"


@attrs.frozen(kw_only=True)
class Conditions:
    """Sold `on_request`, a booking waits on hold until somebody at the desk has approved of it.

    `held_for` is how long a hold waits for payment, instead of the desk's usual time; a change
    costs `change_fee`, whatever else it costs. With a `terms_version`, nobody books without
    accepting those terms. With a `deposit`, only part of the price is due at once.
    """

    on_request: bool = False
    held_for: timedelta | None = None
    change_fee: Money | None = None
    terms_version: str | None = None
    deposit: Deposit | None = None

    @property
    def purpose(self) -> HoldPurpose:
        """What a hold waits for once the customer has decided."""
        return HoldPurpose.APPROVAL if self.on_request else HoldPurpose.PAYMENT

    def __attrs_post_init__(self) -> None:
        if self.held_for is not None and self.held_for <= timedelta():
            raise BadConditions
        if self.change_fee is not None and self.change_fee.minor < 0:
            raise BadConditions


USUAL_CONDITIONS = Conditions()
