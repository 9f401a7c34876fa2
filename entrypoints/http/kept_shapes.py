"""JSON shapes of papers and calls as they are shown to those whom they are about."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from domain.bookings.kept import KeptCall, KeptPaper, KeptWords, WordsKind
from domain.calls.call import Direction
from domain.calls.utterances import Speaker
from domain.paperwork.papers import PaperKind
from entrypoints.http.call_quality_shapes import AudioUrl
from entrypoints.http.call_shapes import Metadata
from entrypoints.http.paper_shapes import Number
from entrypoints.http.refusals import TEXT_OR_NOTHING
from entrypoints.http.shapes import Identifier, Moment, MoneyBody, Output, PhoneNumber

MOST_ATTENDEES = 1000
MOST_WORDS = 1_000_000

# Nothing where it is no longer known who it was.
Known = Annotated[str, Meta(pattern=TEXT_OR_NOTHING, max_length=320)]


class ExportedPaperBody(Output, frozen=True):
    """Whom a paper names; its PDF has the rest."""

    id: Identifier
    booking_id: Identifier
    kind: PaperKind
    number: Number
    issued_at: Moment
    amount: MoneyBody | None
    recipient: Known
    email: Known
    attendees: Annotated[Sequence[Known], Meta(max_length=MOST_ATTENDEES)]

    @classmethod
    def of(cls, paper: KeptPaper) -> "ExportedPaperBody":
        return cls(
            id=paper.id,
            booking_id=paper.booking_id,
            kind=PaperKind(paper.kind),
            number=paper.number,
            issued_at=paper.issued_at,
            amount=None if paper.amount is None else MoneyBody.of(paper.amount),
            recipient=paper.recipient,
            email=paper.email,
            attendees=list(paper.attendees),
        )


class ExportedWordsBody(Output, frozen=True):
    """What was said or noted; `by` is there for what was said alone."""

    kind: WordsKind
    at: Moment | None
    by: Speaker | None
    text: Annotated[str, Meta(pattern=TEXT_OR_NOTHING, max_length=20_000)]
    audio_url: AudioUrl | None

    @classmethod
    def of(cls, words: KeptWords) -> "ExportedWordsBody":
        return cls(
            kind=words.kind,
            at=words.at,
            by=None if words.by is None else Speaker(words.by),
            text=words.text,
            audio_url=words.audio_url,
        )


class ExportedCallBody(Output, frozen=True):
    id: Identifier
    direction: Direction
    started_at: Moment
    ended_at: Moment | None
    caller: PhoneNumber | None
    called: PhoneNumber | None
    metadata: Metadata
    words: Annotated[Sequence[ExportedWordsBody], Meta(max_length=MOST_WORDS)]

    @classmethod
    def of(cls, call: KeptCall) -> "ExportedCallBody":
        return cls(
            id=call.id,
            direction=Direction(call.direction),
            started_at=call.started_at,
            ended_at=call.ended_at,
            caller=call.caller,
            called=call.called,
            metadata=call.metadata,
            words=[ExportedWordsBody.of(words) for words in call.words],
        )
