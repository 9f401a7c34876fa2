"""Calls as the line lists them: what nobody has named is found, and what is over is hung up."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import attrs
import pytest

from adapters.readers.stuck_calls import SqlOpenCalls
from application.calls.initiate_call import InitiateCall, InitiateCallHandler
from application.calls.reconcile_calls import OpenCalls, ReconcileCalls, ReconcileCallsHandler
from application.calls.telephony import TelephonyUnavailable
from domain.calls.call import Call
from domain.calls.ending import EndReason
from domain.calls.facts import Heard
from domain.calls.status import CallStatus
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId
from tests.contract.storages import SqlStorage, Storage
from tests.fakes.telephony import FakeLine
from tests.fakes.time import Time
from tests.samples import DESK, NOW

pytestmark = pytest.mark.anyio

CALL = CallId(UUID(int=5))


@attrs.frozen
class SinceEver(OpenCalls):
    async def since(self, actor: Actor, *, now: datetime) -> datetime:
        return NOW


def stands(status: CallStatus) -> Heard:
    return Heard(
        provider="fake",
        provider_call="line-5",
        event=f"seen-{status.value}",
        sequence=None,
        status=status,
        at=NOW,
        leg=None,
        details={"call": str(CALL)},
    )


async def not_dialled(storage: Storage, line: FakeLine) -> None:
    """Somebody is rung, and nobody knows whether that was done."""
    line.down = TelephonyUnavailable()
    initiate = InitiateCallHandler(
        unit_of_work=storage.work,
        telephonies=line,
        clock=Time(NOW),
        new_id=lambda: CALL,
        wraps_up=False,
    )
    with pytest.raises(TelephonyUnavailable):
        await initiate(InitiateCall(actor=DESK, called="+442079460958"))
    line.down = None
    line.asked.clear()


async def reconcile(storage: Storage, line: FakeLine) -> int:
    handler = ReconcileCallsHandler(
        unit_of_work=storage.work,
        telephonies=line,
        open_calls=SinceEver(),
        clock=Time(NOW),
        new_id=uuid4,
    )
    return await handler(ReconcileCalls(actor=DESK))


async def known(storage: Storage) -> Call:
    return await storage.work(DESK, lambda work: work.calls.get(CALL))


async def test_who_is_up_though_the_call_has_failed_is_hung_up(storage: Storage) -> None:
    line = FakeLine()
    await not_dialled(storage, line)
    line.stands = stands(CallStatus.IN_PROGRESS)

    assert [await reconcile(storage, line) for _ in range(2)] == [1, 0]
    failed = await known(storage)
    assert (failed.status, failed.provider_call) == (CallStatus.FAILED, "line-5")
    assert line.asked == [("hang_up", "line-5", EndReason.TELEPHONY_UNAVAILABLE.value)] * 2


async def test_who_is_down_is_left_alone(storage: Storage) -> None:
    line = FakeLine()
    await not_dialled(storage, line)
    line.stands = stands(CallStatus.BUSY)
    await reconcile(storage, line)

    assert line.asked == []
    line.stands = attrs.evolve(line.stands, provider_call="somebody-else-s", details={})
    assert await reconcile(storage, line) == 0


async def test_lines_are_asked_about_for_whoever_has_had_calls_of_late(sql: SqlStorage) -> None:
    await not_dialled(sql, FakeLine())
    open_calls = SqlOpenCalls(sql.database)
    found = [
        list(await open_calls.organizations(now=now)) for now in (NOW, NOW + timedelta(days=9))
    ]

    assert found == [[DESK.organization_id], []]  # the call has failed, and that is long ago
