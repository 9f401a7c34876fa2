"""Questions and feedback in memory."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

import attrs

from adapters.mapping.feedback import digest_of
from application.documentation.feedback_ports import (
    FeedbackOn,
    Feedbacks,
    FeedbackWork,
    Place,
    Question,
    Questions,
    QuestionsOf,
    UsageViews,
)
from application.kernel.once import Once
from application.kernel.pages import Page, Slice
from application.kernel.ports import UnitOfWork
from domain.documentation.asked import Asked
from domain.documentation.feedback import Feedback, PassageNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId, PassageId

Decision = TypeVar("Decision")
Counts = dict[tuple[date, str], Asked]


@attrs.frozen
class MemoryQuestions(Questions):
    counts: Counts

    def count(self, asked: Sequence[Asked]) -> None:
        for each in asked:
            before = self.counts.get((each.day, each.words))
            self.counts[each.day, each.words] = each if before is None else before.then(each)


@attrs.frozen
class MemoryFeedbacks(Feedbacks):
    places: Mapping[PassageId, Place]
    given: list[Feedback]

    def place(self, passage_id: PassageId) -> Place:
        if passage_id not in self.places:
            raise PassageNotFound(passage_id)
        return self.places[passage_id]

    def keep(self, feedback: Feedback) -> None:
        self.given.append(feedback)


@attrs.frozen
class MemoryFeedbackWork(FeedbackWork):
    questions: MemoryQuestions
    feedback: MemoryFeedbacks


@attrs.frozen
class MemoryUse(UnitOfWork[MemoryFeedbackWork], UsageViews):
    """`places` are where passages stand."""

    places: dict[OrganizationId, dict[PassageId, Place]] = attrs.field(factory=dict)
    counts: dict[OrganizationId, Counts] = attrs.field(factory=lambda: defaultdict(dict))
    given: dict[OrganizationId, list[Feedback]] = attrs.field(factory=lambda: defaultdict(list))

    async def __call__(
        self,
        actor: Actor,
        decide: Callable[[MemoryFeedbackWork], Decision],
        /,
        *,
        once: Once[Decision] | None = None,
    ) -> Decision:
        assert once is None, "answers are remembered elsewhere"
        id = actor.organization_id
        work = MemoryFeedbackWork(
            MemoryQuestions(self.counts[id]),
            MemoryFeedbacks(self.places.get(id, {}), self.given[id]),
        )
        return decide(work)

    async def questions(
        self, actor: Actor, wanted: QuestionsOf, *, slice: Slice
    ) -> Page[Question]:
        days = defaultdict[str, list[Asked]](list)
        for (day, words), asked in sorted(self.counts[actor.organization_id].items()):
            if day in wanted.dates:
                days[words].append(asked)
        every = [_question(each) for each in days.values()]
        fitting = [one for one in every if wanted.answered in (None, one.found > 0)]
        fitting.sort(key=lambda one: (one.times, digest_of(one.words)), reverse=True)
        keys = [(str(one.times), digest_of(one.words)) for one in fitting]
        start = 0 if slice.after is None else keys.index((slice.after[0], slice.after[1])) + 1
        end = start + slice.limit
        return Page(items=fitting[start:end], next=keys[end - 1] if keys[end:] else None)

    async def feedback(self, actor: Actor, on: FeedbackOn, *, slice: Slice) -> Page[Feedback]:
        asked = {name: value for name, value in attrs.asdict(on).items() if value is not None}
        fitting = [
            one
            for one in self.given[actor.organization_id]
            if all(getattr(one, name) == value for name, value in asked.items())
        ]
        fitting.sort(key=lambda one: (one.given_at, one.id), reverse=True)
        return Page(items=fitting[: slice.limit], next=None)


def _question(days: Sequence[Asked]) -> Question:
    last = days[-1]
    return Question(
        words=last.words,
        times=sum(each.times for each in days),
        unanswered=sum(each.unanswered for each in days),
        found=last.found,
        last_day=last.day,
    )
