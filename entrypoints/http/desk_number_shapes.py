"""Telephone numbers of the desk in JSON."""

from collections.abc import Sequence
from typing import Annotated, Literal

from msgspec import Meta

from domain.calls.desk_numbers import (
    Capability,
    DeskNumber,
    NumberStatus,
    NumberTerms,
    Ordered,
    RingsFor,
)
from domain.kernel.identifiers import AgentId, QueueId
from entrypoints.http.agent_shapes import Tag
from entrypoints.http.call_shapes import Template
from entrypoints.http.paging import LARGEST_PAGE, Next
from entrypoints.http.shapes import (
    ONE_LINE,
    Identifier,
    Input,
    Output,
    PhoneNumber,
    Version,
)

NumberLabel = Annotated[
    str, Meta(pattern=ONE_LINE, min_length=1, max_length=100, examples=["Reservations"])
]
Capabilities = Annotated[tuple[Capability, ...], Meta(min_length=1, max_length=4)]
Primary = Annotated[
    bool,
    Meta(description="Shown for whoever has no number of their own; the one before steps back."),
]

RESERVATIONS = {
    "label": "Reservations",
    "primary": True,
    "rings_for": {"department": "reservations", "template": "sales"},
}
RELEASED = {"label": "Reservations", "status": "released"}


class RingsForInput(Input, frozen=True):
    """Whose calls they are that come in: an agent's own, or a department's, and their queue."""

    agent_id: Identifier | None = None
    queue_id: Identifier | None = None
    department: Tag | None = None
    template: Template | None = None

    def rings_for(self) -> RingsFor:
        return RingsFor(
            agent_id=None if self.agent_id is None else AgentId(self.agent_id),
            queue_id=None if self.queue_id is None else QueueId(self.queue_id),
            department=self.department,
            template=self.template,
        )


class DeskNumberInput(Input, frozen=True, kw_only=True):
    """All of it: what is left out is as if nobody had ever said it."""

    label: NumberLabel
    status: NumberStatus = NumberStatus.ACTIVE
    capabilities: Capabilities = (Capability.VOICE,)
    primary: Primary = False
    rings_for: RingsForInput | None = None

    def terms(self) -> NumberTerms:
        """Raises PrimaryNotActive."""
        return NumberTerms(
            label=self.label,
            status=self.status,
            capabilities=tuple(sorted(set(self.capabilities), key=lambda one: one.value)),
            primary=self.primary,
            rings_for=RingsFor() if self.rings_for is None else self.rings_for.rings_for(),
        )


class NewDeskNumberInput(DeskNumberInput, frozen=True, kw_only=True):
    """Without a `provider`, a telephone system of the desk's own carries its calls."""

    number: PhoneNumber
    provider: Literal["twilio", "simulator"] | None = None


class RingsForBody(Output, frozen=True):
    agent_id: Identifier | None
    queue_id: Identifier | None
    department: Tag | None
    template: Template | None

    @classmethod
    def of(cls, rings_for: RingsFor) -> "RingsForBody":
        return cls(
            agent_id=rings_for.agent_id,
            queue_id=rings_for.queue_id,
            department=rings_for.department,
            template=rings_for.template,
        )


class DeskNumberBody(Output, frozen=True):
    id: Identifier
    version: Version
    number: PhoneNumber
    provider: Annotated[str, Meta(max_length=16, pattern="^[a-z]*$", examples=["twilio"])] | None
    label: NumberLabel
    status: NumberStatus
    capabilities: Annotated[Sequence[Capability], Meta(max_length=4)]
    primary: bool
    rings_for: RingsForBody
    bought: Annotated[bool, Meta(description="Of whoever carries its calls, and paid for.")]
    order: Annotated[
        Ordered | None,
        Meta(description="What was asked for, and nobody knows yet what came of it."),
    ]

    @classmethod
    def of(cls, number: DeskNumber) -> "DeskNumberBody":
        terms = number.terms
        return cls(
            id=number.id,
            version=number.version,
            number=number.number,
            provider=number.provider,
            label=terms.label,
            status=terms.status,
            capabilities=terms.capabilities,
            primary=terms.primary,
            rings_for=RingsForBody.of(terms.rings_for),
            bought=number.reference is not None,
            order=None if number.order is None else number.order.what,
        )


class DeskNumberPage(Output, frozen=True):
    items: Annotated[Sequence[DeskNumberBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None
