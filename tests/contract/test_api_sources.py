"""APIs that answer pages of JSON, each in its own way."""

import base64
import json
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import attrs
import pytest
from aiohttp import web

from adapters.connectors.json_api import JsonApiConnector
from application.pipelines.connecting import (
    Origin,
    SourceRefused,
    SourceTrouble,
    SourceUnavailable,
)
from domain.pipelines.source_options import Authorization, JsonApiOptions, Paging, SourceKind
from tests.contract.data_desks import (
    CREDENTIALS,
    NAMED,
    NONE,
    NOW,
    Outside,
    everything,
    from_each_cursor,
    origin,
    outside,
)

pytestmark = pytest.mark.anyio

GUESTS = [{"id": number, "name": f"guest {number}"} for number in range(7)]


@attrs.frozen
class Api:
    outside: Outside
    connector: JsonApiConnector
    waited: list[float]

    def source(self, path: str, *, secrets: Any = NONE, **options: Any) -> Origin:
        made = JsonApiOptions(requests_per_minute=6000, records="data.items", **options)
        return origin(SourceKind.JSON_API, made, self.outside.site.url(path), secrets)

    def answers(self, path: str, answer: Callable[[web.BaseRequest], Any]) -> None:
        async def respond(request: web.BaseRequest) -> web.Response:
            said = answer(request)
            return said if isinstance(said, web.Response) else web.json_response(said)

        self.outside.site.answers[path] = respond


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    waited: list[float] = []

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    async with outside() as found:
        connector = JsonApiConnector(
            fetch=found.egress,
            credentials=CREDENTIALS,
            clock=lambda: NOW,
            seconds=lambda: 100.0,
            pause=wait,
        )
        yield Api(found, connector, waited)


def items(first: int, until: int, **more: Any) -> dict[str, Any]:
    return {"data": {"items": GUESTS[first:until], **more}}


def by_cursor(request: web.BaseRequest) -> Any:
    first = int(request.query.get("after", 0))
    until = first + int(request.query["size"])
    return items(first, until, more=until if until < len(GUESTS) else None)


def by_page(request: web.BaseRequest) -> Any:
    first = (int(request.query["page"]) - 1) * 3
    return items(first, first + 3)


def by_offset(request: web.BaseRequest) -> Any:
    first = int(request.query["from"])
    return items(first, first + 2)


def by_link(request: web.BaseRequest) -> Any:
    first = int(request.query.get("at", 0))
    links = '<https://elsewhere.example/>; rel="prev"'
    if first + 2 < len(GUESTS):
        links += f', </link?at={first + 2}&x=a,b>; rel="next"'
    return web.Response(
        text=json.dumps(items(first, first + 2)),
        content_type="application/json",
        headers={"link": links},
    )


@pytest.mark.parametrize(
    ("answer", "options"),
    [
        (
            by_cursor,
            {"paging": Paging.CURSOR, "next": "data.more", "parameter": "after", "size": "size"},
        ),
        (by_page, {"paging": Paging.PAGE}),
        (by_offset, {"paging": Paging.OFFSET, "parameter": "from"}),
        (by_link, {"paging": Paging.LINK}),
        (lambda _: items(0, 9), {}),
    ],
)
async def test_every_record_comes_once(api: Api, answer: Any, options: Any) -> None:
    api.answers("/link", answer)

    assert await everything(api.connector, api.source("/link", **options), limit=3) == GUESTS
    await from_each_cursor(api.connector, api.source("/link", **options), limit=3)


async def test_an_empty_answer_has_no_records(api: Api) -> None:
    api.answers("/none", lambda _: items(0, 0))

    source = api.source("/none", paging=Paging.PAGE)
    assert await everything(api.connector, source, limit=3) == []


async def test_what_is_no_record_is_named(api: Api) -> None:
    wide = {str(number): number for number in range(501)}
    api.answers("/odd", lambda _: {"data": {"items": [{"id": 1}, "two", wide]}})

    page = await api.connector.page(api.source("/odd"), None, limit=9)

    assert page.records == [{"id": 1}]
    assert [bad.reason for bad in page.bad] == ["no_object", "too_many_columns"]


@pytest.mark.parametrize(
    ("answer", "trouble", "reason"),
    [
        (web.Response(text="<html>"), SourceRefused, "malformed"),
        (web.Response(text="[" * 100_000), SourceRefused, "malformed"),
        (web.Response(text="{}"), SourceRefused, "no_records"),
        (web.Response(text=" " * (17 * 1024 * 1024)), SourceRefused, "too_large"),
        (web.Response(status=302, headers={"location": "/x"}), SourceRefused, "redirected"),
        (web.Response(status=503, headers={"retry-after": "7"}), SourceUnavailable, "status_503"),
    ],
)
async def test_troubles_are_told_apart(
    api: Api, answer: Any, trouble: type[SourceTrouble], reason: str
) -> None:
    api.answers("/odd", lambda _: answer)

    with pytest.raises(trouble, match=reason) as told:
        await api.connector.page(api.source("/odd"), None, limit=9)

    if isinstance(told.value, SourceUnavailable):
        assert told.value.retry_after == timedelta(seconds=7)


async def test_a_bomb_is_not_unpacked(api: Api) -> None:
    async def bomb(_: web.BaseRequest) -> web.Response:
        answer = web.Response(body=b" " * (40 * 1024 * 1024))
        answer.enable_compression(web.ContentCoding.gzip)
        return answer

    api.outside.site.answers["/bomb"] = bomb

    with pytest.raises(SourceRefused, match="too_large"):
        await api.connector.page(api.source("/bomb"), None, limit=9)


async def test_a_cursor_that_leads_nowhere_new_ends_it(api: Api) -> None:
    api.answers("/same", lambda _: items(0, 1, next="same"))

    source = api.source("/same", paging=Paging.CURSOR, next="data.next")
    with pytest.raises(SourceRefused, match="no_progress"):
        await everything(api.connector, source, limit=3)


async def test_links_to_other_hosts_are_not_followed(api: Api) -> None:
    elsewhere = {"link": '<https://elsewhere.example/>; rel="next"'}
    api.answers("/away", lambda _: web.json_response(items(0, 1), headers=elsewhere))

    with pytest.raises(SourceRefused, match="link_leads_elsewhere"):
        await everything(api.connector, api.source("/away", paging=Paging.LINK), limit=3)


@pytest.mark.parametrize(
    ("how", "secrets", "sent"),
    [
        (Authorization.BEARER, {"token": "token"}, ("authorization", "Bearer s3cret")),
        (Authorization.HEADER, {"token": "token"}, ("x-key", "s3cret")),
        (
            Authorization.BASIC,
            NAMED,
            ("authorization", "Basic " + base64.b64encode(b"desk:pass:word").decode()),
        ),
    ],
)
async def test_it_is_asked_with_what_is_secret(
    api: Api, how: Authorization, secrets: Any, sent: tuple[str, str]
) -> None:
    name, value = sent
    api.answers(
        "/locked",
        lambda request: (
            items(0, 9) if request.headers.get(name) == value else web.Response(status=401)
        ),
    )

    source = api.source("/locked", secrets=secrets, authorization=how, header="x-key")
    assert await everything(api.connector, source, limit=9) == GUESTS
    with pytest.raises(SourceRefused, match="not_authorized"):
        await everything(api.connector, api.source("/locked"), limit=9)
    with pytest.raises(SourceRefused, match="no_credentials"):
        await everything(api.connector, api.source("/locked", authorization=how), limit=9)


async def test_it_is_asked_no_more_often_than_it_may_be(api: Api) -> None:
    api.answers("/page", by_page)
    source = api.source("/page", paging=Paging.PAGE)

    await everything(api.connector, source, limit=3)

    assert api.waited == pytest.approx([0.01, 0.02, 0.03])


async def test_validating_says_whether_there_are_records(api: Api) -> None:
    api.answers("/good", lambda _: items(0, 9))
    api.answers("/other", lambda _: {"data": 1})

    async def verdict(path: str) -> tuple[bool, str | None]:
        found = await api.connector.validate(api.source(path), within=timedelta(seconds=2))
        return found.reachable, found.detail

    assert await verdict("/good") == (True, None)
    assert await verdict("/other") == (False, "no_records")
