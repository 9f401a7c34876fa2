"""What is kept on a customer beside what they have booked: their papers, and what they said."""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum

import attrs

from domain.kernel.identifiers import BookingId, CallId, PaperId
from domain.kernel.money import Money
from domain.kernel.personal import personal


@attrs.frozen(kw_only=True)
class KeptPaper:
    """Whom it names: what else it says follows from the booking."""

    id: PaperId
    booking_id: BookingId
    kind: str
    number: str
    issued_at: datetime
    amount: Money | None
    recipient: str = attrs.field(repr=False, metadata=personal("to show it to whose it is"))
    email: str = attrs.field(repr=False, metadata=personal("to show it to whose it is"))
    attendees: tuple[str, ...] = attrs.field(
        repr=False, metadata=personal("to show it to whose it is")
    )


class WordsKind(Enum):
    """Whatever was said to each other; noted, summed up and judged by the desk."""

    YES = "yes"
    INTERVENTION = "intervention"
    SAID = "said"
    NOTE = "note"
    QUOTATION = "quotation"
    HAND_OVER = "hand_over"
    MESSAGE = "message"
    SUMMARY = "summary"
    REVIEW = "review"
    ENDING = "ending"


@attrs.frozen(kw_only=True)
class KeptWords:
    """`at` is when; None where that of the call has to do. `by` is who spoke of what was said."""

    kind: WordsKind
    at: datetime | None = None
    by: str | None = None
    text: str = attrs.field(repr=False, metadata=personal("to show it to whose it is"))
    audio_url: str | None = attrs.field(
        default=None, repr=False, metadata=personal("to show it to whose it is")
    )


@attrs.frozen(kw_only=True)
class KeptCall:
    id: CallId
    direction: str
    started_at: datetime
    ended_at: datetime | None
    caller: str | None = attrs.field(repr=False, metadata=personal("to show it to whose it is"))
    called: str | None = attrs.field(repr=False, metadata=personal("to show it to whose it is"))
    metadata: Mapping[str, str] = attrs.field(
        repr=False, metadata=personal("to show it to whose it is")
    )
    words: tuple[KeptWords, ...] = attrs.field(
        repr=False, metadata=personal("to show it to whose it is")
    )
