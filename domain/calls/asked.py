"""What somebody asks for who escalates a call."""

import attrs

from domain.calls.escalation_life import BadEscalation, Cause, EscalationKind
from domain.calls.needs import LEVELS, Needs
from domain.calls.queues import URGENCIES
from domain.calls.triggers import Pulled
from domain.kernel.identifiers import ActorId, CallId
from domain.kernel.personal import personal


@attrs.frozen(kw_only=True)
class Asked:
    """What was asked for, which never changes."""

    call_id: CallId
    requested_by: ActorId
    kind: EscalationKind
    cause: Cause
    pulled: Pulled
    urgency: int = 3
    needs: Needs = attrs.field(factory=Needs)
    note: str | None = attrs.field(
        default=None, repr=False, metadata=personal("what whoever takes over should know")
    )

    def __attrs_post_init__(self) -> None:
        if self.urgency not in URGENCIES or self.needs.level not in LEVELS:
            raise BadEscalation

    def within(self, department: str | None) -> "Asked":
        """In the department that the call is for, unless another one is asked for."""
        if department is None or self.needs.department is not None:
            return self
        return attrs.evolve(self, needs=attrs.evolve(self.needs, department=department))
