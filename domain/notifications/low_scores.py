"""What owners are told of a call that went badly, and in which words."""

from uuid import uuid5

import attrs

from domain.kernel.identifiers import CallId, EventId, MemberId
from domain.kernel.personal import personal
from domain.notifications.messages import Message, MessageId, one_line


@attrs.frozen(kw_only=True)
class Owner:
    member_id: MemberId
    email: str = attrs.field(repr=False, metadata=personal("to write to them"))


@attrs.frozen(kw_only=True)
class LowScore:
    """`score` is in thousandths. What was said is read with the call: mail is read by many."""

    call_id: CallId
    score: int
    band: str | None
    owners: tuple[Owner, ...]


def message_to_owner(event_id: EventId, owner: Owner) -> MessageId:
    """The one message that an owner gets about an event, however often it is written."""
    return MessageId(uuid5(event_id, f"owner {owner.member_id}"))


def written_for_owner(low: LowScore, owner: Owner, *, id: MessageId) -> Message:
    """Raises Undeliverable if the address is none."""
    shown = f"{low.score / 1000:.3f}"
    band = "" if low.band is None else f" ({low.band})"
    lines = [
        f"Call {low.call_id}",
        f"Score: {shown}{band}, of 1 at the most",
        "",
        f"Why, and what was said: /v1/calls/{low.call_id}/quality",
    ]
    return Message(
        id=id,
        to=owner.email,
        subject=f"A call scored {shown}",
        text="\n".join(map(one_line, lines)) + "\n",
    )
