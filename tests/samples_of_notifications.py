"""A notice and a message, for tests to vary."""

from datetime import date, datetime, timedelta, timezone
from uuid import UUID

from domain.kernel.identifiers import BookingId, EventId
from domain.kernel.money import Money
from domain.kernel.periods import Zone
from domain.notifications.messages import Attachment, Message, message_to_customer
from domain.notifications.notices import BookingNotice, NoticeLine

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=timezone.utc)
STARTS_AT = datetime(2026, 3, 26, 9, tzinfo=timezone.utc)
BOOKING = BookingId(UUID("01890a5d-ac96-774b-bcce-b302099a8057"))
EVENT = EventId(UUID("01890a5d-ac96-774b-bcce-b302099a8058"))

NOTICE = BookingNotice(
    booking_id=BOOKING,
    reference="FD0000001S",
    version=3,
    state="confirmed",
    title="Paediatric first aid",
    starts_at=STARTS_AT,
    ends_at=STARTS_AT + timedelta(hours=8),
    zone=Zone("Europe/London"),
    contact_name="Ada Lovelace",
    contact_email="ada@example.com",
    lines=(NoticeLine(label="seat", day=date(2026, 3, 26), units=2, amount=Money(9000, "GBP")),),
    total=Money(9000, "GBP"),
)

MESSAGE = Message(
    id=message_to_customer(EVENT),
    to="ada@example.com",
    subject="Booking FD0000001S confirmed: Crêpes & Brötchen für Anfänger, ein Kurs in 2 Teilen",
    text="Hello Ada,\n\n.\nZoë pays 90,00 €.\n" + "long " * 300 + "\n",
    attachments=(
        Attachment(
            filename="booking.ics",
            content_type="text/calendar; charset=utf-8; method=REQUEST",
            content="BEGIN:VCALENDAR\r\nSUMMARY:Crêpes\r\nEND:VCALENDAR\r\n".encode(),
        ),
    ),
)
