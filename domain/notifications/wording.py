"""Notices in words: plain English, times as the clock at the place shows them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from domain.kernel.periods import Zone
from domain.notifications.messages import Attachment, Message, MessageId, one_line
from domain.notifications.notices import BookingNotice, NoticeLine, Occasion

# Not strftime: its names follow the locale of the process.
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

OPENINGS: Mapping[Occasion, str] = {
    Occasion.CONFIRMED: "your booking is confirmed.",
    Occasion.CHANGED: "your booking has changed. This is how it stands now.",
    Occasion.CANCELLED: "your booking is cancelled.",
    Occasion.APPROVED: "what you asked for is yours, once you have paid for it.",
    Occasion.DECLINED: "we are sorry: what you asked for cannot be had. You owe nothing.",
    Occasion.OFFERED: "what you were waiting for has come free: we have a place for you.",
    Occasion.INQUIRED: "we hold this for you, without obligation.",
    Occasion.DUE_SOON: "the rest of what your booking costs is to be paid soon.",
    Occasion.OVERDUE: "the rest of what your booking costs was to be paid by now.",
}

CLOSINGS: Mapping[Occasion, str] = {
    Occasion.CONFIRMED: "The attached file puts the booking into your calendar.",
    Occasion.CHANGED: "The attached file brings your calendar up to date.",
    Occasion.CANCELLED: "The attached file takes the booking out of your calendar.",
    Occasion.DUE_SOON: "If you have paid it meanwhile, there is nothing left for you to do.",
    Occasion.OVERDUE: "Please pay it now, or call us. If you have, there is nothing left to do.",
    Occasion.INQUIRED: "If you do not go on, it is let go, and you owe nothing.",
}


def written(
    notice: BookingNotice,
    occasion: Occasion,
    *,
    id: MessageId,
    attachments: tuple[Attachment, ...] = (),
) -> Message:
    """Raises Undeliverable if the address of the contact is none."""
    return Message(
        id=id,
        to=notice.contact_email,
        subject=f"Booking {notice.reference} {occasion.value}: {notice.title}",
        text=_text(_paragraphs(notice, occasion)),
        attachments=attachments,
    )


def when(moment: datetime, zone: Zone) -> str:
    """Day, wall time and zone; the offset tells the two equal hours of an autumn night apart."""
    wall = zone.wall_time(moment)
    offset = wall.strftime("%z")
    return f"{_day(wall.date())}, {wall:%H:%M} ({zone.name}, UTC{offset[:3]}:{offset[3:5]})"


def _paragraphs(notice: BookingNotice, occasion: Occasion) -> Iterator[Iterable[str]]:
    yield (f"Hello {notice.contact_name},",)
    yield (_opening(notice, occasion),)
    if notice.reason:
        yield (f"The reason: {notice.reason}",)
    yield (
        f"Reference: {notice.reference}",
        f"What: {notice.title}",
        f"From: {when(notice.starts_at, notice.zone)}",
        f"Until: {when(notice.ends_at, notice.zone)}",
    )
    contained = (f"Contains {tax.name}: {tax.amount}" for tax in notice.contained)
    yield (*map(_line, notice.lines), f"Total: {notice.total}", *contained)
    if notice.fee is not None and notice.refund is not None:
        yield (f"Cancellation fee: {notice.fee}", f"Refund: {notice.refund}")
    if occasion is Occasion.APPROVED and notice.expires_at is not None:
        yield (f"Please pay until: {when(notice.expires_at, notice.zone)}",)
    if occasion in (Occasion.OFFERED, Occasion.INQUIRED) and notice.expires_at is not None:
        yield (f"We hold it for you until: {when(notice.expires_at, notice.zone)}",)
    if occasion is Occasion.INQUIRED:
        yield (f"To go on with it: {notice.continuation}",)
    if occasion in CLOSINGS:
        yield (CLOSINGS[occasion],)


def _opening(notice: BookingNotice, occasion: Occasion) -> str:
    if occasion is Occasion.CANCELLED and notice.cancelled_by_company:
        return "we are sorry: we have to cancel your booking, and give back all of its price."
    return OPENINGS[occasion]


def _text(paragraphs: Iterable[Iterable[str]]) -> str:
    """One line each: a name with line breaks must not be able to forge a refund."""
    return "\n\n".join("\n".join(map(one_line, lines)) for lines in paragraphs) + "\n"


def _line(line: NoticeLine) -> str:
    what = line.label if line.units == 1 and line.day is None else f"{line.units} x {line.label}"
    when = line.kind.capitalize() if line.day is None else _day(line.day)
    return f"{when}: {what}, {line.amount}"


def _day(day: date) -> str:
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"
