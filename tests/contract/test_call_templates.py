"""Call templates are kept as they are, each under its label, and it is known who uses them."""

from uuid import UUID

import attrs
import pytest

from application.kernel.ports import Stale
from domain.calls.call import Call, Direction, Numbers
from domain.calls.desk_numbers import DeskNumber, NumberTerms, RingsFor
from domain.calls.status import CallStatus
from domain.calls.templates import (
    CallTemplate,
    CallTemplateNotFound,
    CallTemplateTaken,
    Wording,
)
from domain.kernel.identifiers import CallId, CallTemplateId, DeskNumberId
from tests.contract.storages import Storage
from tests.samples import DESK, NOW, OTHER_DESK
from tests.samples_of_calls import heard

pytestmark = pytest.mark.anyio

SALES = Wording(label="sales", greeting="Hello", instructions="Offer the view")


def template(number: int = 1, wording: Wording = SALES) -> CallTemplate:
    return CallTemplate.add(CallTemplateId(UUID(int=number)), wording, now=NOW)


async def used(storage: Storage, label: str = "sales") -> bool:
    return await storage.work(DESK, lambda work: work.call_templates.is_used(label))


async def test_they_come_back_as_they_were_saved(storage: Storage) -> None:
    new = template()
    saved = await storage.work(DESK, lambda work: work.call_templates.save(new))
    reworded = saved.change(attrs.evolve(SALES, greeting=""), now=NOW)
    later = await storage.work(DESK, lambda work: work.call_templates.save(reworded))
    found = await storage.work(DESK, lambda work: work.call_templates.get(new.id))

    assert attrs.evolve(new, version=1, events=()) == saved
    assert attrs.evolve(reworded, version=2, events=()) == later == found
    assert found.change(found.wording, now=NOW) is found
    with pytest.raises(Stale):
        await storage.work(DESK, lambda work: work.call_templates.save(reworded))
    with pytest.raises(CallTemplateNotFound):
        await storage.work(OTHER_DESK, lambda work: work.call_templates.get(new.id))


async def test_no_two_have_one_label_unless_one_is_deleted(storage: Storage) -> None:
    first = await storage.work(DESK, lambda work: work.call_templates.save(template()))
    with pytest.raises(CallTemplateTaken):
        await storage.work(DESK, lambda work: work.call_templates.save(template(2)))
    theirs = await storage.work(OTHER_DESK, lambda work: work.call_templates.save(template(3)))
    assert theirs.version == 1

    gone = first.delete(now=NOW)
    await storage.work(DESK, lambda work: work.call_templates.save(gone))
    again = await storage.work(DESK, lambda work: work.call_templates.save(template(2)))

    assert again.wording == SALES
    with pytest.raises(CallTemplateNotFound):
        await storage.work(DESK, lambda work: work.call_templates.get(first.id))


async def test_numbers_use_them_until_they_are_deleted(storage: Storage) -> None:
    terms = NumberTerms(label="Desk", rings_for=RingsFor(template="sales"))
    number = DeskNumber.add(
        DeskNumberId(UUID(int=5)), "+442079460000", terms, provider=None, now=NOW
    )
    saved = await storage.work(DESK, lambda work: work.desk_numbers.save(number))

    assert await used(storage)
    assert not await used(storage, "support")
    assert not await storage.work(OTHER_DESK, lambda work: work.call_templates.is_used("sales"))
    await storage.work(DESK, lambda work: work.desk_numbers.save(saved.delete(now=NOW)))
    assert not await used(storage)


async def test_calls_use_them_until_they_are_over(storage: Storage) -> None:
    numbers = Numbers(caller="+442079460958", called="+442079460000")
    begun = Call.initiate(CallId(UUID(int=7)), Direction.INBOUND, numbers, now=NOW)
    rung = attrs.evolve(begun, template="sales")
    saved = await storage.work(DESK, lambda work: work.calls.save(rung))
    assert await used(storage)

    over = saved.hear(heard(CallStatus.BUSY, NOW))
    await storage.work(DESK, lambda work: work.calls.save(over))
    assert not await used(storage)
