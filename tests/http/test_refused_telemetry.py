"""What programs post of themselves is refused where it cannot be, and where it is too much."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from application.identity.set_tier import SetTier
from domain.identity.request_limits import RequestLimits
from domain.identity.tiers import Tier
from domain.kernel.actors import Permission
from tests.fakes.time import Time
from tests.http.desk import NOW, Desk, problem, program
from tests.http.test_telemetry import DAY, lines, logged, measured, post, traced

pytestmark = pytest.mark.anyio

LATE = (NOW + 2 * DAY).isoformat()


@pytest.mark.parametrize(
    ("kind", "said", "place"),
    [
        ("measurements", measured("2", 1) | {"value": 1e19}, "value"),
        ("measurements", measured("2", 1, at="2027-03-01T12:00:00"), "at"),
        ("measurements", measured("2", 1, name="No name"), "name"),
        ("measurements", measured("2", 1, labels={"a": ""}), "labels/a"),
        ("measurements", measured("2", 1, labels={f"l{n}": "x" for n in range(11)}), "labels"),
        ("logs", logged("2", level="loud"), "level"),
        ("logs", logged("2", message="x" * 4001), "message"),
        ("logs", logged("2", message="a\0b"), "message"),
        ("logs", logged("2", trace_id="0" * 32), "trace_id"),
        ("spans", traced("0", None), "span_id"),
    ],
)
async def test_one_that_is_malformed_refuses_the_batch_and_is_named(
    desk: Desk, kind: str, said: dict[str, Any], place: str
) -> None:
    await refuses_all(desk, kind, said, place, (400, "malformed_request"))


@pytest.mark.parametrize(
    ("kind", "said", "place"),
    [
        ("measurements", measured("2", 1, at=LATE), "at"),
        ("measurements", measured("2", 1, at="2010-01-01T00:00:00Z"), "at"),
        ("measurements", measured("2", 1, at="0001-01-01T00:00:00+14:00"), "at"),
        ("logs", logged("2", at=LATE), "at"),
        ("spans", traced("2", None, ends_at="2027-03-01T11:00:00Z"), "ends_at"),
        ("spans", traced("2", None, ends_at="2027-05-01T11:00:00Z"), "ends_at"),
        ("spans", traced("2", None, second=2 * 86400), "begins_at"),
    ],
)
async def test_one_that_cannot_have_been_refuses_the_batch_and_is_named(
    desk: Desk, kind: str, said: dict[str, Any], place: str
) -> None:
    await refuses_all(desk, kind, said, place, (422, "impossible_times"))


async def refuses_all(
    desk: Desk, kind: str, said: dict[str, Any], place: str, why: tuple[int, str]
) -> None:
    """What is good beside it is not stored, nor lost if it was before."""
    every = {"measurements": measured("1", 1), "logs": logged("1"), "spans": traced("1", None)}
    good = every[kind]
    refused = await post(desk, kind, good, said)

    assert problem(refused) == why
    assert {error["pointer"] for error in refused.json()["errors"]} == {f"#/{kind}/1/{place}"}
    assert (await post(desk, kind, good)).json() == {"accepted": 1, "known": 0}
    await post(desk, kind, good, said)
    assert (await post(desk, kind, good)).json() == {"accepted": 1, "known": 1}


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
async def test_what_is_no_number_is_refused(desk: Desk, number: str) -> None:
    refused = await desk.http.post(
        "/v1/ingestion/measurements",
        content=b'{"measurements": [{"id": "1", "name": "a", "unit": "1", '
        b'"at": "2027-03-01T12:00:00Z", "value": ' + number.encode() + b"}]}",
        headers={**desk.headers, "Content-Type": "application/json"},
    )
    assert problem(refused) == (400, "malformed_request")


async def test_batches_are_bounded(desk: Desk) -> None:
    many = [measured(str(number), 1) for number in range(101)]
    assert (await post(desk, "measurements", *many)).status_code == 400
    assert (await post(desk, "measurements")).status_code == 400
    assert (await post(desk, "measurements", *many[:100])).json()["accepted"] == 100


@pytest.fixture
async def few(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    any_url: str,
    clock: Time,
) -> AsyncIterator[Desk]:
    limits = RequestLimits().changed({"free.event": (3, 3600)})
    async with program(any_url, clock, request_limits=limits) as container:
        yield await Desk.opened(container, clock)


async def test_each_counts_like_an_event(few: Desk) -> None:
    await few.container.identity.set_tier()(SetTier(actor=few.actor, tier=Tier.FREE))
    taken = await post(few, "measurements", measured("1", 1), measured("2", 1))

    refused = await post(few, "logs", logged("1"), logged("2"))

    assert taken.status_code == 202
    assert problem(refused) == (429, "rate_limited")
    assert await lines(few) == []
    one_more = await post(few, "logs", logged("1"))
    assert one_more.status_code == 202, "what is refused takes nothing from what is left"


async def test_who_only_reads_posts_nothing(desk: Desk) -> None:
    reader = await desk.caller(frozenset({Permission.READ_PIPELINES}))
    answer = await reader.post("/v1/ingestion/logs", {"logs": [logged("1")]})
    assert problem(answer) == (403, "not_permitted")
    assert (await reader.get("/v1/ingestion/logs")).status_code == 200
