"""Dispositions are kept as they are, each under a label of its own."""

from uuid import UUID

import attrs
import pytest

from application.kernel.ports import Stale
from domain.calls.dispositions import Disposition, DispositionLabelTaken, DispositionNotFound
from domain.kernel.identifiers import DispositionId
from tests.contract.storages import Storage
from tests.samples import DESK, NOW, OTHER_DESK

pytestmark = pytest.mark.anyio


def disposition(number: int = 1, label: str = "Sold") -> Disposition:
    return Disposition.add(DispositionId(UUID(int=number)), label, now=NOW)


async def test_dispositions_come_back_as_they_were_saved(storage: Storage) -> None:
    new = disposition()
    saved = await storage.work(DESK, lambda work: work.dispositions.save(new))
    retired = saved.change("Sale", active=False, now=NOW)
    later = await storage.work(DESK, lambda work: work.dispositions.save(retired))
    found = await storage.work(DESK, lambda work: work.dispositions.get(new.id))

    assert attrs.evolve(new, version=1, events=()) == saved
    assert attrs.evolve(retired, version=2, events=()) == later == found
    with pytest.raises(Stale):
        await storage.work(DESK, lambda work: work.dispositions.save(retired))


async def test_they_are_of_one_organization(storage: Storage) -> None:
    new = disposition()
    await storage.work(DESK, lambda work: work.dispositions.save(new))

    with pytest.raises(DispositionNotFound):
        await storage.work(OTHER_DESK, lambda work: work.dispositions.get(new.id))
    theirs = disposition(2)
    assert await storage.work(OTHER_DESK, lambda work: work.dispositions.save(theirs)) is not None


async def test_no_two_have_one_label_retired_or_not(storage: Storage) -> None:
    first = await storage.work(DESK, lambda work: work.dispositions.save(disposition()))
    gone = first.change("Sold", active=False, now=NOW)
    await storage.work(DESK, lambda work: work.dispositions.save(gone))

    with pytest.raises(DispositionLabelTaken):
        await storage.work(DESK, lambda work: work.dispositions.save(disposition(2)))
    with pytest.raises(DispositionNotFound):
        await storage.work(DESK, lambda work: work.dispositions.get(DispositionId(UUID(int=2))))


async def test_it_is_told_which_labels_there_are_retired_or_not(storage: Storage) -> None:
    first = await storage.work(DESK, lambda work: work.dispositions.save(disposition()))
    gone = first.change("Sold", active=False, now=NOW)
    await storage.work(DESK, lambda work: work.dispositions.save(gone))
    asked = {"Sold", "Lost"}

    assert set(await storage.work(DESK, lambda work: work.dispositions.labels_among(asked))) == {
        "Sold"
    }
    assert not await storage.work(OTHER_DESK, lambda work: work.dispositions.labels_among(asked))
    assert not await storage.work(DESK, lambda work: work.dispositions.labels_among(frozenset()))
