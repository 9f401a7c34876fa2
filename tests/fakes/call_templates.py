"""Call templates in memory."""

import attrs

from application.calls.template_ports import CallTemplates
from domain.calls.templates import CallTemplate, CallTemplateNotFound, CallTemplateTaken
from domain.kernel.identifiers import CallTemplateId
from tests.fakes.rows import Rows, found, next_version


@attrs.frozen
class MemoryCallTemplates(CallTemplates):
    rows: Rows

    def get(self, call_template_id: CallTemplateId) -> CallTemplate:
        one = found(self.rows.call_templates, call_template_id, CallTemplateNotFound)
        if one.deleted_at is not None:
            raise CallTemplateNotFound(call_template_id)
        return one

    def is_used(self, label: str) -> bool:
        rings = any(
            one.terms.rings_for.template == label and one.deleted_at is None
            for one in self.rows.desk_numbers.values()
        )
        return rings or any(
            one.template == label and not one.status.is_over for one in self.rows.calls.values()
        )

    def save(self, template: CallTemplate) -> CallTemplate:
        version = next_version(self.rows.call_templates.get(template.id), template.version)
        others = [
            one.wording.label
            for one in self.rows.call_templates.values()
            if one.id != template.id and one.deleted_at is None
        ]
        if template.wording.label in others:
            raise CallTemplateTaken
        saved = attrs.evolve(template, version=version, events=())
        self.rows.call_templates[template.id] = saved
        self.rows.events.extend(template.events)
        return saved
