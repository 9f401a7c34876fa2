"""The use of documentation, in SQL."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import attrs
from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Row,
    Select,
    case,
    func,
    select,
    true,
)

from adapters.mapping.call_outcomes import HANDLED
from adapters.readers.sources_of_call_figures import of_calls
from adapters.schema.call_figures import call_figures
from adapters.schema.calls import quotations
from adapters.schema.documentation import asked_questions, passage_feedback, quoted_passages
from adapters.sql.database import Database
from application.analytics.asking import Span
from application.analytics.call_views import CallQuestion
from application.analytics.documentation_views import (
    MOST_SHOWN,
    DocumentationUseViews,
    Gap,
    QuotedMost,
)
from domain.analytics.documentation_use import UseTotals
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import PassageId

asked, said, quoted, passage = (
    asked_questions.c,
    passage_feedback.c,
    quotations.c,
    quoted_passages.c,
)


@attrs.frozen
class SqlDocumentationUse(DocumentationUseViews):
    database: Database

    async def totals(self, actor: Actor, span: Span) -> UseTotals:
        actor.must(Permission.READ_DOCUMENTATION)
        statement = _beside_each_other(
            _questions(actor, span),
            _judgements(actor, span),
            _quotations(actor, span),
            _calls(actor, span),
        )

        def ask(connection: Connection) -> UseTotals:
            told = connection.execute(statement).one()._mapping  # noqa: SLF001
            return UseTotals(**{name: int(number or 0) for name, number in told.items()})

        return await self.database.read(ask, of=actor.organization_id)

    async def quoted_most(self, actor: Actor, span: Span) -> Sequence[QuotedMost]:
        actor.must(Permission.READ_DOCUMENTATION)
        statement = _most_quoted(actor, span)
        return await self.database.read(
            lambda connection: [_most(row) for row in connection.execute(statement)],
            of=actor.organization_id,
        )

    async def gaps(self, actor: Actor, span: Span) -> Sequence[Gap]:
        actor.must(Permission.READ_DOCUMENTATION)
        statement = _gaps(actor, span)
        return await self.database.read(
            lambda connection: [
                Gap(words=row.words, times=int(row.times)) for row in connection.execute(statement)
            ],
            of=actor.organization_id,
        )


def days_of(span: Span) -> tuple[date, date]:
    """The first day in UTC that begins within it, and the first that does so after it."""
    return _first_from(span.period.starts_at), _first_from(span.period.ends_at)


def _first_from(moment: datetime) -> date:
    in_utc = moment.astimezone(UTC)
    return in_utc.date() if in_utc.time() == time.min else in_utc.date() + timedelta(days=1)


def _beside_each_other(*each: Select[Any]) -> Select[Any]:
    """One row of several that have one each."""
    first, *others = (one.subquery() for one in each)
    joined: FromClause = first
    for other in others:
        joined = joined.join(other, true())
    return select(joined)


def _questions(actor: Actor, span: Span) -> Select[Any]:
    return select(
        func.sum(asked.times).label("questions"), func.sum(asked.unanswered).label("unanswered")
    ).where(*_on_days(actor, span))


def _on_days(actor: Actor, span: Span) -> Sequence[ColumnElement[bool]]:
    first, until = days_of(span)
    return asked.organization_id == actor.organization_id, asked.day >= first, asked.day < until


def _judgements(actor: Actor, span: Span) -> Select[Any]:
    helpful: ColumnElement[Any] = func.count(case((said.relevant.is_(True), 1))).label("helpful")
    return select(func.count().label("judged"), helpful).where(
        said.organization_id == actor.organization_id,
        said.given_at >= span.period.starts_at,
        said.given_at < span.period.ends_at,
    )


def _quotations(actor: Actor, span: Span) -> Select[Any]:
    return select(func.count().label("quotations")).where(*_quoted_in(actor, span))


def _quoted_in(actor: Actor, span: Span) -> Sequence[ColumnElement[bool]]:
    return (
        quoted.organization_id == actor.organization_id,
        quoted.quoted_at >= span.period.starts_at,
        quoted.quoted_at < span.period.ends_at,
    )


def _calls(actor: Actor, span: Span) -> Select[Any]:
    in_it = (
        select(quoted.id)
        .where(
            quoted.organization_id == call_figures.c.organization_id,
            quoted.call_id == call_figures.c.id,
        )
        .exists()
    )
    quoting = func.count(case((in_it, 1))).label("quoting")
    return (
        of_calls(actor, CallQuestion(span=span), func.count().label("handled"), quoting)
        .select_from(call_figures)
        .where(HANDLED)
    )


def _most_quoted(actor: Actor, span: Span) -> Select[Any]:
    times = func.count(type_=Integer).label("times")
    often = (
        select(quoted.passage_id, times, func.count(quoted.call_id.distinct()).label("calls"))
        .where(*_quoted_in(actor, span))
        .group_by(quoted.passage_id)
        .order_by(times.desc(), quoted.passage_id)
        .limit(MOST_SHOWN)
        .subquery()
    )
    return (
        select(
            passage.id,
            passage.headings,
            passage.url,
            passage.anchor,
            passage.left_at,
            often.c.times,
            often.c.calls,
        )
        .join(often, often.c.passage_id == passage.id)
        .where(passage.organization_id == actor.organization_id)
        .order_by(often.c.times.desc(), passage.id)
    )


def _most(row: Row[Any]) -> QuotedMost:
    return QuotedMost(
        passage_id=PassageId(row.id),
        path=tuple(row.headings),
        url=f"{row.url}#{row.anchor}" if row.anchor else row.url,
        times=row.times,
        calls=row.calls,
        left_at=row.left_at,
    )


def _gaps(actor: Actor, span: Span) -> Select[Any]:
    times = func.sum(asked.unanswered).label("times")
    return (
        select(asked.words, times)
        .where(*_on_days(actor, span), asked.unanswered > 0)
        .group_by(asked.digest, asked.words)
        .order_by(times.desc(), asked.digest)
        .limit(MOST_SHOWN)
    )
