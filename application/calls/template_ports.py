"""What call templates need from storage, and what may be asked about them."""

from datetime import datetime
from typing import Protocol

import attrs

from application.kernel.pages import Page, Slice
from domain.calls.templates import CallTemplate
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallTemplateId


class CallTemplates(Protocol):
    def get(self, call_template_id: CallTemplateId) -> CallTemplate:
        """Raises CallTemplateNotFound."""
        ...

    def is_used(self, label: str) -> bool:
        """By a number that has not been deleted, or by a call that is open."""
        ...

    def save(self, template: CallTemplate) -> CallTemplate:
        """Stores it, publishes its events and returns it with its next version.

        Raises Stale if it changed meanwhile, or CallTemplateTaken, at the latest when the unit of
        work ends.
        """
        ...


class CallTemplateWork(Protocol):
    """All that one transaction about call templates may touch."""

    @property
    def call_templates(self) -> CallTemplates: ...


@attrs.frozen(kw_only=True)
class CallTemplateUsage:
    """`calls` began in the span; `open_calls` go on and `phone_numbers` ring for it now."""

    calls: int
    latest_at: datetime | None
    open_calls: int
    phone_numbers: int


class CallTemplateViews(Protocol):
    async def call_template(self, actor: Actor, call_template_id: CallTemplateId) -> CallTemplate:
        """Raises CallTemplateNotFound."""
        ...

    async def call_templates(self, actor: Actor, *, slice: Slice) -> Page[CallTemplate]:
        """By label."""
        ...

    async def usage(
        self, actor: Actor, call_template_id: CallTemplateId, *, since: datetime, until: datetime
    ) -> CallTemplateUsage:
        """Raises CallTemplateNotFound."""
        ...
