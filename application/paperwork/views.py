"""What can be seen of papers."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

import attrs

from application.kernel.pages import Page, Slice
from application.paperwork.ports import Printed
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BookingId, OrganizationId, PaperId
from domain.kernel.money import Money
from domain.paperwork.papers import Paper, PaperKind
from domain.paperwork.standing import Settlement, Standing, standing


@attrs.frozen(kw_only=True)
class PaperView:
    """`credited` is what was taken back of an invoice, above zero."""

    paper: Paper
    credited: Money | None = None
    settlement: Settlement | None = None

    def standing(self, *, today: date) -> Standing:
        return standing(
            self.paper, credited=self.credited, settlement=self.settlement, today=today
        )


@attrs.frozen(kw_only=True)
class PaperFilter:
    """None stands for any."""

    kind: PaperKind | None = None
    number: str | None = None


@attrs.frozen(kw_only=True)
class PaperCount:
    """How many papers of a kind were issued in a month, and what they come to in a currency."""

    month: str
    kind: PaperKind
    papers: int
    total: Money | None


class PaperViews(Protocol):
    async def paper(self, actor: Actor, paper_id: PaperId) -> PaperView:
        """Raises PaperNotFound."""
        ...

    async def papers(self, actor: Actor, *, filter: PaperFilter, slice: Slice) -> Page[PaperView]:
        """Oldest first. Raises BadCursor."""
        ...

    async def papers_of(
        self, actor: Actor, booking_id: BookingId, *, kind: PaperKind | None, slice: Slice
    ) -> Page[PaperView]:
        """Those of one booking, oldest first. Raises NothingSold and BadCursor."""
        ...

    async def several(self, actor: Actor, paper_ids: Sequence[PaperId]) -> Sequence[Paper]:
        """Those there are, in the order in which they were issued."""
        ...

    async def printed(self, actor: Actor, paper_id: PaperId) -> Printed | None:
        """None of what was not printed yet."""
        ...

    async def counts(self, actor: Actor, *, year: int) -> Sequence[PaperCount]:
        """By month, kind and currency; in UTC."""
        ...

    async def certificate(self, number: str) -> tuple[OrganizationId, Paper] | None:
        """Whoever's it is, for whoever knows its number."""
        ...
