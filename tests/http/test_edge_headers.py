"""What every answer of every route tells browsers, and to pages of which origins."""

import re
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from litestar.routes import HTTPRoute

from entrypoints.http.routers import ROUTERS
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings
from tests.http.desk import Desk

pytestmark = pytest.mark.anyio

PAGE = "https://desk.example.com"

QUIET = {
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
# Whatever else an answer may say about itself.
OWN = {
    "allow", "content-length", "content-type", "etag", "link", "location", "retry-after",
    "www-authenticate", "x-request-id", "traceresponse", "accept", "accept-encoding",
    "ratelimit", "ratelimit-policy",
}  # fmt: skip

NOWHERE = "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10"


def addresses() -> Iterator[tuple[str, str]]:
    """Every method of every route, at an address that nothing is at."""
    for router in ROUTERS:
        for route in router.routes:
            assert isinstance(route, HTTPRoute)
            path = re.sub(r"{\w+_id}", NOWHERE, route.path_format)
            path = re.sub(r"{\w+}", "unheard_of", path)
            yield from ((method, path) for method in sorted(route.methods))


ADDRESSES = sorted(set(addresses()))


def quiet(answer: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in OWN}


async def test_every_answer_keeps_browsers_quiet(desk: Desk) -> None:
    assert len(ADDRESSES) > 100
    for method, path in [*ADDRESSES, ("GET", "/nowhere"), ("TRACE", "/livez")]:
        for caller in (desk, desk.nobody()):
            answer = await caller.send(method, path)
            said = quiet(answer)
            if path.startswith("/docs") and answer.status_code == 200:
                assert "script-src 'self'" in said.pop("content-security-policy")
                assert said == {
                    name: value
                    for name, value in QUIET.items()
                    if name != "content-security-policy"
                }
            else:
                assert said == QUIET, (method, path)


@pytest.fixture
async def public(desk: Desk) -> AsyncIterator[Desk]:
    """Behind HTTPS, for a page of another origin."""
    settings = Settings(
        database_url=desk.container.settings().database_url,
        public_url="https://api.example.com",
        cors_origins=frozenset({PAGE}),
        security_contact="mailto:security@example.com",
    )
    container = Container(settings=settings, clock=desk.container.clock)
    yield await Desk.opened(container, desk.clock, slug="public")
    await container.database().close()


async def test_whoever_is_reached_by_https_is_reached_by_nothing_else(public: Desk) -> None:
    for path in ("/livez", "/nowhere", "/v1/bookings"):
        answer = await public.nobody().get(path)
        assert answer.headers["Strict-Transport-Security"] == (
            "max-age=63072000; includeSubDomains"
        )


async def test_pages_of_no_other_origin_are_let_in_by_default(desk: Desk) -> None:
    asked = {"Origin": PAGE, "Access-Control-Request-Method": "POST"}

    for method in ("GET", "OPTIONS"):
        answer = await desk.send(method, "/v1/resources", headers=asked)
        assert not [name for name in answer.headers if name.startswith("access-control")]


async def test_a_page_that_was_named_may_ask_first(public: Desk) -> None:
    asked = {
        "Origin": PAGE,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization, idempotency-key",
    }
    told = await public.nobody().send("OPTIONS", "/v1/holds", headers=asked)

    assert told.status_code == 204
    assert told.headers["Access-Control-Allow-Origin"] == PAGE
    assert told.headers["Access-Control-Allow-Methods"] == "OPTIONS, POST"
    assert "idempotency-key" in told.headers["Access-Control-Allow-Headers"]
    assert told.headers["Access-Control-Max-Age"] == "600"
    assert told.headers["Vary"] == "origin"
    assert "Access-Control-Allow-Credentials" not in told.headers


async def test_a_page_that_was_named_reads_refusals_as_well(public: Desk) -> None:
    for path in ("/v1/bookings", "/v1/nowhere", "/v1/bookings?limit=0"):
        answer = await public.get(path, headers={"Origin": PAGE})
        assert answer.headers["Access-Control-Allow-Origin"] == PAGE
        assert "etag" in answer.headers["Access-Control-Expose-Headers"]


@pytest.mark.parametrize(
    "origin",
    ["https://desk.example.com.evil.example", "http://desk.example.com", "null", "", "*",
     "https://DESK.example.com", "https://desk.example.com:444", "https://evil.desk.example.com"],
)  # fmt: skip
async def test_others_are_not(public: Desk, origin: str) -> None:
    answer = await public.get("/v1/bookings", headers={"Origin": origin})

    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.headers["Vary"] == "origin"


async def test_faults_of_security_have_an_address(public: Desk) -> None:
    told = await public.nobody().get("/.well-known/security.txt")

    assert told.headers["Content-Type"].startswith("text/plain")
    assert told.text == (
        "Contact: mailto:security@example.com\n"
        "Expires: 2027-05-30T00:00:00Z\n"
        "Preferred-Languages: en\n"
        "Canonical: https://api.example.com/.well-known/security.txt\n"
    )


async def test_without_one_there_is_none(desk: Desk) -> None:
    assert (await desk.get("/.well-known/security.txt")).status_code == 404


async def test_the_api_is_found_from_a_well_known_place(public: Desk) -> None:
    told = await public.nobody().get("/.well-known/api-catalog")
    [api] = told.json()["linkset"]

    assert told.headers["Content-Type"].startswith("application/linkset+json")
    assert 'rel="api-catalog"' in told.headers["Link"]
    assert api["anchor"] == "https://api.example.com/v1"
    for relation in ("service-desc", "service-doc", "status"):
        [link] = api[relation]
        found = await public.nobody().get(link["href"].removeprefix("https://api.example.com"))
        assert found.status_code == 200
        assert found.headers["Content-Type"].partition(";")[0] in {
            link["type"].partition(";")[0],
            "application/json",
        }
