"""Call templates in SQL, and their transaction."""

import attrs
from sqlalchemy import Connection, select

from adapters.mapping.call_templates import (
    call_template_of,
    columns_of_call_template,
    one_call_template,
)
from adapters.schema.call_templates import call_templates
from adapters.schema.calls import OPEN, calls
from adapters.schema.phone_numbers import phone_numbers
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.calls.template_ports import CallTemplates, CallTemplateWork
from domain.calls.templates import CallTemplate, CallTemplateNotFound, CallTemplateTaken
from domain.kernel.identifiers import CallTemplateId


@attrs.frozen
class SqlCallTemplates(CallTemplates):
    scope: Scope

    def get(self, call_template_id: CallTemplateId) -> CallTemplate:
        key = {"p_organization_id": self.scope.organization_id, "p_id": call_template_id}
        row = self.scope.ask(one_call_template(), key).one_or_none()
        if row is None:
            raise CallTemplateNotFound(call_template_id)
        return call_template_of(row)

    def is_used(self, label: str) -> bool:
        rings = select(phone_numbers.c.id).where(
            self.scope.owns(phone_numbers),
            phone_numbers.c.template == label,
            phone_numbers.c.deleted_at.is_(None),
        )
        goes_on = select(calls.c.id).where(self.scope.owns(calls), OPEN, calls.c.template == label)
        return any(self.scope.ask(one.limit(1)).first() is not None for one in (rings, goes_on))

    def save(self, template: CallTemplate) -> CallTemplate:
        self._explain_duplicate(template)
        columns = columns_of_call_template(template)
        version = store(self.scope, call_templates, template.id, template.version, **columns)
        EventLog(self.scope).publish(template.events)
        return attrs.evolve(template, version=version, events=())

    def _explain_duplicate(self, template: CallTemplate) -> None:
        question = select(call_templates.c.id).where(
            self.scope.owns(call_templates),
            call_templates.c.id != template.id,
            call_templates.c.label == template.wording.label,
            call_templates.c.deleted_at.is_(None),
        )

        def taken(connection: Connection) -> None:
            if connection.execute(question).first() is not None:
                raise CallTemplateTaken

        self.scope.explain(call_templates, taken)


@attrs.frozen(kw_only=True)
class SqlCallTemplateWork(CallTemplateWork):
    call_templates: SqlCallTemplates

    @classmethod
    def on(cls, scope: Scope) -> "SqlCallTemplateWork":
        return cls(call_templates=SqlCallTemplates(scope))
