"""Lines as they are added to the transcript of a call."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

import attrs

from domain.calls.compliance import masked
from domain.calls.lexicon import felt_in
from domain.calls.utterances import FeltBy, Speaker, Utterance
from domain.kernel.identifiers import CallId
from domain.kernel.personal import personal
from domain.kernel.refusals import Conflict, Invalid

MOST_LINES = 10_000


@attrs.frozen
class TranscriptFull(Conflict):
    code: ClassVar[str] = "transcript_full"
    call_id: CallId

    def __str__(self) -> str:
        return f"the transcript of call {self.call_id} takes {MOST_LINES} lines and no more"


@attrs.frozen
class BadLine(Invalid):
    code: ClassVar[str] = "bad_transcript_line"
    field: ClassVar[str] = "lines"

    def __str__(self) -> str:
        return "a line ends no earlier than it begins"


@attrs.frozen(kw_only=True)
class Said:
    """A line without its number; `sentiment` is in thousandths, if whoever heard it says so."""

    speaker: Speaker
    text: str = attrs.field(repr=False, metadata=personal("to know what was said"))
    audio_url: str | None = attrs.field(
        default=None, repr=False, metadata=personal("to hear what was said")
    )
    begins_at: datetime
    ends_at: datetime | None = None
    sentiment: int | None = None


def numbered(call_id: CallId, said: Sequence[Said], *, behind: int) -> tuple[Utterance, ...]:
    """Numbers of cards and of social security are never kept. Raises TranscriptFull, BadLine."""
    if behind + len(said) > MOST_LINES:
        raise TranscriptFull(call_id)
    return tuple(_line(number, one) for number, one in enumerate(said, behind + 1))


def _line(number: int, said: Said) -> Utterance:
    if said.ends_at is not None and said.ends_at < said.begins_at:
        raise BadLine
    given = said.sentiment is not None
    return Utterance(
        line=number,
        speaker=said.speaker,
        text=masked(said.text),
        audio_url=said.audio_url,
        begins_at=said.begins_at,
        ends_at=said.ends_at,
        sentiment=said.sentiment if given else felt_in(said.text),
        felt_by=FeltBy.GIVEN if given else FeltBy.LEXICON,
    )
