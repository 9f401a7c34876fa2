"""Views of call templates in SQL, and how far they are used."""

from datetime import datetime

import attrs
from sqlalchemy import Connection, Select, func, select

from adapters.mapping.call_templates import call_template_of, one_call_template
from adapters.schema.call_templates import call_templates
from adapters.schema.calls import OPEN, calls
from adapters.schema.phone_numbers import phone_numbers
from adapters.sql.database import Database
from adapters.sql.keysets import page_of
from application.calls.template_ports import CallTemplateUsage, CallTemplateViews
from application.kernel.pages import Page, Slice
from domain.calls.templates import CallTemplate, CallTemplateNotFound
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallTemplateId, OrganizationId


@attrs.frozen
class SqlCallTemplateViews(CallTemplateViews):
    database: Database

    async def call_template(self, actor: Actor, call_template_id: CallTemplateId) -> CallTemplate:
        def ask(connection: Connection) -> CallTemplate:
            key = {"p_organization_id": actor.organization_id, "p_id": call_template_id}
            row = connection.execute(one_call_template(), key).one_or_none()
            if row is None:
                raise CallTemplateNotFound(call_template_id)
            return call_template_of(row)

        return await self.database.read(ask, of=actor.organization_id)

    async def call_templates(self, actor: Actor, *, slice: Slice) -> Page[CallTemplate]:
        question = select(call_templates).where(
            call_templates.c.organization_id == actor.organization_id,
            call_templates.c.deleted_at.is_(None),
        )
        keys = (call_templates.c.label, call_templates.c.id)
        return await self.database.read(
            lambda connection: page_of(connection, question, keys, slice, call_template_of),
            of=actor.organization_id,
        )

    async def usage(
        self, actor: Actor, call_template_id: CallTemplateId, *, since: datetime, until: datetime
    ) -> CallTemplateUsage:
        label = (await self.call_template(actor, call_template_id)).wording.label
        whose = actor.organization_id

        def ask(connection: Connection) -> CallTemplateUsage:
            began = connection.execute(_began(whose, label, since, until)).one()
            return CallTemplateUsage(
                calls=began.many,
                latest_at=began.latest,
                open_calls=connection.execute(_open(whose, label)).scalar_one(),
                phone_numbers=connection.execute(_numbers(whose, label)).scalar_one(),
            )

        return await self.database.read(ask, of=whose)


def _began(
    whose: OrganizationId, label: str, since: datetime, until: datetime
) -> Select[int, datetime | None]:
    return select(func.count().label("many"), func.max(calls.c.started_at).label("latest")).where(
        calls.c.organization_id == whose,
        calls.c.template == label,
        calls.c.deleted_at.is_(None),
        calls.c.started_at >= since,
        calls.c.started_at < until,
    )


def _open(whose: OrganizationId, label: str) -> Select[int]:
    return (
        select(func.count())
        .select_from(calls)
        .where(calls.c.organization_id == whose, OPEN, calls.c.template == label)
    )


def _numbers(whose: OrganizationId, label: str) -> Select[int]:
    return (
        select(func.count())
        .select_from(phone_numbers)
        .where(
            phone_numbers.c.organization_id == whose,
            phone_numbers.c.template == label,
            phone_numbers.c.deleted_at.is_(None),
        )
    )
