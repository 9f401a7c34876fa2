"""Say whether a passage helped."""

import attrs

from application.documentation.asking import plain
from application.documentation.feedback_ports import FeedbackWork
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from domain.documentation.feedback import Feedback
from domain.kernel.actors import Actor
from domain.kernel.identifiers import FeedbackId, PassageId


@attrs.frozen(kw_only=True)
class GiveFeedback:
    actor: Actor
    passage_id: PassageId
    relevant: bool
    rating: int | None = None
    asked: str | None = None
    comment: str | None = None
    once: Once[Feedback] | None = None


@attrs.frozen(kw_only=True)
class GiveFeedbackHandler:
    unit_of_work: UnitOfWork[FeedbackWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: GiveFeedback, /) -> Feedback:
        """Raises PassageNotFound."""

        def give(work: FeedbackWork) -> Feedback:
            place = work.feedback.place(command.passage_id)
            given = Feedback(
                id=FeedbackId(self.new_id()),
                passage_id=command.passage_id,
                page_id=place.page_id,
                url=place.url,
                given_by=command.actor.id,
                given_at=self.clock(),
                relevant=command.relevant,
                rating=command.rating,
                asked=None if command.asked is None else plain(command.asked),
                comment=command.comment,
            )
            work.feedback.keep(given)
            return given

        return await self.unit_of_work(command.actor, give, once=command.once)
