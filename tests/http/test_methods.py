"""Methods, media and sizes."""

import httpx
import pytest

from tests.http.desk import Desk, problem

pytestmark = pytest.mark.anyio


@pytest.fixture
def desk(shared_desk: Desk) -> Desk:
    return shared_desk


NOWHERE = "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10"

METHODS = {
    "/livez": "GET, HEAD, OPTIONS",
    "/docs": "GET, HEAD, OPTIONS",
    "/v1/holds": "OPTIONS, POST",
    "/v1/resources": "GET, HEAD, OPTIONS, POST",
    f"/v1/bookings/{NOWHERE}": "GET, HEAD, OPTIONS, PATCH",
    f"/v1/bookings/{NOWHERE}/confirm": "OPTIONS, POST",
    f"/v1/resources/{NOWHERE}/sales-terms": "GET, HEAD, OPTIONS, PUT",
}


@pytest.mark.parametrize(("path", "allowed"), METHODS.items())
async def test_every_address_tells_its_methods(desk: Desk, path: str, allowed: str) -> None:
    told = await desk.nobody().send("OPTIONS", path)

    assert (told.status_code, told.headers["Allow"]) == (204, allowed)
    assert told.content == b""


@pytest.mark.parametrize("method", ["DELETE", "TRACE", "PROPFIND", "QUERY"])
@pytest.mark.parametrize(("path", "allowed"), METHODS.items())
async def test_other_methods_are_not_known(
    desk: Desk, path: str, allowed: str, method: str
) -> None:
    refused = await desk.send(method, path)

    assert problem(refused) == (405, "method_not_allowed")
    assert refused.headers["Allow"] == allowed
    assert refused.json()["allowed"] == allowed.split(", ")


async def test_the_head_is_that_of_the_whole(desk: Desk) -> None:
    rooms = f"/v1/resources/{await desk.rooms()}"
    whole, head = await desk.get(rooms), await desk.send("HEAD", rooms)

    assert head.content == b""
    assert head.status_code == 200
    for name in ("Content-Length", "Content-Type", "ETag"):
        assert head.headers[name] == whole.headers[name]
    missing = await desk.send("HEAD", f"/v1/resources/{NOWHERE}")
    assert (missing.status_code, missing.content) == (404, b"")
    assert (await desk.send("HEAD", "/v1/holds")).status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/v1",
        "/v2/holds",
        "/v1/bookings/1",
        f"/v1/bookings/{NOWHERE}x",
        "/v1/bookings/%00",
        "/v1/bookings/%2e%2e/holds",
        "/v1/holds/%F0%9F%98%80",
        "/" + "a" * 5000,
    ],
)
async def test_nothing_is_anywhere_else(desk: Desk, path: str) -> None:
    assert problem(await desk.get(path)) == (404, "no_such_route")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": ""},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/merge-patch+json"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
    ],
)
async def test_bodies_are_json(desk: Desk, headers: dict[str, str]) -> None:
    refused = await desk.post("/v1/holds", content=b"{}", headers=headers)

    assert problem(refused) == (415, "unsupported_media_type")
    assert refused.headers["Accept"] == "application/json"


@pytest.mark.parametrize("media", ["application/json; charset=utf-8", "Application/JSON"])
async def test_json_has_many_names(desk: Desk, media: str) -> None:
    rooms = await desk.rooms()
    body = f'{{"quote_id": "{await desk.quote(rooms)}"}}'

    held = await desk.post("/v1/holds", content=body, headers={"Content-Type": media})

    assert held.status_code == 201


async def test_texts_name_their_charset(desk: Desk) -> None:
    for path, media in {
        "/docs": "text/html; charset=utf-8",
        "/docs/reference.js": "text/javascript; charset=utf-8",
        "/docs/reference.css": "text/css; charset=utf-8",
        f"/v1/resources/{await desk.rooms()}/attendance/export": "text/csv; charset=utf-8",
    }.items():
        assert (await desk.get(path)).headers["Content-Type"] == media


async def test_large_bodies_are_not_read(desk: Desk) -> None:
    async def endless() -> httpx.AsyncByteStream:  # type: ignore[misc]
        for _ in range(20):
            yield b" " * 100_000

    headers = {"Content-Type": "application/json"}
    announced = await desk.post("/v1/holds", content=b" " * 1_000_001, headers=headers)
    streamed = await desk.post("/v1/holds", content=endless(), headers=headers)

    assert problem(announced) == problem(streamed) == (413, "body_too_large")


async def test_every_answer_has_an_id_and_keeps_browsers_quiet(desk: Desk) -> None:
    for path in ("/livez", "/nowhere", "/v1/resources", "/v1/resources?limit=0"):
        for caller in (desk, desk.nobody()):
            answer = await caller.get(path, headers={"X-Request-Id": "my-own.id_1"})
            assert answer.headers["X-Request-Id"] == "my-own.id_1"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("id", ["", "x" * 65, "two words", "a\x1bb", "ä"])
async def test_ids_that_would_spoil_logs_are_replaced(desk: Desk, id: str) -> None:
    answer = await desk.get("/livez", headers={"X-Request-Id": id.encode()})

    assert len(answer.headers["X-Request-Id"]) == 36
