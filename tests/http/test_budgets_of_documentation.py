"""Whatever is read of documentation costs as many statements however much of it there is."""

from uuid import UUID

import attrs
import pytest

from domain.documentation.frontier import Became, PageState
from domain.kernel.identifiers import SiteId
from tests.http.calling import of, talks
from tests.http.desk import Desk
from tests.http.kept_pages import keep, page
from tests.http.test_documents import hands_in
from tests.http.test_sites import START, added, came, started

pytestmark = pytest.mark.anyio

FAILED = Became(state=PageState.FAILED, reason="http_503", status=503)
MOST = {
    "/v1/sites": 1,
    "/v1/sites/{site}": 1,
    "/v1/sites/{site}/crawls": 2,
    "/v1/crawls/{crawl}": 4,
    "/v1/crawls/{crawl}/failures": 2,
    "/v1/pages?site_id={site}": 1,
    "/v1/passages/search?q=keys": 3,
    "/v1/documents": 1,
    "{call}": 2,
}


async def test_reading_documentation_costs_a_few_statements(desk: Desk) -> None:
    site = await added(desk)
    crawl = await started(desk, site)
    await came(desk, crawl, *[FAILED] * 7)
    pages = [page(f"Keys of room {each}.", url=f"{START}{each}") for each in range(7)]
    await keep(desk, *(attrs.evolve(each, site=SiteId(UUID(site))) for each in pages))
    assert (await hands_in(desk)).status_code == 201
    call = await talks(desk)
    for passage in (await desk.get("/v1/passages/search?q=room")).json()["items"]:
        quoted = await desk.post(of(call, "quotations"), {"passage_id": passage["id"]})
        assert quoted.status_code == 201, quoted.text
    await added(desk, title="Another")
    places = {"site": site, "crawl": crawl.json()["id"], "call": of(call, "quotations")}
    spent = dict[str, int]()

    for path in MOST:
        with desk.statements() as seen:
            answer = await desk.get(path.format(**places))
        assert answer.status_code == 200, answer.text
        assert len(answer.json().get("items", [1])) > 0, path
        spent[path] = len(seen)

    assert {path: spent[path] for path, most in MOST.items() if spent[path] > most} == {}
