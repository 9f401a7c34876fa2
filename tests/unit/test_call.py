"""What can be done to a call, and when."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import attrs
import pytest

from domain.calls.call import Call, Handler, Numbers
from domain.calls.ending import MEANINGS, USUAL, EndReason
from domain.calls.events import CallEnded
from domain.calls.legs import Kind
from domain.calls.refusals import (
    BadPhoneNumber,
    CallNotOver,
    CallOver,
    CallStateForbids,
    CallTaken,
)
from domain.calls.status import ENDS, CallStatus
from domain.calls.steps import (
    accept,
    delete,
    hold,
    request_end,
    resume,
    transfer,
    wrap_up,
)
from domain.kernel.refusals import Refusal
from tests.samples import COLLEAGUE, MINUTE, NOW
from tests.samples_of_calls import ME, call, heard, talking

OWNER = UUID(int=77)
SOMEBODY_ELSE = Handler(actor_id=COLLEAGUE.id, bot="ada")


def ended(status: CallStatus = CallStatus.COMPLETED, start: Call | None = None) -> Call:
    return (start or talking()).hear(heard(status, NOW + 10 * MINUTE))


STEPS: dict[str, Callable[[Call], Call]] = {
    "accept": lambda one: accept(one, ME, wraps_up=False, now=NOW),
    "hold": lambda one: hold(one, now=NOW),
    "resume": lambda one: resume(one, now=NOW),
    "transfer": lambda one: transfer(one, Kind.COLD, now=NOW),
    "end": lambda one: request_end(one, EndReason.DONE, owner=OWNER, now=NOW),
    "wrap up": lambda one: wrap_up(one, now=NOW),
    "delete": lambda one: delete(one, now=NOW),
}
STATES = {
    "ringing": call().hear(heard(CallStatus.RINGING)),
    "talking": talking(),
    "held": hold(talking(), now=NOW),
    "ending": request_end(talking(), EndReason.DONE, owner=OWNER, now=NOW),
    "wrapping": ended(start=accept(talking(), ME, wraps_up=True, now=NOW)),
    "over": ended(),
}
REFUSED: dict[tuple[str, str], type[Refusal]] = {
    ("ringing", "hold"): CallStateForbids,
    ("ringing", "resume"): CallStateForbids,
    ("ringing", "transfer"): CallStateForbids,
    ("talking", "resume"): CallStateForbids,
    ("held", "hold"): CallStateForbids,
    ("ending", "hold"): CallStateForbids,
    ("ending", "resume"): CallStateForbids,
    ("ending", "transfer"): CallStateForbids,
    **{(state, "wrap up"): CallStateForbids for state in STATES if state != "wrapping"},
    **{(state, "delete"): CallNotOver for state in STATES if state != "over"},
    **{
        (state, step): CallOver
        for state in ("wrapping", "over")
        for step in ("accept", "hold", "resume", "transfer", "end")
    },
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("step", STEPS)
def test_steps_are_refused_where_they_make_no_sense(state: str, step: str) -> None:
    refusal = REFUSED.get((state, step))
    if refusal is None:
        STEPS[step](STATES[state])
        return
    with pytest.raises(refusal) as caught:
        STEPS[step](STATES[state])
    assert str(caught.value)


def test_one_person_has_a_call() -> None:
    mine = accept(talking(), ME, wraps_up=False, now=NOW)

    assert accept(mine, ME, wraps_up=False, now=NOW) is mine
    assert mine.is_of(ME.actor_id or COLLEAGUE.id)
    assert not mine.is_of(COLLEAGUE.id)
    with pytest.raises(CallTaken) as caught:
        accept(mine, SOMEBODY_ELSE, wraps_up=False, now=NOW)
    assert "somebody else" in str(caught.value)
    handed_on = transfer(mine, Kind.WARM, now=NOW)
    assert accept(handed_on, SOMEBODY_ELSE, wraps_up=False, now=NOW).handler == SOMEBODY_ELSE


@pytest.mark.parametrize("status", sorted(ENDS, key=str))
def test_whoever_asked_for_the_end_decides_how_it_ended(status: CallStatus) -> None:
    asked = request_end(talking(), EndReason.SILENCE, owner=OWNER, now=NOW)
    again = request_end(asked, EndReason.DONE, owner=UUID(int=1), now=NOW)

    over = ended(status, again)

    assert (over.status, over.end_reason) == (CallStatus.COMPLETED, EndReason.SILENCE)
    assert ended(CallStatus.COMPLETED, over).conflict is None
    assert over.hear(heard(CallStatus.BUSY, NOW + 11 * MINUTE)).conflict is None


def test_a_call_that_is_answered_while_it_is_called_off_stays_called_off() -> None:
    ringing = call().hear(heard(CallStatus.RINGING))
    asked = request_end(ringing, EndReason.CALLED_OFF, owner=OWNER, now=NOW)

    over = ended(start=asked.hear(heard(CallStatus.IN_PROGRESS)))

    assert (over.status, over.end_reason) == (CallStatus.CANCELLED, EndReason.CALLED_OFF)


@pytest.mark.parametrize("status", sorted(ENDS, key=str))
def test_every_end_of_a_line_is_an_end_with_a_reason(status: CallStatus) -> None:
    over = ended(status)

    assert (over.status, over.end_reason) == (status, USUAL[status])
    (event,) = [one for one in over.events if isinstance(one, CallEnded)]
    assert (event.status, event.seconds) == (status.value, 600)
    assert event.ended_by == USUAL[status].meaning.party.value


def test_a_provider_may_say_why() -> None:
    fact = heard(CallStatus.COMPLETED, details={"reason": "customer_hung_up"})
    unknown = heard(CallStatus.FAILED, details={"reason": "gremlins"})

    assert talking().hear(fact).end_reason is EndReason.CUSTOMER_HUNG_UP
    assert talking().hear(unknown).end_reason is EndReason.CARRIER_FAILED


def test_every_reason_means_something() -> None:
    assert MEANINGS.keys() == set(EndReason)
    assert USUAL.keys() == ENDS


def test_a_second_end_is_noted_and_changes_nothing() -> None:
    over = ended().hear(heard(CallStatus.FAILED, NOW + 9 * MINUTE))

    assert (over.status, over.conflict) == (CallStatus.COMPLETED, CallStatus.FAILED)
    assert over.hear(heard(CallStatus.FAILED, NOW + 9 * MINUTE)) == over
    assert [event.name for event in over.events][-1] == "call_conflicted"


def test_what_nobody_understands_changes_nothing() -> None:
    assert talking().hear(heard(None)) == talking()


def test_other_lines_are_not_the_call() -> None:
    late = heard(CallStatus.NO_ANSWER, NOW + 2 * MINUTE, leg="colleague")
    rung = heard(CallStatus.RINGING, NOW + MINUTE, leg="colleague")
    joined = heard(CallStatus.IN_PROGRESS, NOW + MINUTE, leg="another")

    one = talking().hear(late).hear(rung).hear(joined).hear(heard(None, leg="another"))

    assert one == talking().hear(joined).hear(rung).hear(late)
    assert one.status is CallStatus.IN_PROGRESS
    assert [(leg.name, leg.status, leg.left_at) for leg in one.legs] == [
        ("another", CallStatus.IN_PROGRESS, None),
        ("colleague", CallStatus.NO_ANSWER, NOW + 2 * MINUTE),
    ]


def test_how_long_it_took() -> None:
    start = accept(call(), ME, wraps_up=True, now=NOW)
    for minute, status in enumerate(
        (CallStatus.QUEUED, CallStatus.RINGING, CallStatus.IN_PROGRESS)
    ):
        start = start.hear(heard(status, NOW + minute * MINUTE))
    held = resume(hold(start, now=NOW + 3 * MINUTE), now=NOW + 5 * MINUTE)
    again = hold(held, now=NOW + 9 * MINUTE)
    over = wrap_up(ended(start=again), now=NOW + 14 * MINUTE)

    durations = over.durations
    assert (durations.queue, durations.ring) == (MINUTE, MINUTE)
    assert durations.total == 8 * MINUTE
    assert durations.hold == 3 * MINUTE
    assert durations.talk == 5 * MINUTE
    assert durations.wrap == 4 * MINUTE
    assert over.status is CallStatus.COMPLETED


def test_nothing_lasts_less_than_no_time() -> None:
    strange = ended(start=attrs.evolve(talking(), answered_at=NOW + 11 * MINUTE))

    assert strange.durations.total == timedelta()
    assert call().durations.total is None
    assert call().durations.talk is None


@pytest.mark.parametrize("number", ["02079460958", "+0", "tel", "+4420794609580000"])
def test_numbers_are_in_one_form(number: str) -> None:
    with pytest.raises(BadPhoneNumber) as caught:
        Numbers(caller=number)
    assert "+44" in str(caught.value)


def test_numbers_are_not_shown_by_chance() -> None:
    assert "2079" not in repr(call())


def test_whoever_deletes_twice_deletes_once() -> None:
    gone = delete(ended(), now=NOW)
    assert delete(gone, now=NOW + MINUTE) is gone
