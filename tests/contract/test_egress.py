"""Nothing inside is ever dialled, whatever it is called; and all that comes has an end."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Sequence

import pytest
from aiohttp import web

from adapters.egress.client import Bounds, Egress
from adapters.egress.names import Resolve
from application.kernel.web import Fetched, NotFetched, WhyNot
from tests.inside import HOSTS, INSIDE, OTHER_URLS
from tests.web_sites import WebSite, web_site

pytestmark = pytest.mark.anyio

MOST = 100_000
REFUSED = frozenset({WhyNot.ADDRESS_REFUSED, WhyNot.MALFORMED_URL, WhyNot.UNRESOLVED})


@pytest.fixture
async def site() -> AsyncIterator[WebSite]:
    async with web_site() as site:
        site.says("/", "inside")
        yield site


async def fetched(egress: Egress, url: str, *, redirects: int = 0) -> Fetched:
    try:
        return await egress(url, headers={}, most=MOST, redirects=redirects)
    finally:
        await egress.close()


async def refusal(egress: Egress, url: str, *, redirects: int = 0) -> WhyNot:
    with pytest.raises(NotFetched) as refused:
        await fetched(egress, url, redirects=redirects)
    return refused.value.reason


def leading_to(*addresses: str) -> Resolve:
    async def resolve(_: str) -> Sequence[str]:
        return addresses

    return resolve


@pytest.mark.parametrize("host", HOSTS)
async def test_no_form_of_writing_leads_inside(site: WebSite, host: str) -> None:
    egress = Egress(ports=frozenset({site.port}))

    assert await refusal(egress, f"http://{host}:{site.port}/") in REFUSED

    assert not site.asked


@pytest.mark.parametrize("url", OTHER_URLS)
async def test_no_other_scheme_leads_anywhere(url: str) -> None:
    assert await refusal(Egress(), url) in REFUSED


async def test_no_name_leads_inside(site: WebSite) -> None:
    for address in INSIDE:
        egress = Egress(ports=frozenset({site.port}), resolve=leading_to("8.8.8.8", address))

        reason = await refusal(egress, f"http://outside.example:{site.port}/")

        assert reason is WhyNot.ADDRESS_REFUSED, address
    assert not site.asked


async def test_a_name_that_changes_its_mind_is_dialled_where_it_was_checked(site: WebSite) -> None:
    answers = [["127.0.0.1"], ["8.8.8.8"]]

    async def resolve(_: str) -> Sequence[str]:
        return answers.pop()

    egress = Egress(
        ports=frozenset({site.port}), resolve=resolve, bounds=Bounds(seconds=0.2, connecting=0.1)
    )
    reason = await refusal(egress, f"http://rebinding.example:{site.port}/")

    assert reason in {WhyNot.TIMED_OUT, WhyNot.UNREACHABLE}
    assert answers == [["127.0.0.1"]]
    assert not site.asked


@pytest.mark.parametrize("port", [22, 25, 6379, 8080])
async def test_services_that_are_no_web_sites_are_left_alone(port: int) -> None:
    egress = Egress(resolve=leading_to("8.8.8.8"))

    assert await refusal(egress, f"http://outside.example:{port}/") is WhyNot.ADDRESS_REFUSED


async def test_the_operator_may_name_hosts_inside(site: WebSite) -> None:
    answer = await fetched(Egress(internal=frozenset({site.host})), site.url("/"))

    assert (answer.status, answer.body, answer.url) == (200, b"inside", site.url("/"))


async def test_redirects_lead_from_named_hosts_to_no_others(site: WebSite) -> None:
    async with web_site() as other:
        site.moves("/away", other.url("/"))
        egress = Egress(internal=frozenset({site.host}), ports=frozenset({site.port, other.port}))

        assert await refusal(egress, site.url("/away"), redirects=3) is WhyNot.ADDRESS_REFUSED
        assert not other.asked


async def test_redirects_are_counted(site: WebSite) -> None:
    site.moves("/first", "/second?a=b")
    site.moves("/second", site.url("/"))
    site.moves("/round", "/round")
    egress = Egress(internal=frozenset({site.host}))

    assert (await fetched(egress, site.url("/first"), redirects=2)).body == b"inside"
    few = await refusal(egress, site.url("/first"), redirects=1)
    many = await refusal(egress, site.url("/round"), redirects=5)
    seen = await fetched(egress, site.url("/first"))

    assert (few, many) == (WhyNot.TOO_MANY_REDIRECTS, WhyNot.TOO_MANY_REDIRECTS)
    assert (seen.status, seen.headers["location"]) == (302, "/second?a=b")
    assert site.asked["/round"] == 6


async def test_what_unpacks_to_too_much_is_cut_off_on_the_way(site: WebSite) -> None:
    async def packed(_: web.BaseRequest) -> web.Response:
        small = gzip.compress(bytes(20 * MOST))
        assert len(small) < MOST
        return web.Response(body=small, headers={"content-encoding": "gzip"})

    site.answers["/bomb"] = packed
    site.says("/long", "x" * (MOST + 1))
    site.says("/fits", "x" * MOST)
    egress = Egress(internal=frozenset({site.host}))

    bomb, long = await fetched(egress, site.url("/bomb")), await fetched(egress, site.url("/long"))
    fits = await fetched(egress, site.url("/fits"))

    assert [len(answer.body) for answer in (bomb, long, fits)] == [MOST] * 3
    assert [answer.whole for answer in (bomb, long, fits)] == [False, False, True]


async def test_a_server_that_drips_is_left(site: WebSite) -> None:
    async def drip(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x")
            await asyncio.sleep(0.02)

    site.answers["/drip"] = drip
    egress = Egress(internal=frozenset({site.host}), bounds=Bounds(seconds=0.2))

    assert await refusal(egress, site.url("/drip")) is WhyNot.TIMED_OUT


async def test_nothing_is_kept_for_the_next_request(site: WebSite) -> None:
    heard = []

    async def cookies(request: web.BaseRequest) -> web.Response:
        heard.append(request.headers.get("cookie"))
        return web.Response(headers={"set-cookie": "a=b"})

    site.answers["/cookies"] = cookies
    egress = Egress(internal=frozenset({site.host}))
    await fetched(egress, site.url("/cookies"))
    await fetched(egress, site.url("/cookies"))

    assert heard == [None, None]


async def test_what_is_garbled_is_said_to_be(site: WebSite) -> None:
    site.says("/garbled", "no gzip", content_encoding="gzip")
    egress = Egress(internal=frozenset({site.host}))

    assert await refusal(egress, site.url("/garbled")) is WhyNot.GARBLED


async def test_who_does_not_answer_is_unreachable() -> None:
    async with web_site() as gone:
        pass

    reason = await refusal(Egress(internal=frozenset({gone.host})), gone.url("/"))

    assert reason is WhyNot.UNREACHABLE


async def test_unknown_names_are_said_to_be() -> None:
    async def resolve(name: str) -> Sequence[str]:
        raise OSError(name)

    reason = await refusal(Egress(resolve=resolve), "http://nowhere.example/")

    assert reason is WhyNot.UNRESOLVED
