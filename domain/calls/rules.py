"""Rules that a program can tell the keeping of, and what it found."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import Enum

import attrs

from domain.calls.compliance import SpeechRules
from domain.calls.utterances import Span, Utterance
from domain.kernel.periods import Period


class Rule(Enum):
    GREETING_IN_TIME = "greeting_in_time"
    BOTH_TALK = "both_talk"
    NO_LONG_SILENCE = "no_long_silence"
    FEW_HOLDS = "few_holds"
    FEW_INTERRUPTIONS = "few_interruptions"
    DISCLOSURES_MADE = "disclosures_made"
    NOTHING_PROHIBITED = "nothing_prohibited"
    NO_CARD_NUMBERS = "no_card_numbers"
    NO_SOCIAL_SECURITY_NUMBERS = "no_social_security_numbers"
    BOOKING_READ_BACK = "booking_read_back"
    SUMMARY_WRITTEN = "summary_written"
    DISPOSITION_SET = "disposition_set"


class Verdict(Enum):
    """What nothing is known of is never kept; what does not apply weighs nothing."""

    KEPT = "kept"
    BROKEN = "broken"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


@attrs.frozen(kw_only=True)
class Measure:
    """`measured` is in whole seconds, percent or pieces, whichever the rule counts."""

    rule: Rule
    verdict: Verdict
    measured: int | None = None
    evidence: tuple[Span, ...] = ()


@attrs.frozen(kw_only=True)
class Conversation:
    """All of a call that its quality is judged by. Lines are in the order they were said in.

    `summarised` is None where nobody can tell.
    """

    utterances: tuple[Utterance, ...] = ()
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    holds: tuple[Period, ...] = ()
    disposed_at: datetime | None = None
    summarised: bool | None = None
    booked: bool = False


@attrs.frozen(kw_only=True)
class Standards:
    """What is asked of every call of an organization; shares are percent of the words."""

    greeting_within: timedelta = timedelta(seconds=10)
    longest_silence: timedelta = timedelta(seconds=20)
    most_holds: int = 2
    most_interruptions: int = 3
    least_share: int = 20
    most_share: int = 80
    disposed_within: timedelta = timedelta(minutes=5)
    read_back: tuple[str, ...] = ()
    speech: SpeechRules = attrs.field(factory=SpeechRules)


def verdict(kept: bool) -> Verdict:  # noqa: FBT001
    return Verdict.KEPT if kept else Verdict.BROKEN


def share_kept(measures: Sequence[Measure]) -> tuple[int, int]:
    """How many were kept, of how many that anything is known of."""
    known = [one for one in measures if one.verdict in (Verdict.KEPT, Verdict.BROKEN)]
    return sum(one.verdict is Verdict.KEPT for one in known), len(known)
