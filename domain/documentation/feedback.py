"""What people say of a passage that was found."""

from datetime import datetime
from typing import ClassVar

import attrs

from domain.kernel.identifiers import ActorId, FeedbackId, PageId, PassageId
from domain.kernel.personal import personal
from domain.kernel.refusals import NotFound

LEAST_RATING, BEST_RATING = 1, 5


@attrs.frozen
class PassageNotFound(NotFound):
    code: ClassVar[str] = "passage_not_found"
    passage_id: PassageId

    def __str__(self) -> str:
        return f"there is no passage {self.passage_id}"


@attrs.frozen(kw_only=True)
class Feedback:
    """`url` is where the passage stood: it says so still when the passage is gone.

    `asked` are the words by which it was found, if they were told.
    """

    id: FeedbackId
    passage_id: PassageId
    page_id: PageId
    url: str
    given_by: ActorId
    given_at: datetime
    relevant: bool
    rating: int | None = None
    asked: str | None = None
    comment: str | None = attrs.field(
        default=None, metadata=personal("to know what is wrong with a passage")
    )
