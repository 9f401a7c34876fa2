"""Pipelines remember exactly what their runs brought."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Subquery, and_, func, or_, select

from adapters.readers.verification_checks import Check
from adapters.schema.pipelines import (
    pipeline_editions,
    pipeline_rows,
    pipeline_runs,
    pipelines,
    posted_events,
    run_pages,
)


def pipeline_checks() -> Sequence[Check]:
    return (
        _pipelines_keep_what_runs_brought(),
        _pipelines_have_their_edition(),
        _pages_are_of_runs_under_way(),
        _taken_events_say_nothing(),
    )


def _pipelines_keep_what_runs_brought() -> Check:
    """Each row that was new to a run is kept, and nothing else."""
    brought = (
        select(
            pipeline_runs.c.organization_id,
            pipeline_runs.c.pipeline_id,
            func.sum(pipeline_runs.c.new).label("rows"),
        )
        .group_by(pipeline_runs.c.organization_id, pipeline_runs.c.pipeline_id)
        .subquery("brought")
    )
    kept = (
        select(
            pipeline_rows.c.organization_id,
            pipeline_rows.c.pipeline_id,
            func.count().label("rows"),
        )
        .group_by(pipeline_rows.c.organization_id, pipeline_rows.c.pipeline_id)
        .subquery("kept")
    )
    said, there = func.coalesce(brought.c.rows, 0), func.coalesce(kept.c.rows, 0)
    return Check(
        name="pipelines_keep_what_runs_brought",
        question=select(
            pipelines.c.organization_id,
            pipelines.c.id.label("subject"),
            said.label("said"),
            there.label("there"),
        )
        .outerjoin(brought, _theirs(brought))
        .outerjoin(kept, _theirs(kept))
        .where(said != there),
        detail="keeps {there} rows, and its runs have brought {said}",
    )


def _theirs(of: Subquery) -> ColumnElement[bool]:
    return and_(
        of.c.organization_id == pipelines.c.organization_id,
        of.c.pipeline_id == pipelines.c.id,
    )


def _pipelines_have_their_edition() -> Check:
    theirs = and_(
        pipeline_editions.c.organization_id == pipelines.c.organization_id,
        pipeline_editions.c.pipeline_id == pipelines.c.id,
        pipeline_editions.c.number == pipelines.c.edition,
    )
    return Check(
        name="pipelines_have_their_edition",
        question=select(
            pipelines.c.organization_id, pipelines.c.id.label("subject"), pipelines.c.edition
        )
        .outerjoin(pipeline_editions, theirs)
        .where(pipeline_editions.c.number.is_(None)),
        detail="goes by edition {edition}, which is not there",
    )


def _pages_are_of_runs_under_way() -> Check:
    theirs = and_(
        pipeline_runs.c.organization_id == run_pages.c.organization_id,
        pipeline_runs.c.id == run_pages.c.run_id,
    )
    return Check(
        name="pages_are_of_runs_under_way",
        question=select(
            run_pages.c.organization_id, run_pages.c.run_id.label("subject"), run_pages.c.page
        )
        .join(pipeline_runs, theirs)
        .where(
            or_(pipeline_runs.c.ended_at.is_not(None), run_pages.c.page >= pipeline_runs.c.pages)
        ),
        detail="has seen page {page}, which it has not taken or need not know any more",
    )


def _taken_events_say_nothing() -> Check:
    return Check(
        name="taken_events_say_nothing",
        question=select(
            posted_events.c.organization_id,
            posted_events.c.key.label("subject"),
            posted_events.c.kind,
        ).where(posted_events.c.taken_at.is_not(None) != posted_events.c.said.is_(None)),
        detail="was posted as {kind}, and says something though it was taken, or nothing yet",
    )
