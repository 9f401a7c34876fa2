"""Views of what was asked of documentation, and of what is said of it, in SQL."""

from typing import Any

import attrs
from sqlalchemy import Integer, Row, Select, func, select

from adapters.mapping.feedback import feedback_of
from adapters.schema.documentation import asked_questions, passage_feedback
from adapters.sql.database import Database
from adapters.sql.keysets import page_backwards
from application.documentation.feedback_ports import (
    FeedbackOn,
    Question,
    QuestionsOf,
    UsageViews,
)
from application.kernel.pages import Page, Slice
from domain.documentation.feedback import Feedback
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId


@attrs.frozen
class SqlUsageViews(UsageViews):
    database: Database

    async def questions(
        self, actor: Actor, wanted: QuestionsOf, *, slice: Slice
    ) -> Page[Question]:
        summed = _summed(actor.organization_id, wanted).subquery()
        question = select(summed)
        if wanted.answered is not None:
            question = question.where((summed.c.found > 0) == wanted.answered)
        keys = (summed.c.times, summed.c.digest)
        return await self.database.read(
            lambda connection: page_backwards(connection, question, keys, slice, _question),
            of=actor.organization_id,
        )

    async def feedback(self, actor: Actor, on: FeedbackOn, *, slice: Slice) -> Page[Feedback]:
        columns = passage_feedback.c
        question = select(passage_feedback).where(columns.organization_id == actor.organization_id)
        for name, value in attrs.asdict(on).items():
            if value is not None:
                question = question.where(columns[name] == value)
        keys = (columns.given_at, columns.id)
        return await self.database.read(
            lambda connection: page_backwards(connection, question, keys, slice, feedback_of),
            of=actor.organization_id,
        )


def _summed(organization_id: OrganizationId, wanted: QuestionsOf) -> Select[Any]:
    """A row for each words, with what was found when they were asked last."""
    columns = asked_questions.c
    found_last = func.first_value(columns.found, type_=Integer).over(
        partition_by=columns.digest, order_by=columns.day.desc()
    )
    days = (
        select(
            columns.digest,
            columns.words,
            columns.times,
            columns.unanswered,
            columns.day,
            found_last.label("found"),
        )
        .where(
            columns.organization_id == organization_id,
            columns.day >= wanted.dates.first,
            columns.day < wanted.dates.until,
        )
        .subquery()
    )
    return select(
        days.c.digest,
        days.c.words,
        days.c.found,
        func.sum(days.c.times, type_=Integer).label("times"),
        func.sum(days.c.unanswered, type_=Integer).label("unanswered"),
        func.max(days.c.day).label("last_day"),
    ).group_by(days.c.digest, days.c.words, days.c.found)


def _question(row: Row[Any]) -> Question:
    return Question(
        words=row.words,
        times=row.times,
        unanswered=row.unanswered,
        found=row.found,
        last_day=row.last_day,
    )
