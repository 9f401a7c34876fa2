"""Messages to people, safe to be put into headers as they are."""

from typing import ClassVar, NewType
from uuid import UUID, uuid5

import attrs

from domain.kernel.identifiers import EventId
from domain.kernel.refusals import Category, Refusal

MessageId = NewType("MessageId", UUID)


@attrs.frozen
class Undeliverable(Refusal):
    """Sending it again would not help. Whom it was for is personal and not said here."""

    code: ClassVar[str] = "undeliverable"
    category: ClassVar[Category] = Category.EXTERNAL_SERVICE
    reason: str

    def __str__(self) -> str:
        return f"the message cannot be delivered: {self.reason}"


def one_line(text: str) -> str:
    """Without line breaks and whatever else cannot be printed; runs of blanks become one space."""
    blank_or_printable = (char if char.isprintable() else " " for char in text)
    return " ".join("".join(blank_or_printable).split())


def is_address(text: str) -> bool:
    """Nothing but one address; whether it exists only a message to it can tell."""
    local, _, domain = text.rpartition("@")
    return bool(local and domain) and text.isprintable() and not set(text) & set(' ,;<>"')


def message_to_customer(event_id: EventId) -> MessageId:
    """The one message that the customer gets about an event, however often it is written."""
    return MessageId(uuid5(event_id, "customer"))


@attrs.frozen(kw_only=True)
class Attachment:
    """`content_type` is a media type with its parameters, as in a header."""

    filename: str = attrs.field(converter=one_line)
    content_type: str = attrs.field(converter=one_line)
    content: bytes = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class Message:
    """`to` is a bare address, and so is `reply_to`, where answers go if not to the sender.

    Messages with the same id are the same message, written again.
    """

    id: MessageId
    to: str = attrs.field(repr=False)
    subject: str = attrs.field(converter=one_line, repr=False)
    text: str = attrs.field(repr=False)
    attachments: tuple[Attachment, ...] = ()
    sender_name: str | None = None
    reply_to: str | None = None

    def __attrs_post_init__(self) -> None:
        """An address is never mended: what is left of a forged one might be somebody's."""
        if not is_address(self.to):
            raise Undeliverable("that is not an e-mail address")
