"""What counting questions and keeping feedback need from storage, and what is asked about both."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

import attrs

from application.kernel.pages import Page, Slice
from domain.documentation.asked import Asked
from domain.documentation.feedback import Feedback
from domain.kernel.actors import Actor
from domain.kernel.identifiers import PageId, PassageId
from domain.kernel.periods import DateRange


@attrs.frozen(kw_only=True)
class Place:
    page_id: PageId
    url: str


class Questions(Protocol):
    def count(self, asked: Sequence[Asked]) -> None:
        """On top of what was counted before; each words of a day at most once."""
        ...


class Feedbacks(Protocol):
    def place(self, passage_id: PassageId) -> Place:
        """Where a passage stands. Raises PassageNotFound."""
        ...

    def keep(self, feedback: Feedback) -> None: ...


class FeedbackWork(Protocol):
    """What one transaction about the use of documentation may touch."""

    @property
    def questions(self) -> Questions: ...

    @property
    def feedback(self) -> Feedbacks: ...


@attrs.frozen(kw_only=True)
class Question:
    """`found` is how many passages answered when it was asked last, on `last_day`."""

    words: str
    times: int
    unanswered: int
    found: int
    last_day: date


@attrs.frozen(kw_only=True)
class QuestionsOf:
    """`answered` by some passage when it was asked last, or by none."""

    dates: DateRange
    answered: bool | None = None


@attrs.frozen(kw_only=True)
class FeedbackOn:
    passage_id: PassageId | None = None
    page_id: PageId | None = None
    relevant: bool | None = None


class UsageViews(Protocol):
    async def questions(
        self, actor: Actor, wanted: QuestionsOf, *, slice: Slice
    ) -> Page[Question]:
        """What was asked most comes first."""
        ...

    async def feedback(self, actor: Actor, on: FeedbackOn, *, slice: Slice) -> Page[Feedback]:
        """The latest first."""
        ...
