"""An operation that goes says so, says until when, and is gone afterwards."""

from datetime import datetime, timedelta, timezone

import httpx
import pytest
from litestar import Litestar, Response, get

from domain.kernel.refusals import Refusal
from entrypoints.http.deprecation import Deprecated
from entrypoints.http.failures import on_refusal
from entrypoints.http.front_door import FrontDoor
from entrypoints.http.openapi import described
from entrypoints.http.operations import Operation
from entrypoints.http.problem_pages import ProblemKind
from entrypoints.http.strictness import AnyRequest, Strictness
from entrypoints.wiring.ambient import TimeOrderedIds, hexadecimal, seconds
from entrypoints.wiring.telemetry import Untraced
from tests.fakes.time import Time
from tests.http.desk import NOW, problem

pytestmark = pytest.mark.anyio

SUNSET = datetime(2027, 9, 1, tzinfo=timezone.utc)
GOING = Deprecated(
    since=NOW, sunset=SUNSET, successor="/v2/things", page="/docs/guides/consume-the-api.md"
)


@get("/old", opt=Operation(tag="description", needs=None, shows=ProblemKind, deprecated=GOING).opt)
async def read_old() -> Response[bytes]:
    """An operation of yesterday."""
    return Response(b"{}", media_type="application/json")


@get("/new", opt=Operation(tag="description", needs=None, shows=ProblemKind).opt)
async def read_new() -> Response[bytes]:
    """An operation of today."""
    return Response(b"{}", media_type="application/json")


def app(clock: Time) -> Litestar:
    strictness = Strictness(clock=clock, methods={})

    async def before(request: AnyRequest) -> Response[bytes] | None:
        return strictness(request)

    return Litestar(
        [read_old, read_new],
        before_request=before,
        exception_handlers={Refusal: on_refusal},
        openapi_config=None,
        logging_config=None,
    )


async def ask(path: str, now: datetime) -> httpx.Response:
    door = FrontDoor(
        app=app(Time(now)),
        new_id=TimeOrderedIds(),
        seconds=seconds,
        serving=Untraced(hexadecimal),
    )
    transport = httpx.ASGITransport(door)
    async with httpx.AsyncClient(transport=transport, base_url="http://desk") as http:
        return await http.get(path)


async def test_it_works_and_says_until_when() -> None:
    answer = await ask("/old", SUNSET - timedelta(seconds=1))

    assert answer.status_code == 200
    assert answer.headers["Deprecation"] == f"@{int(NOW.timestamp())}"
    assert answer.headers["Sunset"] == "Wed, 01 Sep 2027 00:00:00 GMT"
    assert answer.headers.get_list("Link") == [
        '</v2/things>; rel="successor-version"',
        '</docs/guides/consume-the-api.md>; rel="deprecation"',
    ]


async def test_then_it_is_gone_and_says_what_came_after() -> None:
    answer = await ask("/old", SUNSET)

    assert problem(answer) == (410, "no_longer_served")
    assert 'rel="successor-version"' in answer.headers["Link"]


async def test_others_say_nothing_of_it() -> None:
    answer = await ask("/new", SUNSET)

    assert answer.status_code == 200
    assert not {"deprecation", "sunset", "link"} & set(answer.headers)


def test_the_description_says_so_too() -> None:
    paths = described(app(Time(NOW)).routes)["paths"]

    assert paths["/old"]["get"]["deprecated"] is True
    assert "deprecated" not in paths["/new"]["get"]
