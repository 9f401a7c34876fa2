"""The catalogue of call templates: add, change, delete what nobody uses."""

import attrs

from application.calls.template_ports import CallTemplateWork
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from application.kernel.versions import require_version
from domain.calls.templates import CallTemplate, CallTemplateInUse, Wording
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallTemplateId


@attrs.frozen(kw_only=True)
class AddCallTemplate:
    actor: Actor
    wording: Wording
    once: Once[CallTemplate] | None = None


@attrs.frozen(kw_only=True)
class AddCallTemplateHandler:
    unit_of_work: UnitOfWork[CallTemplateWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: AddCallTemplate, /) -> CallTemplate:
        """Raises CallTemplateTaken."""

        def add(work: CallTemplateWork) -> CallTemplate:
            id = CallTemplateId(self.new_id())
            new = CallTemplate.add(id, command.wording, now=self.clock())
            return work.call_templates.save(new)

        return await self.unit_of_work(command.actor, add, once=command.once)


@attrs.frozen(kw_only=True)
class ChangeCallTemplate:
    """`version` is the one the caller has seen, or None for whichever there is."""

    actor: Actor
    call_template_id: CallTemplateId
    wording: Wording
    version: int | None


@attrs.frozen(kw_only=True)
class ChangeCallTemplateHandler:
    unit_of_work: UnitOfWork[CallTemplateWork]
    clock: Clock

    async def __call__(self, command: ChangeCallTemplate, /) -> CallTemplate:
        """With another label it is no longer the one that is used.

        Raises CallTemplateNotFound, CallTemplateTaken or CallTemplateInUse.
        """

        def change(work: CallTemplateWork) -> CallTemplate:
            found = work.call_templates.get(command.call_template_id)
            require_version(found.version, command.version)
            if command.wording.label != found.wording.label:
                _must_not_be_used(work, found)
            changed = found.change(command.wording, now=self.clock())
            return found if changed is found else work.call_templates.save(changed)

        return await self.unit_of_work(command.actor, change)


@attrs.frozen(kw_only=True)
class DeleteCallTemplate:
    """`version` is the one the caller has seen, or None for whichever there is."""

    actor: Actor
    call_template_id: CallTemplateId
    version: int | None


@attrs.frozen(kw_only=True)
class DeleteCallTemplateHandler:
    unit_of_work: UnitOfWork[CallTemplateWork]
    clock: Clock

    async def __call__(self, command: DeleteCallTemplate, /) -> CallTemplate:
        """Raises CallTemplateNotFound or CallTemplateInUse."""

        def delete(work: CallTemplateWork) -> CallTemplate:
            found = work.call_templates.get(command.call_template_id)
            require_version(found.version, command.version)
            _must_not_be_used(work, found)
            return work.call_templates.save(found.delete(now=self.clock()))

        return await self.unit_of_work(command.actor, delete)


def _must_not_be_used(work: CallTemplateWork, template: CallTemplate) -> None:
    """Raises CallTemplateInUse."""
    if work.call_templates.is_used(template.wording.label):
        raise CallTemplateInUse(template.id)
