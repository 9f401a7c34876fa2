"""What becomes of a simulated call, written down the moment it begins."""

from collections.abc import Sequence

import attrs

from application.kernel.ports import Chance

HUNDRED = 100
SHORTEST_TALK, TALKS_VARY = 30, 270  # seconds
RINGS_AFTER, ANSWERED_AFTER, GIVEN_UP_AFTER, DROPPED_AFTER = 1, 4, 30, 2


@attrs.frozen
class Beat:
    """So many seconds after the call began."""

    after: int
    event: str


BEGINNING = (Beat(0, "initiated"), Beat(RINGS_AFTER, "ringing"))
ANSWERED = (*BEGINNING, Beat(ANSWERED_AFTER, "in-progress"))
BUSY = (*BEGINNING, Beat(ANSWERED_AFTER, "busy"))
NO_ANSWER = (*BEGINNING, Beat(GIVEN_UP_AFTER, "no-answer"))
REJECTED = (*BEGINNING, Beat(ANSWERED_AFTER, "rejected"))
FAILED = (BEGINNING[0], Beat(RINGS_AFTER, "failed"))
DROPPED = (*ANSWERED, Beat(ANSWERED_AFTER + DROPPED_AFTER, "failed"))
CALLED_OFF = (*BEGINNING, Beat(ANSWERED_AFTER, "canceled"))
SHORT = (*ANSWERED, Beat(ANSWERED_AFTER + SHORTEST_TALK, "completed"))

BY_ENDING = {
    "0001": ANSWERED,  # and up until somebody hangs up
    "0002": BUSY,
    "0003": NO_ANSWER,
    "0004": FAILED,
    "0005": DROPPED,
    "0006": REJECTED,
    "0007": CALLED_OFF,
    "0008": SHORT,  # and everything is told twice
    "0009": SHORT,  # and that it rings is told late
}
"""Of the number of whoever is not at the desk."""

OF_HUNDRED = ((70, None), (80, BUSY), (90, NO_ANSWER), (93, REJECTED), (96, FAILED))
"""What the others do: most answer, talk for a while and hang up."""


LIKE = {
    "answered": "0001",
    "busy": "0002",
    "unanswered": "0003",
    "failed": "0004",
    "dropped": "0005",
    "rejected": "0006",
    "hung-up": "0007",
    "told-twice": "0008",
    "told-late": "0009",
}
"""How numbers end of whoever should fare like that."""


def script_for(number: str, chance: Chance) -> Sequence[Beat]:
    known = BY_ENDING.get(number[-4:])
    if known is not None:
        return known
    drawn = chance(HUNDRED)
    for up_to, script in OF_HUNDRED:
        if drawn < up_to:
            return script or _talk(chance)
    return DROPPED


def _talk(chance: Chance) -> Sequence[Beat]:
    lasts = SHORTEST_TALK + chance(TALKS_VARY)
    return (*ANSWERED, Beat(ANSWERED_AFTER + lasts, "completed"))
