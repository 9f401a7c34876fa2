"""What was asked of documentation, and what is said of it, in SQL."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import Executable, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from adapters.mapping.feedback import columns_of, digest_of
from adapters.schema.documentation import asked_questions, pages, passage_feedback, passages
from adapters.sql.scope import Scope
from application.documentation.feedback_ports import Feedbacks, FeedbackWork, Place, Questions
from domain.documentation.asked import Asked
from domain.documentation.feedback import Feedback, PassageNotFound
from domain.kernel.identifiers import PageId, PassageId


@attrs.frozen
class SqlQuestions(Questions):
    scope: Scope

    def count(self, asked: Sequence[Asked]) -> None:
        # In one order, or two processes could deadlock.
        ordered = sorted(asked, key=lambda each: (each.day, digest_of(each.words)))
        ours = {"organization_id": self.scope.organization_id}
        rows = [{**ours, **columns_of(each)} for each in ordered]
        if rows:
            self.scope.execute(_counting(self.scope.connection.dialect.name), rows)


@attrs.frozen
class SqlFeedbacks(Feedbacks):
    scope: Scope

    def place(self, passage_id: PassageId) -> Place:
        key = {"p_organization_id": self.scope.organization_id, "p_id": passage_id}
        row = self.scope.ask(_placing(), key).one_or_none()
        if row is None:
            raise PassageNotFound(passage_id)
        url = f"{row.url}#{row.anchor}" if row.anchor else row.url
        return Place(page_id=PageId(row.page_id), url=url)

    def keep(self, feedback: Feedback) -> None:
        self.scope.add(passage_feedback, **attrs.asdict(feedback))


@attrs.frozen(kw_only=True)
class SqlFeedbackWork(FeedbackWork):
    questions: SqlQuestions
    feedback: SqlFeedbacks

    @classmethod
    def on(cls, scope: Scope) -> "SqlFeedbackWork":
        return cls(questions=SqlQuestions(scope), feedback=SqlFeedbacks(scope))


@lru_cache(maxsize=2)
def _counting(dialect: str) -> Any:
    insert: Any = {"postgresql": postgresql, "sqlite": sqlite}[dialect].insert(asked_questions)
    now = asked_questions.c
    return insert.on_conflict_do_update(
        index_elements=[now.organization_id, now.day, now.digest],
        set_={
            "times": now.times + insert.excluded.times,
            "unanswered": now.unanswered + insert.excluded.unanswered,
            "found": insert.excluded.found,
        },
    )


@lru_cache(maxsize=1)
def _placing() -> Executable:
    return (
        select(passages.c.page_id, passages.c.anchor, pages.c.url)
        .join_from(
            passages,
            pages,
            (pages.c.organization_id == passages.c.organization_id)
            & (pages.c.id == passages.c.page_id),
        )
        .where(
            passages.c.organization_id == bindparam("p_organization_id"),
            pages.c.organization_id == bindparam("p_organization_id"),
            passages.c.id == bindparam("p_id"),
        )
    )
