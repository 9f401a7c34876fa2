"""Add a resource to the catalogue."""

from uuid import UUID

import attrs
import pytest

from application.inventory.add_resource import AddResource, AddResourceHandler
from application.kernel.once import Answer, Once, Replayed
from domain.inventory.events import ResourceAdded
from domain.inventory.resources import Resource
from tests.fakes.storage import Memory
from tests.fakes.time import Time
from tests.samples import DESK, DOUBLE_ROOMS, NOW

pytestmark = pytest.mark.anyio

COMMAND = AddResource(
    actor=DESK,
    name=DOUBLE_ROOMS.name,
    zone=DOUBLE_ROOMS.zone,
    offering=DOUBLE_ROOMS.offering,
)


def adding(memory: Memory) -> AddResourceHandler:
    return AddResourceHandler(unit_of_work=memory, clock=Time(NOW), new_id=lambda: UUID(int=101))


async def test_a_resource_is_stored_and_announced() -> None:
    memory = Memory()

    added = await adding(memory)(COMMAND)

    assert added == attrs.evolve(DOUBLE_ROOMS, version=1)
    assert added.events == ()
    rows = memory.rows(DESK)
    assert rows.resources == {added.id: added}
    assert rows.events == [
        ResourceAdded(resource_id=added.id, kind="hotel", title="Double room", occurred_at=NOW)
    ]


async def test_a_resource_is_added_once_a_key() -> None:
    memory = Memory()
    once: Once[Resource] = Once(
        key="key", fingerprint=b"", answer=lambda added: Answer(status=201, body=added.id.bytes)
    )
    added = await adding(memory)(attrs.evolve(COMMAND, once=once))

    with pytest.raises(Replayed) as replayed:
        await adding(memory)(attrs.evolve(COMMAND, once=once))

    assert replayed.value.answer.body == added.id.bytes
    assert len(memory.rows(DESK).resources) == 1
