"""What quotations need from storage, and what may be asked about them."""

from datetime import datetime
from typing import Protocol

import attrs

from application.calls.ports import CallWork
from application.documentation.quoting import QuotedPassages
from application.kernel.pages import Page, Slice
from domain.calls.quotations import Quotation, QuotedSourceState
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId, QuotationId


class Quotations(Protocol):
    def add(self, quotation: Quotation) -> None:
        """Stores it, and publishes that there is one."""
        ...


class QuotationWork(CallWork, Protocol):
    """All that one transaction about quotations may touch."""

    @property
    def quotations(self) -> Quotations: ...

    @property
    def quoted_passages(self) -> QuotedPassages: ...


@attrs.frozen(kw_only=True)
class QuotationShown:
    """`left_at` is when its page ceased to say so, if it says so no longer."""

    quotation: Quotation
    source: QuotedSourceState
    left_at: datetime | None


class QuotationViews(Protocol):
    async def quotations(
        self, actor: Actor, call_id: CallId, *, slice: Slice
    ) -> Page[QuotationShown]:
        """Latest first. Raises CallNotFound."""
        ...

    async def quotation(
        self, actor: Actor, call_id: CallId, quotation_id: QuotationId
    ) -> QuotationShown:
        """Raises CallNotFound or QuotationNotFound."""
        ...
