"""How far a call is. It only ever gets further, in whatever order the news of it comes."""

from enum import Enum


class CallStatus(Enum):
    """`wrapping` is when the line is down and the agent writes up what was said."""

    SCHEDULED = "scheduled"
    QUEUED = "queued"
    RINGING = "ringing"
    IN_PROGRESS = "in_progress"
    WRAPPING = "wrapping"
    COMPLETED = "completed"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    REJECTED = "rejected"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def rank(self) -> int:
        return RANKS[self]

    @property
    def is_over(self) -> bool:
        return self in ENDS

    @property
    def line_is_down(self) -> bool:
        return self in ENDS or self is CallStatus.WRAPPING


RANKS = {
    CallStatus.SCHEDULED: 0,
    CallStatus.QUEUED: 1,
    CallStatus.RINGING: 2,
    CallStatus.IN_PROGRESS: 3,
    CallStatus.WRAPPING: 8,
    CallStatus.COMPLETED: 9,
    CallStatus.BUSY: 9,
    CallStatus.NO_ANSWER: 9,
    CallStatus.REJECTED: 9,
    CallStatus.FAILED: 9,
    CallStatus.CANCELLED: 9,
}

ENDS = frozenset(status for status, rank in RANKS.items() if rank == max(RANKS.values()))
