"""Papers and calls as they are shown to those whom they are about."""

from datetime import datetime

from domain.bookings.kept import KeptCall, KeptPaper, KeptWords, WordsKind
from domain.calls.call import Call
from domain.calls.escalation import Escalation
from domain.calls.evaluations import Evaluation
from domain.calls.notes import CallNote
from domain.calls.quality import CallQuality
from domain.calls.quotations import Quotation
from domain.calls.utterances import Utterance
from domain.paperwork.contents import Bill, Voucher
from domain.paperwork.papers import Paper


def kept_paper(paper: Paper) -> KeptPaper:
    content = paper.content
    return KeptPaper(
        id=paper.id,
        booking_id=paper.booking_id,
        kind=paper.kind.value,
        number=paper.number,
        issued_at=paper.issued_at,
        amount=content.amount,
        recipient=content.recipient.name,
        email=content.recipient.email,
        attendees=content.attendees if isinstance(content, (Bill, Voucher)) else (),
    )


def kept_call(call: Call, words: tuple[KeptWords, ...]) -> KeptCall:
    """With what others have kept of it."""
    return KeptCall(
        id=call.id,
        direction=call.direction.value,
        started_at=call.started_at,
        ended_at=call.ended_at,
        caller=call.numbers.caller,
        called=call.numbers.called,
        metadata=call.metadata,
        words=(*_agreed(call), *_intervened(call), *words, *_ending(call)),
    )


def said(line: Utterance) -> tuple[KeptWords, ...]:
    words = KeptWords(
        kind=WordsKind.SAID,
        at=line.begins_at,
        by=line.speaker.value,
        text=line.text,
        audio_url=line.audio_url,
    )
    return (words,)


def noted(note: CallNote) -> tuple[KeptWords, ...]:
    """All that it ever said."""
    return tuple(
        KeptWords(kind=WordsKind.NOTE, at=wording.at, text=wording.text)
        for wording in note.wordings
    )


def quoted(quotation: Quotation) -> tuple[KeptWords, ...]:
    return _written(WordsKind.QUOTATION, quotation.at, quotation.quoted.text)


def handed_over(escalation: Escalation) -> tuple[KeptWords, ...]:
    at, note, message = escalation.requested_at, escalation.asked.note, escalation.message
    return (
        *_written(WordsKind.HAND_OVER, at, note or ""),
        *_written(WordsKind.MESSAGE, at, message or ""),
    )


def reviewed(evaluation: Evaluation) -> tuple[KeptWords, ...]:
    answered = [text for one in evaluation.answers for text in (one.comment, one.text or "")]
    texts = (evaluation.notes, evaluation.dispute, *answered)
    return _written(WordsKind.REVIEW, evaluation.started_at, *texts)


def summed_up(quality: CallQuality) -> tuple[KeptWords, ...]:
    return _written(WordsKind.SUMMARY, None, quality.summary)


def _written(kind: WordsKind, at: datetime | None, *texts: str) -> tuple[KeptWords, ...]:
    return tuple(KeptWords(kind=kind, at=at, text=text) for text in texts if text)


def _agreed(call: Call) -> tuple[KeptWords, ...]:
    return tuple(KeptWords(kind=WordsKind.YES, at=yes.at, text=yes.wording) for yes in call.yeses)


def _intervened(call: Call) -> tuple[KeptWords, ...]:
    return tuple(
        words
        for one in call.interventions
        for words in _written(WordsKind.INTERVENTION, one.at, one.text)
    )


def _ending(call: Call) -> tuple[KeptWords, ...]:
    note = "" if call.ending is None else call.ending.note
    return _written(WordsKind.ENDING, call.ended_at, note)
