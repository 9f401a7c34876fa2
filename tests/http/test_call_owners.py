"""Who has which calls, as the database tells it."""

import uuid

import httpx
import pytest

from domain.kernel.identifiers import CallId
from tests.http.calling import of, talks
from tests.http.desk import Desk

pytestmark = pytest.mark.anyio


async def test_whoever_accepted_a_call_has_it(any_desk: Desk) -> None:
    ours, nobodys = [await talks(any_desk, f"pbx-{number}") for number in range(2)]
    taken = await any_desk.post(of(ours, "accept"), headers={"If-Match": "*"})

    owners = await any_desk.container.calls.owners().of(
        any_desk.actor, [_id(ours), _id(nobodys), CallId(uuid.uuid4())]
    )

    assert {id: owner and str(owner) for id, owner in owners.items()} == {
        _id(ours): taken.json()["handler"]["actor_id"],
        _id(nobodys): None,
    }


def _id(call: httpx.Response) -> CallId:
    return CallId(uuid.UUID(call.json()["id"]))
