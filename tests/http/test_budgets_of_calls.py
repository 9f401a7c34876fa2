"""What is done to a call costs as many statements however much was done to it before."""

from typing import Any

import httpx
import pytest

from tests.http.call_desk import CallDesk
from tests.http.calling import of, rings, talks
from tests.http.desk import Desk

pytestmark = pytest.mark.anyio

NOBODYS = "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10"
YES = {"action": "book", "booking_id": NOBODYS, "wording": "Yes."}

# On SQLite.
STATEMENTS = {
    "number": 3,
    "accept": 2,
    "notes": 4,
    "interventions": 5,
    "yeses": 4,
    "hold": 5,
    "resume": 5,
    "recording": 5,
    "recording/pause": 5,
    "recording/resume": 5,
    "recording/stop": 5,
    "transfer": 5,
    "end": 10,
    "ring": 9,
}
STEPS: list[tuple[str, Any]] = [
    ("accept", {"bot": "ada"}),
    ("notes", {"text": "Wants a view."}),
    ("interventions", {"kind": "override", "text": "Say less."}),
    ("yeses", YES),
    ("hold", None),
    ("resume", None),
    ("recording", {"basis": "announced"}),
    ("recording/pause", None),
    ("recording/resume", None),
    ("recording/stop", None),
    ("transfer", {"to": "+351910000000", "kind": "warm"}),
    ("end", None),
]


async def spent(desk: Desk, asked: Any) -> int:
    with desk.statements() as seen:
        answer: httpx.Response = await asked
    assert answer.status_code in (200, 201), answer.text
    return len(seen)


async def test_steps_cost_what_they_cost_before(desk: Desk) -> None:
    await CallDesk(desk=desk).queue()
    spending = []
    for much in (0, 8):
        call = await talks(desk, f"pbx-{much}")
        await desk.post(of(call, "accept"), {"bot": "ada"})
        for _ in range(much):
            await desk.post(of(call, "yeses"), YES)
            await desk.post(of(call, "notes"), {"text": "Again."})
        one = {"number": f"+35121000000{much}", "label": "Desk"}
        counted = {"number": await spent(desk, desk.post("/v1/phone-numbers", one))}
        for step, body in STEPS:
            counted[step] = await spent(desk, desk.post(of(call, step), body))
        counted["ring"] = await spent(desk, rings(desk, f"other-{much}"))
        spending.append(counted)

    assert spending == [STATEMENTS, STATEMENTS]
