"""What somebody is told for whom units were set aside, once no more of them are."""

from datetime import datetime

import attrs

from domain.kernel.periods import Zone
from domain.notifications.messages import Message, MessageId, one_line
from domain.notifications.wording import when

NO_LONGER = (
    "nothing is set aside for you any longer: what was left, everybody can book now. "
    "Bookings that were made of it stay as they are."
)
CALLED_OFF = (
    "we are sorry: what we had set aside for you does not take place. "
    "About bookings that were made of it we write to whoever made them."
)


@attrs.frozen(kw_only=True)
class ReleasedBlockNotice:
    title: str
    starts_at: datetime | None
    zone: Zone
    contact_name: str = attrs.field(repr=False)
    contact_email: str = attrs.field(repr=False)


def written_to_whom_it_was_for(
    notice: ReleasedBlockNotice, *, id: MessageId, reason: str | None
) -> Message:
    """`reason` is there if what it was set aside of does not take place.

    Raises Undeliverable if the address is none.
    """
    subject, said = "Does not take place", CALLED_OFF
    if reason is None:
        subject, said = "No longer set aside", NO_LONGER
    lines = [f"Hello {notice.contact_name},", "", said, "", f"What: {notice.title}"]
    if notice.starts_at is not None:
        lines.append(f"From: {when(notice.starts_at, notice.zone)}")
    if reason is not None:
        lines += ["", f"The reason: {reason}"]
    return Message(
        id=id,
        to=notice.contact_email,
        subject=f"{subject}: {notice.title}",
        text="\n".join(map(one_line, lines)) + "\n",
    )
