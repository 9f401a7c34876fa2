"""In which rooms it is told what happens to calls."""

from uuid import UUID

import pytest

from domain.kernel.identifiers import CallId
from entrypoints.realtime.rooms import CallRoom, name_of, room_called
from tests.unit.test_feed import ANN, ROOM, House

pytestmark = pytest.mark.anyio

CALL, OTHER = (CallId(UUID(int=number)) for number in (11, 12))


@pytest.mark.parametrize("name", ["call_answered", "call_intervened", "call_lines_added"])
async def test_a_call_is_told_in_its_room_and_in_that_of_all_calls(name: str) -> None:
    house = House()
    house.happened.add(name, call_id=str(CALL))

    for rooms in ([CallRoom(CALL)], [CallRoom()], [CallRoom(CALL), CallRoom(), None]):
        assert await house.names(*rooms) == [name]
    assert await house.names(CallRoom(OTHER), ROOM, None) == []


@pytest.mark.parametrize("name", ["qa_score_updated", "escalation_triggered"])
async def test_what_becomes_of_it_is_told_where_everything_is_too(name: str) -> None:
    house = House()
    house.happened.add(name, call_id=str(CALL))

    for rooms in ([CallRoom(CALL)], [CallRoom()], [None], [CallRoom(), None]):
        assert await house.names(*rooms) == [name]
    assert await house.names(CallRoom(OTHER), ROOM) == []


async def test_what_is_sold_is_not_told_there() -> None:
    house = House()
    house.happened.add("booking_held", resource_id=str(ROOM))

    assert await house.names(CallRoom(CALL), CallRoom()) == []


@pytest.mark.parametrize("name", ["*", "calls", "notices", f"calls/{CALL}", str(ROOM)])
def test_a_room_is_called_what_it_was_asked_for_by(name: str) -> None:
    assert name_of(room_called(name, by=ANN)) == name
