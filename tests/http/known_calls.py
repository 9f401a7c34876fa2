"""Calls of somebody whom a desk knows well: noted, written down, judged and handed over."""

from typing import Any

import httpx

from tests.http.call_desk import CallDesk
from tests.http.calling import goes_on, of, talks
from tests.http.desk import Caller, Desk
from tests.http.test_call_notes import noted
from tests.http.test_call_quality import POLITE, evaluation, line, said, score

NOTE = {"text": "Qanari asks for a quiet room", "tags": []}
LINES = (
    line("agent", "Good morning, how may I help you today", 3),
    line("customer", "Qanari speaking, I need a quiet room", 5),
)


async def known_caller(desk: Desk, number: str) -> httpx.Response:
    call = await talks(desk, "pbx-known", caller=number, metadata={"about": "Qanari"})
    await noted(desk, call, **NOTE)
    id = str(call.json()["id"])
    assert (await said(desk, id, *LINES)).status_code == 201
    line_up = CallDesk(desk=desk)
    assert (await line_up.queue()).status_code == 201
    handed = await line_up.escalate(id, note="Qanari is upset")
    assert handed.status_code == 201, handed.text
    called_off = await line_up.step(handed, "cancel")
    assert called_off.status_code == 200, called_off.text
    ended = await goes_on_to_the_end(desk, call)
    await score(desk, id)
    await judged(desk, id)
    return ended


async def goes_on_to_the_end(desk: Caller, call: httpx.Response) -> httpx.Response:
    ended = await desk.post(of(call, "end"), {"note": "Qanari hung up"})
    assert ended.status_code == 200, ended.text
    return await goes_on(desk, call, "completed")


async def judged(desk: Desk, call_id: str) -> None:
    started = await evaluation(desk, desk, call_id)
    wrote: dict[str, Any] = {
        "answers": [{**POLITE, "comment": "Qanari was spoken to kindly"}],
        "notes": "Qanari called before",
    }
    saved = await desk.send(
        "PUT",
        f"/v1/evaluations/{started.json()['id']}",
        json=wrote,
        headers={"If-Match": started.headers["ETag"]},
    )
    assert saved.status_code == 200, saved.text
