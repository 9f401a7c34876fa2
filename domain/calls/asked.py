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
