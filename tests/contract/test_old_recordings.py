"""Recordings that were kept long enough are found, by the basis they were made on."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

import attrs
import pytest

from adapters.readers.old_recordings import SqlOldRecordings
from adapters.sql.database import Database
from application.calls.lapse_recordings import Keeping
from domain.calls.recording_steps import change, lapse_recording, record
from domain.calls.recordings import RecordingBasis, RecordingStep
from domain.kernel.identifiers import CallId
from tests.contract.storages import Work, sql_storage
from tests.samples import DAY, DESK, NOW, OTHER_DESK
from tests.samples_of_calls import talking

pytestmark = pytest.mark.anyio

KEEPING = Keeping(by_duty=9 * DAY, otherwise=2 * DAY)
A_MOMENT = timedelta(seconds=1)


async def test_those_that_are_old_are_found_until_they_are_deleted(database: Database) -> None:
    storage, old = sql_storage(database), SqlOldRecordings(database)
    made = [
        attrs.evolve(
            record(talking(number, now=NOW), basis, None, by=DESK.id, now=NOW),
            id=CallId(UUID(int=number)),
            events=(),
        )
        for number, basis in enumerate(RecordingBasis, start=1001)
    ]
    by_basis: Mapping[RecordingBasis, CallId] = {
        call.recording.basis: call.id for call in made if call.recording
    }

    def keep(work: Work) -> None:
        for call in made:
            work.calls.save(call)

    async def found(now: datetime, limit: int = 9) -> set[CallId]:
        return set(await old.begun_before(DESK, KEEPING.ends(now), limit=limit))

    await storage.work(DESK, keep)

    assert await found(NOW + 2 * DAY) == set()
    late = NOW + 2 * DAY + A_MOMENT
    assert await found(late) == {
        by_basis[RecordingBasis.ANNOUNCED],
        by_basis[RecordingBasis.AGREED],
    }
    assert len(await found(late, limit=1)) == 1
    assert await found(NOW + 9 * DAY + A_MOMENT) == set(by_basis.values())
    assert await old.begun_before(OTHER_DESK, KEEPING.ends(late), limit=9) == []
    assert await old.organizations(now=late) == [DESK.organization_id]

    def delete(work: Work) -> None:
        for call_id in by_basis.values():
            stopped = change(work.calls.locked(call_id), RecordingStep.STOP, now=late)
            work.calls.save(lapse_recording(work.calls.save(stopped), now=late))

    await storage.work(DESK, delete)
    assert await found(NOW + 99 * DAY) == set()
    assert await old.organizations(now=late) == []
