"""What was measured, by name and by interval, in SQL."""

from collections.abc import Sequence
from typing import Any

import attrs
from sqlalchemy import ColumnElement, Connection, Select, case, func, literal, select

from adapters.readers.buckets import Buckets, buckets_of
from adapters.schema.telemetry import measurements
from adapters.sql.database import Database
from adapters.sql.keysets import page_with, values_of
from application.kernel.pages import Page, Slice
from application.pipelines.telemetry_views import MeasurementsMeeting, MeasurementViews
from domain.kernel.actors import Actor
from domain.kernel.periods import Period
from domain.pipelines.measured import LastMeasured, Measured, NothingMeasured

BY_TIME = (measurements.c.at.desc(), measurements.c.id.desc())


@attrs.frozen
class SqlMeasurementViews(MeasurementViews):
    database: Database

    async def names(self, actor: Actor, *, slice: Slice) -> Page[LastMeasured]:
        question = _last_of_each(actor, slice)
        return await self.database.read(
            lambda it: page_with(
                it.execute(question).all(), (measurements.c.name,), slice, _last_measured
            ),
            of=actor.organization_id,
        )

    async def last(self, actor: Actor, name: str) -> LastMeasured:
        question = (
            select(measurements)
            .where(
                measurements.c.organization_id == actor.organization_id,
                measurements.c.name == name,
            )
            .order_by(*BY_TIME)
            .limit(1)
        )

        def ask(connection: Connection) -> LastMeasured:
            row = connection.execute(question).one_or_none()
            if row is None:
                raise NothingMeasured
            return _last_measured(row)

        return await self.database.read(ask, of=actor.organization_id)

    async def measured(
        self, actor: Actor, meeting: MeasurementsMeeting, *, cut: Sequence[Period]
    ) -> Sequence[Measured]:
        buckets = buckets_of(cut)
        question = _by_bucket(_met(actor, meeting, cut), buckets)

        def ask(connection: Connection) -> Sequence[Measured]:
            found = [Measured() for _ in cut]
            for bucket, *numbers in connection.execute(question):
                place = buckets.place(bucket)
                found[place] = found[place].followed_by(_measured(*numbers))
            return found

        return await self.database.read(ask, of=actor.organization_id)


def _last_of_each(actor: Actor, slice: Slice) -> Select[Any]:
    """From name to name in the index: the time it takes goes by names, not by measurements."""
    theirs = measurements.c.organization_id == actor.organization_id
    name = func.min(measurements.c.name)
    first = select(name.label("name"), literal(0).label("place")).where(theirs)
    if slice.after is not None:
        (after,) = values_of((measurements.c.name,), slice.after)
        first = first.where(measurements.c.name > after)
    names = first.cte("names", recursive=True)
    following = select(name).where(theirs, measurements.c.name > names.c.name).scalar_subquery()
    names = names.union_all(
        select(following, names.c.place + 1).where(
            names.c.name.is_not(None), names.c.place < slice.limit
        )
    )
    each = measurements.alias("each")
    last = (
        select(each.c.id)
        .where(each.c.organization_id == actor.organization_id, each.c.name == names.c.name)
        .order_by(each.c.at.desc(), each.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(measurements)
        .select_from(names)
        .join(measurements, measurements.c.id == last)
        .where(theirs)
        .order_by(names.c.place)
    )


def _met(actor: Actor, meeting: MeasurementsMeeting, cut: Sequence[Period]) -> Select[Any]:
    question = select().where(
        measurements.c.organization_id == actor.organization_id,
        measurements.c.name == meeting.name,
        measurements.c.unit == meeting.unit,
        measurements.c.at >= cut[0].starts_at,
        measurements.c.at < cut[-1].ends_at,
    )
    if meeting.label is not None:
        name, value = meeting.label
        question = question.where(measurements.c.labels[name].as_string() == value)
    return question


def _by_bucket(met: Select[Any], buckets: Buckets) -> Select[Any]:
    bucket = buckets.number(measurements.c.quarter)
    rank = func.row_number().over(partition_by=bucket, order_by=BY_TIME)
    each = met.add_columns(
        bucket.label("bucket"), measurements.c.value, rank.label("rank")
    ).subquery("each")
    value: ColumnElement[float] = each.c.value
    return (
        select(
            each.c.bucket,
            func.count(),
            func.sum(value),
            func.min(value),
            func.max(value),
            func.max(case((each.c.rank == 1, value))),
        )
        .group_by(each.c.bucket)
        .order_by(each.c.bucket)
    )


def _measured(count: int, total: float, least: float, greatest: float, last: float) -> Measured:
    return Measured(count=count, total=total, least=least, greatest=greatest, last=last)


def _last_measured(row: Any) -> LastMeasured:
    return LastMeasured(name=row.name, at=row.at, value=row.value, unit=row.unit)
