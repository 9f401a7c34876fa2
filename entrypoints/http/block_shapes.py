"""Blocks in JSON."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from msgspec import Meta

from application.bookings.block_views import BlockFilter
from domain.bookings.blocks import Block, BlockState
from domain.kernel.identifiers import ResourceId
from domain.kernel.periods import DateRange
from entrypoints.http.paging import LARGEST_PAGE, Next, PageQuery
from entrypoints.http.shapes import (
    ContactBody,
    ContactInput,
    Identifier,
    Input,
    Moment,
    Output,
    Part,
    Version,
)
from entrypoints.http.waiting_shapes import MOST_CLAIMS, ClaimBody, Units

LONGEST_BLOCK = 366

Note = Annotated[
    str,
    Meta(max_length=Block.LONGEST_NOTE, pattern=r"^[^\x00]*$", examples=["May group"]),
]

GROUP = {
    "resource_id": "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10",
    "from": "2027-05-01",
    "until": "2027-05-08",
    "units": 10,
    "contact": {"name": "Ana Sousa", "email": "ana@example.com"},
    "note": "May group",
    "release_at": "2027-04-01T00:00:00Z",
}


class BlockInput(Input, frozen=True, rename={"first": "from"}):
    """Dates only for what is sold by the day; `units` are set aside of each pool."""

    resource_id: Identifier
    units: Units
    contact: ContactInput
    release_at: Moment
    first: date | None = None
    until: date | None = None
    part: Part | None = None
    note: Note = ""

    def dates(self) -> DateRange | None:
        """Raises BadDates where one end is missing or they are the wrong way round."""
        ends = [day for day in (self.first, self.until) if day is not None]
        return DateRange.of_at_most(LONGEST_BLOCK, ends[0], ends[-1]) if ends else None


class BlockReleaseInput(Input, frozen=True):
    """Without `units`, all that is left."""

    units: Units | None = None


class BlockQuery(PageQuery, frozen=True):
    resource_id: Identifier | None = None
    state: BlockState | None = None

    def filter(self) -> BlockFilter:
        return BlockFilter(
            resource_id=None if self.resource_id is None else ResourceId(self.resource_id),
            state=self.state,
        )


class BlockBody(Output, frozen=True):
    """`claims` is what was set aside, `left` what can still be drawn."""

    id: Identifier
    version: Version
    state: BlockState
    resource_id: Identifier
    contact: ContactBody
    note: Note
    claims: Annotated[Sequence[ClaimBody], Meta(max_length=MOST_CLAIMS)]
    left: Annotated[Sequence[ClaimBody], Meta(max_length=MOST_CLAIMS)]
    release_at: Moment

    @classmethod
    def of(cls, block: Block) -> "BlockBody":
        return cls(
            id=block.id,
            version=block.version,
            state=block.state,
            resource_id=block.resource_id,
            contact=ContactBody.of(block.contact),
            note=block.note,
            claims=[ClaimBody.of(claim) for claim in block.claims],
            left=[ClaimBody.of(claim) for claim in block.left],
            release_at=block.release_at,
        )


class BlockPage(Output, frozen=True):
    items: Annotated[Sequence[BlockBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None
