"""Discount codes: what a customer types in, and what it is good for."""

from datetime import datetime
from typing import ClassVar

import attrs

from domain.bookings.discounts import Discount, FixedAmount, Worth
from domain.bookings.pricing_events import DiscountCodeChanged, DiscountCodeCreated
from domain.kernel.claims import Claim, uses_pool
from domain.kernel.events import Event
from domain.kernel.identifiers import DiscountCodeId, PoolId, ResourceId
from domain.kernel.money import Money
from domain.kernel.refusals import Conflict, Invalid, NotFound


@attrs.frozen
class DiscountCodeNotFound(NotFound):
    code: ClassVar[str] = "discount_code_not_found"
    discount_code_id: DiscountCodeId

    def __str__(self) -> str:
        return f"no discount code {self.discount_code_id}"


@attrs.frozen
class DiscountCodeTaken(Conflict):
    code: ClassVar[str] = "discount_code_taken"
    discount_code: str

    def __str__(self) -> str:
        return f"there is a discount code {self.discount_code} already"


@attrs.frozen
class BadDiscountCode(Invalid):
    code: ClassVar[str] = "bad_discount_code"

    def __str__(self) -> str:
        return (
            "a discount code takes off either percents or an amount, in the currency of its "
            "minimum; it is valid for a while and good for one booking at least"
        )


@attrs.frozen
class UnknownDiscountCode(Invalid):
    code: ClassVar[str] = "unknown_discount_code"
    field: ClassVar[str] = "discount_code"
    discount_code: str

    def __str__(self) -> str:
        return f"there is no discount code {self.discount_code}"


@attrs.frozen
class DiscountNotYetValid(Conflict):
    code: ClassVar[str] = "discount_not_yet_valid"
    discount_code: str
    valid_from: datetime

    def __str__(self) -> str:
        return f"{self.discount_code} is valid from {self.valid_from.isoformat()} on"


@attrs.frozen
class DiscountNoLongerValid(Conflict):
    code: ClassVar[str] = "discount_no_longer_valid"
    discount_code: str

    def __str__(self) -> str:
        return f"{self.discount_code} is no longer valid"


@attrs.frozen
class DiscountBelowMinimum(Conflict):
    code: ClassVar[str] = "discount_below_minimum"
    discount_code: str
    minimum: Money

    def __str__(self) -> str:
        return f"{self.discount_code} is for charges of {self.minimum} and more"


@attrs.frozen
class DiscountInOtherCurrency(Conflict):
    code: ClassVar[str] = "discount_in_other_currency"
    discount_code: str
    currency: str

    def __str__(self) -> str:
        return f"{self.discount_code} is for prices in {self.currency}"


@attrs.frozen
class DiscountNotForThis(Conflict):
    code: ClassVar[str] = "discount_not_for_this"
    discount_code: str

    def __str__(self) -> str:
        return f"{self.discount_code} is for other offers"


@attrs.frozen(kw_only=True)
class CodeTerms:
    """Valid from one moment until just before another; good for `limit` bookings at a time.

    With `resource_ids` or `kinds`, only for those. The minimum is of the charges, before any
    discount and without fees.
    """

    worth: Worth
    minimum: Money | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    limit: int | None = None
    resource_ids: tuple[ResourceId, ...] = ()
    kinds: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        ends = [moment for moment in (self.valid_from, self.valid_until) if moment is not None]
        if len(self.currencies) > 1 or len(set(ends)) < len(ends) or ends != sorted(ends):
            raise BadDiscountCode
        if (self.limit is not None and self.limit < 1) or (
            self.minimum is not None and self.minimum.minor < 0
        ):
            raise BadDiscountCode

    @property
    def currencies(self) -> frozenset[str]:
        """The one it is in, unless it is good for any."""
        amounts = [self.worth.amount] if isinstance(self.worth, FixedAmount) else []
        amounts += [self.minimum] if self.minimum is not None else []
        return frozenset(amount.currency for amount in amounts)


@attrs.frozen(kw_only=True)
class DiscountCode:
    """`code` is kept in capital letters and digits, and never changes."""

    UNLIMITED: ClassVar[int] = 1_000_000_000

    id: DiscountCodeId
    code: str
    terms: CodeTerms
    active: bool = True
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def create(
        cls, id: DiscountCodeId, code: str, terms: CodeTerms, *, now: datetime
    ) -> "DiscountCode":
        created = DiscountCodeCreated(discount_code_id=id, discount_code=code, occurred_at=now)
        return cls(id=id, code=code, terms=terms, events=(created,))

    @property
    def pool_id(self) -> PoolId:
        return uses_pool(self.code)

    @property
    def capacity(self) -> int:
        """Uses are counted even where nobody limits them: a limit may come later."""
        return self.UNLIMITED if self.terms.limit is None else self.terms.limit

    @property
    def one_use(self) -> Claim:
        return Claim(self.pool_id, 1)

    def change(self, terms: CodeTerms, *, active: bool, now: datetime) -> "DiscountCode":
        """For quotes to come; what has been quoted with it is sold as quoted."""
        changed = DiscountCodeChanged(
            discount_code_id=self.id, discount_code=self.code, active=active, occurred_at=now
        )
        return attrs.evolve(self, terms=terms, active=active, events=(*self.events, changed))

    def must_be_valid(self, *, now: datetime) -> None:
        """Raises DiscountNotYetValid or DiscountNoLongerValid."""
        terms = self.terms
        if not self.active or (terms.valid_until is not None and now >= terms.valid_until):
            raise DiscountNoLongerValid(self.code)
        if terms.valid_from is not None and now < terms.valid_from:
            raise DiscountNotYetValid(self.code, terms.valid_from)

    def discount_on(self, charged: Money, *, resource_id: ResourceId, kind: str) -> Discount:
        """What it takes off those charges. Raises why it does not."""
        terms = self.terms
        if (terms.resource_ids and resource_id not in terms.resource_ids) or (
            terms.kinds and kind not in terms.kinds
        ):
            raise DiscountNotForThis(self.code)
        for currency in terms.currencies - {charged.currency}:
            raise DiscountInOtherCurrency(self.code, currency)
        if terms.minimum is not None and charged < terms.minimum:
            raise DiscountBelowMinimum(self.code, terms.minimum)
        return Discount(label=f"code {self.code}", worth=terms.worth)
