"""What whoever runs a session is told at once, and in which words."""

from datetime import datetime
from uuid import uuid5

import attrs

from domain.kernel.identifiers import EventId
from domain.kernel.periods import Zone
from domain.notifications.messages import Message, MessageId, one_line
from domain.notifications.wording import when


@attrs.frozen(kw_only=True)
class UrgentNeed:
    """Without a text it is confidential: mail is read by many."""

    priority: str
    category: str
    name: str = attrs.field(repr=False)
    text: str | None = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class UrgentNeeds:
    """Most urgent first."""

    to: str = attrs.field(repr=False)
    reference: str
    title: str
    starts_at: datetime
    zone: Zone
    needs: tuple[UrgentNeed, ...]


def message_to_instructor(event_id: EventId) -> MessageId:
    """The one message that the instructor gets about an event, however often it is written."""
    return MessageId(uuid5(event_id, "instructor"))


def written_for_instructor(needs: UrgentNeeds, *, id: MessageId) -> Message:
    """Raises Undeliverable if the address is none."""
    lines = [
        f"Booking {needs.reference} of {needs.title}",
        f"From: {when(needs.starts_at, needs.zone)}",
        "",
        *map(_line, needs.needs),
    ]
    return Message(
        id=id,
        to=needs.to,
        subject=f"Special requirements: {needs.title}, booking {needs.reference}",
        text="\n".join(map(one_line, lines)) + "\n",
    )


def _line(need: UrgentNeed) -> str:
    text = "confidential: ask the desk" if need.text is None else need.text
    return f"{need.priority} ({need.category}), {need.name}: {text}"
