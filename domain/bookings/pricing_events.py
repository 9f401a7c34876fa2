"""What other features may know about what things cost."""

from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import DiscountCodeId, ResourceId


@attrs.frozen(kw_only=True)
class SalesTermsSet(Event):
    """Quotes to come are made on other terms."""

    name: ClassVar[str] = "sales_terms_set"
    resource_id: ResourceId

    @property
    def subject(self) -> UUID:
        return self.resource_id


@attrs.frozen(kw_only=True)
class DiscountCodeEvent(Event):
    discount_code_id: DiscountCodeId
    discount_code: str

    @property
    def subject(self) -> UUID:
        return self.discount_code_id


@attrs.frozen(kw_only=True)
class DiscountCodeCreated(DiscountCodeEvent):
    name: ClassVar[str] = "discount_code_created"


@attrs.frozen(kw_only=True)
class DiscountCodeChanged(DiscountCodeEvent):
    name: ClassVar[str] = "discount_code_changed"
    active: bool
