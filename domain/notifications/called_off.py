"""What somebody is told who waited for what does not take place, and in which words."""

from datetime import datetime

import attrs

from domain.kernel.periods import Zone
from domain.notifications.messages import Message, MessageId, one_line
from domain.notifications.wording import when


@attrs.frozen(kw_only=True)
class CalledOffNotice:
    """`offered` is whether a place was held for them already."""

    title: str
    starts_at: datetime | None
    zone: Zone
    contact_name: str = attrs.field(repr=False)
    contact_email: str = attrs.field(repr=False)
    offered: bool
    reason: str


def written_to_who_waited(notice: CalledOffNotice, *, id: MessageId) -> Message:
    """Raises Undeliverable if the address is none."""
    what = (
        "what we had a place for you in does not take place."
        if notice.offered
        else "what you were waiting for does not take place."
    )
    lines = [
        f"Hello {notice.contact_name},",
        "",
        f"we are sorry: {what} You owe nothing, and your place on the waiting list has ended.",
        "",
        f"The reason: {notice.reason}",
        "",
        f"What: {notice.title}",
    ]
    if notice.starts_at is not None:
        lines.append(f"From: {when(notice.starts_at, notice.zone)}")
    return Message(
        id=id,
        to=notice.contact_email,
        subject=f"Does not take place: {notice.title}",
        text="\n".join(map(one_line, lines)) + "\n",
    )
