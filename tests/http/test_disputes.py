"""Disputes are answered over HTTP, once and in time."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.fakes.time import Time
from tests.http.desk import problem
from tests.http.test_paying_itineraries import findings, held_trip, reconciled
from tests.http.till import Till

pytestmark = pytest.mark.anyio

EVIDENCE = {"explanation": "Both came, and signed the list.", "service_on": "2027-03-10"}
ANY = {"If-Match": "*"}


@pytest.fixture
async def till(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    sqlite_url: str,
    clock: Time,
    tmp_path: Path,
) -> AsyncIterator[Till]:
    async with Till.opened(sqlite_url, clock, tmp_path) as till:
        yield till


async def disputes(till: Till) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await till.desk.get("/v1/disputes")).json()["items"]
    return items


async def disputed(till: Till) -> str:
    """The address of the answer to the second share's, which has a name only here."""
    begun = await (await held_trip(till)).begin()
    await till.choose(begun, "disputed")
    await till.come_back(begun)
    till.desk.clock.passes(timedelta(seconds=10))
    await reconciled(till)
    _, second = await disputes(till)
    return f"/v1/disputes/{second['id']}/evidence"


async def answer(till: Till, path: str, said: dict[str, str], **options: Any) -> httpx.Response:
    return await till.desk.post(path, said, **{"headers": ANY, **options})


@pytest.mark.parametrize(
    ("more", "outcome"), [("", "won"), (" losing_evidence", "lost")], ids=["won", "lost"]
)
async def test_an_answer_is_for_all_shares_and_is_given_once(
    till: Till, more: str, outcome: str
) -> None:
    path = await disputed(till)
    said = {**EVIDENCE, "explanation": EVIDENCE["explanation"] + more}
    first = await answer(till, path, said, key="once")
    again = await answer(till, path, said, key="once")
    other = await answer(till, path, {"explanation": "and something else"})

    assert (first.status_code, first.json()["status"]) == (200, "under_review"), first.text
    assert again.json() == first.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert problem(other) == (409, "no_evidence_wanted")
    assert {one["status"] for one in await disputes(till)} == {"under_review"}

    till.desk.clock.passes(timedelta(days=8))
    await reconciled(till)
    assert {one["outcome"] for one in await disputes(till)} == {outcome}
    assert await findings(till) == []


async def test_an_answer_comes_too_late(till: Till) -> None:
    path = await disputed(till)
    till.desk.clock.passes(timedelta(days=7))

    assert problem(await answer(till, path, EVIDENCE)) == (409, "no_evidence_wanted")
    seen = await answer(till, path, EVIDENCE, headers={})
    assert seen.status_code == 428
