"""Whatever another organization has answers as if it were not there, on every route with an id."""

import re
from typing import Any

import pytest

from tests.http.desk import Desk

pytestmark = pytest.mark.anyio
UNKNOWN = "01900000-0000-7000-8000-000000000000"


def routes(description: dict[str, Any]) -> list[tuple[str, str]]:
    """Methods and paths with a parameter, without those nobody needs a key for."""
    return [
        (method.upper(), path)
        for path, methods in description["paths"].items()
        if "{" in path
        for method, operation in methods.items()
        if method in ("get", "put", "post", "patch", "delete") and operation.get("security") != []
    ]


async def ours(desk: Desk) -> set[str]:
    """Every id we have been told."""
    rooms = await desk.rooms()
    held = await desk.hold(rooms)
    quote = await desk.quote(rooms, night=12)
    return {rooms, quote, held.json()["id"]}


async def test_foreign_ids_are_unknown_ones(any_desk: Desk) -> None:
    description = (await any_desk.get("/openapi.json")).json()
    ids = await ours(any_desk)
    other = await Desk.opened(any_desk.container, any_desk.clock, slug="other")
    wrong = list[str]()
    asked = 0
    for method, path in routes(description):
        for foreign in sorted(ids):
            answers = []
            for id in (foreign, UNKNOWN):
                address = re.sub(r"\{[^}]+\}", id, path)
                answer = await other.send(method, address, headers={"If-Match": '"1"'}, json={})
                body = {**answer.json(), "instance": None}
                answers.append((answer.status_code, str(body).replace(id, "it")))
            asked += 1
            if answers[0] != answers[1] or answers[0][0] in (200, 201, 204, 403):
                wrong.append(f"{method} {path} {foreign}: {answers}")

    assert not wrong
    assert asked > 100
