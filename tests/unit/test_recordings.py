"""What is recorded of a call, on what ground, and never while somebody pays."""

from datetime import timedelta
from uuid import UUID

import pytest

from application.calls.delete_recording import DeleteRecording, DeleteRecordingHandler, Deleting
from application.calls.keep_payments_unheard import (
    KeepPaymentUnheard,
    KeepPaymentUnheardHandler,
    Paid,
    PaymentsOfCalls,
)
from application.calls.on_the_line import OnTheLine
from application.calls.record_call import (
    ChangeRecording,
    ChangeRecordingHandler,
    RecordCall,
    RecordCallHandler,
)
from domain.calls.call import Call
from domain.calls.recording_steps import (
    begin_paying,
    change,
    delete_recording,
    end_paying,
    record,
    state_of,
)
from domain.calls.recordings import (
    NoRecording,
    RecordingBasis,
    RecordingState,
    RecordingStateForbids,
    RecordingStep,
)
from domain.calls.refusals import CallOver, CallStateForbids
from domain.calls.status import CallStatus
from domain.kernel.actors import Actor
from domain.kernel.identifiers import PaymentId
from tests.fakes.storage import Memory
from tests.fakes.telephony import FakeLine
from tests.fakes.time import Time
from tests.samples import DESK, NOW
from tests.samples_of_calls import call, heard, talking

SECOND = timedelta(seconds=1)
ONE, OTHER = PaymentId(UUID(int=1)), PaymentId(UUID(int=2))
State, Step = RecordingState, RecordingStep


def recorded(one: Call | None = None) -> Call:
    return record(one or talking(), RecordingBasis.ANNOUNCED, "rec-1", by=DESK.id, now=NOW)


def ended(one: Call, seconds: int = 60) -> Call:
    return one.hear(heard(CallStatus.COMPLETED, NOW + seconds * SECOND))


def test_what_can_be_heard_is_as_long_as_it_was_not_silent() -> None:
    paused = change(recorded(), Step.PAUSE, now=NOW + 10 * SECOND)
    gone_on = change(paused, Step.RESUME, now=NOW + 25 * SECOND)
    whole, cut, silent = ended(gone_on), change(gone_on, Step.STOP, now=NOW + 30 * SECOND), paused

    assert [state_of(one) for one in (paused, gone_on, whole, cut)] == [
        State.PAUSED,
        State.RECORDING,
        State.KEPT,
        State.KEPT,
    ]
    lengths = [
        one.recording and one.recording.seconds(one.ended_at)
        for one in (gone_on, whole, cut, ended(silent))
    ]
    assert lengths == [None, 45, 15, 10]


def test_steps_that_make_no_sense_are_refused() -> None:
    with pytest.raises(CallStateForbids):
        recorded(call())
    with pytest.raises(CallOver):
        recorded(ended(talking()))
    with pytest.raises(RecordingStateForbids):
        recorded(recorded())
    with pytest.raises(NoRecording):
        change(talking(), Step.STOP, now=NOW)
    with pytest.raises(RecordingStateForbids):
        change(recorded(), Step.RESUME, now=NOW)
    with pytest.raises(RecordingStateForbids):
        change(ended(recorded()), Step.PAUSE, now=NOW)
    with pytest.raises(RecordingStateForbids):
        delete_recording(recorded(), now=NOW)


def test_it_is_silent_as_long_as_anybody_pays() -> None:
    paying = begin_paying(begin_paying(recorded(), ONE, now=NOW), OTHER, now=NOW)
    one_left = end_paying(paying, ONE, now=NOW)

    assert [state_of(one) for one in (paying, one_left)] == [State.PAUSED, State.PAUSED]
    with pytest.raises(RecordingStateForbids):
        change(one_left, Step.RESUME, now=NOW)
    assert state_of(end_paying(one_left, OTHER, now=NOW)) is State.RECORDING
    with pytest.raises(RecordingStateForbids):
        recorded(begin_paying(talking(), ONE, now=NOW))
    assert end_paying(recorded(), ONE, now=NOW) == recorded()


def test_what_a_person_has_paused_stays_so_after_a_payment() -> None:
    before = begin_paying(change(recorded(), Step.PAUSE, now=NOW), ONE, now=NOW)
    meanwhile = change(begin_paying(recorded(), ONE, now=NOW), Step.PAUSE, now=NOW)

    for paying in (before, meanwhile):
        assert state_of(end_paying(paying, ONE, now=NOW)) is State.PAUSED


class OnePayment(PaymentsOfCalls):
    """Of the call, and open until somebody says otherwise."""

    is_open = True

    async def paid(self, actor: Actor, payment_id: PaymentId, /) -> Paid | None:
        return Paid(call().id, self.is_open) if payment_id == ONE else None


@pytest.mark.anyio
async def test_the_line_is_told_and_the_call_keeps_it() -> None:
    storage, line, payments = Memory(), FakeLine(), OnePayment()
    clock = Time(NOW)
    known = await storage(DESK, lambda work: work.calls.save(talking()))
    on_the_line = OnTheLine(unit_of_work=storage, telephonies=line, clock=clock)
    unheard = KeepPaymentUnheardHandler(
        unit_of_work=storage, telephonies=line, payments_of_calls=payments, clock=clock
    )

    async def pays(payment_id: PaymentId = ONE) -> bool:
        return await unheard(KeepPaymentUnheard(actor=DESK, payment_id=payment_id))

    await RecordCallHandler(on_the_line=on_the_line)(
        RecordCall(actor=DESK, call_id=known.id, basis=RecordingBasis.AGREED)
    )
    assert [await pays(OTHER), await pays(), await pays()] == [False, True, False]
    payments.is_open = False
    assert [await pays(), await pays()] == [True, False]
    await ChangeRecordingHandler(on_the_line=on_the_line)(
        ChangeRecording(actor=DESK, call_id=known.id, step=Step.STOP)
    )
    deleting = DeleteRecordingHandler(
        deleting=Deleting(unit_of_work=storage, telephonies=line, clock=clock)
    )
    deleted = await deleting(DeleteRecording(actor=DESK, call_id=known.id))
    again = await deleting(DeleteRecording(actor=DESK, call_id=known.id))

    name = "rec-CA1001"
    assert line.asked == [
        ("record", "CA1001"),
        ("pause", "CA1001", name),
        ("resume", "CA1001", name),
        ("stop", "CA1001", name),
        ("delete_recording", name),
    ]
    assert state_of(deleted) is state_of(again) is State.DELETED
    assert deleted.recording is not None
    assert deleted.recording.reference is None
