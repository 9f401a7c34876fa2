"""What of a call is written: all of it, or no more than what news of its line may change."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import attrs
import pytest

from adapters.mapping.calls import (
    columns_of_call,
    columns_of_line,
    only_its_line_moved,
    people_of,
)
from domain.calls.call import Call, Direction, Handler, Numbers
from domain.calls.ending import Ending, EndReason
from domain.calls.interventions import Intervening, Intervention
from domain.calls.legs import Interval, Leg
from domain.calls.recordings import Recording, RecordingBasis
from domain.calls.status import CallStatus
from domain.calls.yeses import Agreed, Yes
from domain.kernel.identifiers import ActorId, BookingId
from tests.samples import MINUTE, NOW
from tests.samples_of_calls import call

OTHER, SOMEBODY = UUID(int=78), ActorId(UUID(int=79))
LATER = NOW + MINUTE
OTHERWISE: Mapping[str, Any] = {
    "id": OTHER,
    "direction": Direction.OUTBOUND,
    "numbers": Numbers(caller="+351210000009"),
    "provider": "another",
    "provider_call": "another",
    "status": CallStatus.IN_PROGRESS,
    "handler": Handler(bot="ada"),
    "template": "survey",
    "metadata": {"told": "us"},
    "department": "sales",
    "queue_id": OTHER,
    "root_call_id": OTHER,
    "wraps_up": True,
    "started_at": LATER,
    "queued_at": LATER,
    "ringing_at": LATER,
    "answered_at": LATER,
    "ended_at": LATER,
    "wrapped_at": LATER,
    "ending": Ending(
        owner=OTHER,
        outcome=CallStatus.COMPLETED,
        reason=EndReason.DONE,
        note="as agreed",
        requested_at=LATER,
    ),
    "end_reason": EndReason.DONE,
    "conflict": CallStatus.BUSY,
    "yeses": (
        Yes(
            action=Agreed.BOOK,
            booking_id=BookingId(OTHER),
            wording="Yes, please.",
            by=SOMEBODY,
            at=LATER,
        ),
    ),
    "interventions": (
        Intervention(kind=Intervening.MESSAGE, text="Wait.", by=SOMEBODY, at=LATER),
    ),
    "bot_paused": True,
    "recording": Recording(basis=RecordingBasis.AGREED, started_by=SOMEBODY, started_at=LATER),
    "paying": (OTHER,),
    "legs": (Leg(name="second", status=CallStatus.RINGING),),
    "holds": (Interval(since=LATER),),
    "disposition_id": OTHER,
    "qa_milli": 900,
    "sentiment_milli": -300,
    "escalated": True,
    "deleted_at": LATER,
}
OF_THE_LINE = {
    "status",
    "queued_at",
    "ringing_at",
    "answered_at",
    "ended_at",
    "end_reason",
    "conflict",
    "legs",
}
"""What hearing news changes."""

BEFORE = call()


def written(call: Call) -> Mapping[str, Any]:
    return {"id": call.id, **columns_of_call(call), "people": people_of(call)}


def test_all_that_a_call_is_made_of_is_tried() -> None:
    fields = {field.name for field in attrs.fields(Call)}
    assert fields - {"version", "events"} == set(OTHERWISE)


@pytest.mark.parametrize("name", OTHERWISE)
def test_what_is_not_as_it_was_is_written(name: str) -> None:
    after = attrs.evolve(BEFORE, **{name: OTHERWISE[name]})
    assert after != BEFORE
    before, now = written(BEFORE), written(after)
    changed = {column for column in now if now[column] != before[column]}
    assert changed
    if only_its_line_moved(BEFORE, after):
        assert changed <= set(columns_of_line(after))


@pytest.mark.parametrize("name", sorted(OF_THE_LINE))
def test_news_of_the_line_is_all_that_is_written(name: str) -> None:
    assert only_its_line_moved(BEFORE, attrs.evolve(BEFORE, **{name: OTHERWISE[name]}))


def test_what_is_written_of_the_line_is_what_is_written_of_the_call() -> None:
    assert columns_of_line(BEFORE).items() <= columns_of_call(BEFORE).items()
