"""What the simulated provider sends by itself, in the shape of Stripe's events."""

from datetime import datetime, timezone

import msgspec

from domain.payments.provider import ProviderEvent, Subject

WORDS = {
    Subject.PAYMENT: "payment_intent",
    Subject.REFUND: "refund",
    Subject.DISPUTE: "dispute",
}
SUBJECTS = {word: subject for subject, word in WORDS.items()}


class Object(msgspec.Struct, frozen=True):
    id: str
    object: str


class Data(msgspec.Struct, frozen=True):
    object: Object


class Message(msgspec.Struct, frozen=True):
    id: str
    type: str
    created: int
    data: Data
    object: str = "event"


def message_of(event: ProviderEvent) -> bytes:
    word = WORDS[event.subject] if event.subject else ""
    return msgspec.json.encode(
        Message(
            id=event.id,
            type=event.type,
            created=int(event.created_at.timestamp()),
            data=Data(Object(id=event.reference, object=word)),
        )
    )


def event_in(body: bytes) -> ProviderEvent:
    """Raises ValueError."""
    message = msgspec.json.decode(body, type=Message)
    subject = SUBJECTS.get(message.data.object.object)
    return ProviderEvent(
        id=message.id,
        type=message.type,
        subject=subject,
        reference=message.data.object.id if subject else "",
        created_at=datetime.fromtimestamp(message.created, timezone.utc),
    )
