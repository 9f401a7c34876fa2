"""What kinds of calls there are, in the words of the organization, and how each is to go."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import CallTemplateId
from domain.kernel.refusals import Conflict, NotFound


@attrs.frozen
class CallTemplateNotFound(NotFound):
    code: ClassVar[str] = "call_template_not_found"
    call_template_id: CallTemplateId

    def __str__(self) -> str:
        return f"no call template {self.call_template_id}"


@attrs.frozen
class CallTemplateTaken(Conflict):
    code: ClassVar[str] = "call_template_taken"

    def __str__(self) -> str:
        return "there is a call template of that label already"


@attrs.frozen
class CallTemplateInUse(Conflict):
    """A number rings for it, or a call of that kind goes on."""

    code: ClassVar[str] = "call_template_in_use"
    call_template_id: CallTemplateId

    def __str__(self) -> str:
        return f"call template {self.call_template_id} is used by a number or an open call"


@attrs.frozen(kw_only=True)
class CallTemplateEvent(Event):
    call_template_id: CallTemplateId

    @property
    def subject(self) -> UUID:
        return self.call_template_id


@attrs.frozen(kw_only=True)
class CallTemplateAdded(CallTemplateEvent):
    name: ClassVar[str] = "call_template_added"


@attrs.frozen(kw_only=True)
class CallTemplateChanged(CallTemplateEvent):
    name: ClassVar[str] = "call_template_changed"


@attrs.frozen(kw_only=True)
class CallTemplateDeleted(CallTemplateEvent):
    name: ClassVar[str] = "call_template_deleted"


@attrs.frozen(kw_only=True)
class Wording:
    """`label` is what calls and numbers name as their template.

    `greeting` is how whoever answers begins, `instructions` are how they go on.
    """

    label: str
    greeting: str = ""
    instructions: str = ""


@attrs.frozen(kw_only=True)
class CallTemplate:
    id: CallTemplateId
    wording: Wording
    deleted_at: datetime | None = None
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def add(cls, id: CallTemplateId, wording: Wording, *, now: datetime) -> "CallTemplate":
        added = CallTemplateAdded(call_template_id=id, occurred_at=now)
        return cls(id=id, wording=wording, events=(added,))

    def change(self, wording: Wording, *, now: datetime) -> "CallTemplate":
        if wording == self.wording:
            return self
        changed = CallTemplateChanged(call_template_id=self.id, occurred_at=now)
        return attrs.evolve(self, wording=wording, events=(*self.events, changed))

    def delete(self, *, now: datetime) -> "CallTemplate":
        deleted = CallTemplateDeleted(call_template_id=self.id, occurred_at=now)
        return attrs.evolve(self, deleted_at=now, events=(*self.events, deleted))
