"""Documentation sites are added, read and watched over HTTP."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import attrs
import httpx
import pytest

from application.documentation.crawl_ports import CrawlWork
from application.documentation.delete_site import ForgetSite
from application.kernel.jobs import QueuedJob
from application.kernel.ports import UnitOfWork
from domain.documentation.frontier import Became, Found, PageState
from domain.kernel.actors import Permission
from domain.kernel.identifiers import CrawlId, JobId, SiteId
from tests.crawler import AtWork
from tests.http.desk import Desk, problem
from tests.http.kept_pages import keep, page

pytestmark = pytest.mark.anyio

START = "https://docs.example.com/guide/"
GUIDE: dict[str, Any] = {"title": "Guide", "starts": [START]}
BUSY = Became(state=PageState.FAILED, reason="http_503", status=503)
SILENT = Became(state=PageState.FAILED, reason="no_answer")
KEPT = Became(state=PageState.ADDED, status=200, size=10, content_hash="hash")
WAITS = Became(state=PageState.WAITING, reason="host_at_rest")


async def added(desk: Desk, **changes: Any) -> str:
    answer = await desk.post("/v1/sites", {**GUIDE, **changes})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def started(desk: Desk, site_id: str) -> httpx.Response:
    return await desk.post(f"/v1/sites/{site_id}/crawls")


async def steered(desk: Desk, crawl: httpx.Response, turn: str) -> httpx.Response:
    headers = {"If-Match": crawl.headers["ETag"]}
    return await desk.post(f"/v1/crawls/{crawl.json()['id']}/{turn}", headers=headers)


def crawl_id(crawl: httpx.Response) -> CrawlId:
    return CrawlId(UUID(crawl.json()["id"]))


async def came(desk: Desk, crawl: httpx.Response, *pages: Became) -> None:
    """What a worker makes of so many pages, the first of which is the start."""
    now = desk.clock()

    def read(work: CrawlWork) -> None:
        here = work.crawls.get(crawl_id(crawl))
        found = [Found(url=f"{START}{number}") for number in range(1, len(pages))]
        work.frontier.add(here, found, stale_before=now, now=now)
        leased = work.frontier.lease(
            here, "docs.example.com", limit=len(pages), lease=UUID(int=1), now=now, until=now
        )
        for each, became in zip(leased, pages, strict=True):
            assert work.frontier.record(here, each, attrs.evolve(became, due_at=now), now=now)

    await working(desk)(desk.actor, read)


async def judged(desk: Desk, crawl: httpx.Response) -> None:
    """What a worker does once nothing is left to read."""

    def judge(work: CrawlWork) -> None:
        here = work.crawls.get(crawl_id(crawl))
        verified = here.discover().read().verify()
        work.crawls.save(verified.judge(work.frontier.tally(here), now=desk.clock()))

    await working(desk)(desk.actor, judge)


def working(desk: Desk) -> UnitOfWork[CrawlWork]:
    work: UnitOfWork[CrawlWork] = desk.container.crawling.unit_of_work()
    return work


async def test_sites_are_shown_as_they_are_read(desk: Desk) -> None:
    written = {"starts": ["https://DOCS.example.com:443/guide/./index.html#top"]}
    seeds = {"seeds": ["https://docs.example.com/sitemap.xml"], "without": ["/guide/old/*"]}
    first = await added(desk, **written, **seeds, language="en", release="3.11")
    second = await added(desk, within=["https://docs.example.com"], delay_seconds=2.5)

    listed = (await desk.get("/v1/sites", params={"limit": 1})).json()
    rest = (await desk.get("/v1/sites", params={"limit": 1, "cursor": listed["next"]})).json()
    shown = await desk.get(f"/v1/sites/{first}")
    known = {"If-None-Match": shown.headers["ETag"]}

    assert listed["items"] == [shown.json()]
    assert shown.json() == {
        "id": first,
        "version": 1,
        "title": "Guide",
        "kind": "generic",
        "starts": [f"{START}index.html"],
        **seeds,
        "within": [START],
        "delay_seconds": 1.0,
        "at_once": 4,
        "most_pages": 10_000,
        "deepest": 50,
        "fresh_hours": 24,
        "language": "en",
        "release": "3.11",
        "schedule": None,
        "next_read_at": None,
    }
    assert [site["id"] for site in rest["items"]] == [second]
    assert rest["items"][0]["within"] == ["https://docs.example.com/"]
    assert (await desk.get(f"/v1/sites/{first}", headers=known)).status_code == 304


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        ({"starts": ["https://user@docs.example.com/"]}, "bad_start", "#/starts"),
        ({"within": ["https://docs.example.com:99999/"]}, "bad_prefix", "#/within"),
        ({"within": ["https://other.example/"]}, "start_elsewhere", "#/starts"),
        ({"seeds": ["https://other.example/sitemap.xml"]}, "bad_seed", "#/seeds"),
        ({"seeds": ["https://user@docs.example.com/s.xml"]}, "bad_seed", "#/seeds"),
        ({"starts": ["file:///etc/passwd"]}, "malformed_request", "#/starts/0"),
        ({"delay_seconds": 0}, "malformed_request", "#/delay_seconds"),
    ],
)
async def test_what_cannot_be_read_is_refused(
    desk: Desk, changes: Any, code: str, pointer: str
) -> None:
    refused = await desk.post("/v1/sites", {**GUIDE, **changes})

    assert refused.json()["code"] == code
    assert [each["pointer"] for each in refused.json()["errors"]] == [pointer]


async def test_a_site_has_one_crawl_at_a_time(desk: Desk) -> None:
    site_id = await added(desk)
    crawl = await started(desk, site_id)
    refused = await started(desk, site_id)
    cancelled = await steered(desk, crawl, "cancel")
    again = await started(desk, site_id)
    listed = (await desk.get(f"/v1/sites/{site_id}/crawls")).json()["items"]

    assert (crawl.status_code, crawl.json()["state"]) == (201, "planned")
    assert crawl.headers["Location"] == f"/v1/crawls/{crawl.json()['id']}"
    assert problem(refused) == (409, "crawl_under_way")
    assert refused.json()["crawl_id"] == crawl.json()["id"]
    assert listed == [again.json(), cancelled.json()]


async def test_it_is_told_how_far_a_crawl_is(desk: Desk) -> None:
    crawl = await started(desk, await added(desk))
    path = f"/v1/crawls/{crawl.json()['id']}"
    before = (await desk.get(path)).json()["progress"]
    await came(desk, crawl, KEPT, KEPT, BUSY, BUSY, SILENT, WAITS)
    desk.clock.passes(timedelta(seconds=10))
    shown = await desk.get(path)
    failures = (await desk.get(f"{path}/failures", params={"limit": 2})).json()
    follow = {"limit": 2, "cursor": failures["next"]}
    rest = (await desk.get(f"{path}/failures", params=follow)).json()

    assert (before["found"], before["done"], before["seconds_left"]) == (1, 0, None)
    progress = shown.json()["progress"]
    assert (progress["found"], progress["done"], progress["fetched"]) == (6, 5, 2)
    assert progress["failures"] == [
        {"reason": "http_503", "pages": 2},
        {"reason": "no_answer", "pages": 1},
    ]
    assert (progress["pages_per_second"], progress["seconds_left"]) == (0.5, 2.0)
    failed = [*failures["items"], *rest["items"]]
    assert sorted((each["reason"], each["status"]) for each in failed if each["status"]) == [
        ("http_503", 503),
        ("http_503", 503),
    ]
    assert {"no_answer"} == {each["reason"] for each in failed if each["status"] is None}
    assert (len(failed), rest["next"]) == (3, None)


async def test_pages_are_those_of_the_latest_crawl(desk: Desk) -> None:
    site_id = await added(desk, fresh_hours=0)
    first = await started(desk, site_id)
    await came(desk, first, KEPT)
    ended = await steered(desk, first, "cancel")
    await started(desk, site_id)

    shown = await desk.get(f"/v1/crawls/{first.json()['id']}")

    assert shown.json() == {**ended.json(), "progress": None}


async def test_a_crawl_is_held_and_goes_on(desk: Desk) -> None:
    crawl = await started(desk, await added(desk))
    paused = await steered(desk, crawl, "pause")
    overtaken = await steered(desk, crawl, "cancel")
    resumed = await steered(desk, paused, "resume")
    twice = await steered(desk, resumed, "resume")

    assert (paused.json()["state"], resumed.json()["state"]) == ("paused", "planned")
    assert problem(overtaken) == (412, "version_changed")
    assert problem(twice) == (409, "wrong_crawl_state")
    assert twice.json()["state"] == "planned"


async def test_what_would_be_lost_is_taken_out_if_somebody_approves(desk: Desk) -> None:
    crawl = await started(desk, await added(desk))
    await came(desk, crawl, *[KEPT] * 11, *[BUSY] * 10)
    await judged(desk, crawl)

    blocked = await desk.get(f"/v1/crawls/{crawl.json()['id']}")
    approved = await steered(desk, blocked, "approve")

    assert (blocked.json()["state"], blocked.json()["reason"]) == (
        "blocked",
        "too_many_pages_failed",
    )
    assert approved.json()["state"] == "publishing"
    assert problem(await steered(desk, approved, "approve")) == (409, "wrong_crawl_state")


async def test_other_organizations_have_other_sites(desk: Desk) -> None:
    site_id = await added(desk)
    crawl = await started(desk, site_id)
    other = await Desk.opened(desk.container, desk.clock, slug="other")

    assert problem(await started(other, site_id)) == (404, "site_not_found")
    assert problem(await other.get(f"/v1/sites/{site_id}/crawls")) == (404, "site_not_found")
    assert problem(await steered(other, crawl, "cancel")) == (404, "crawl_not_found")
    for part in ("", "/failures"):
        refused = await other.get(f"/v1/crawls/{crawl.json()['id']}{part}")
        assert problem(refused) == (404, "crawl_not_found")
    assert (await other.get("/v1/sites")).json()["items"] == []


async def test_whoever_keeps_the_catalogue_has_nothing_read(desk: Desk) -> None:
    site_id = await added(desk)
    reads = frozenset({Permission.READ_DOCUMENTATION, Permission.WRITE_CATALOGUE})
    other = await desk.caller(reads)

    assert problem(await other.post("/v1/sites", GUIDE)) == (403, "not_permitted")
    refused = await other.post(f"/v1/sites/{site_id}/crawls")
    assert problem(refused) == (403, "not_permitted")
    assert (await other.get(f"/v1/sites/{site_id}")).status_code == 200


async def test_sites_are_changed_by_whoever_saw_them_last(desk: Desk) -> None:
    site = await added(desk)
    path, seen = f"/v1/sites/{site}", await desk.get(f"/v1/sites/{site}")
    tag = {"If-Match": seen.headers["ETag"]}
    said = {**GUIDE, "title": "Handbook", "deepest": 3}

    changed = await desk.send("PUT", path, json=said, headers=tag)
    late = await desk.send("PUT", path, json=GUIDE, headers=tag)
    elsewhere = {**GUIDE, "within": ["https://other.example.com/"]}
    refused = await desk.send("PUT", path, json=elsewhere, headers={"If-Match": "*"})

    assert changed.status_code == 200, changed.text
    assert changed.json() == {**seen.json(), "version": 2, "title": "Handbook", "deepest": 3}
    assert (await desk.get(path)).json() == changed.json()
    assert problem(late) == (412, "version_changed")
    assert problem(refused) == (422, "start_elsewhere")


async def test_of_a_deleted_site_nothing_is_read_or_found(any_desk: Desk) -> None:
    desk = any_desk
    site = await added(desk)
    crawl = await started(desk, site)
    pages = [page("Cancel in time.", url=f"{START}{each}") for each in range(3)]
    await keep(desk, *(attrs.evolve(each, site=SiteId(UUID(site))) for each in pages))
    path = f"/v1/sites/{site}"

    deleted = await desk.send("DELETE", path, headers={"If-Match": '"1"'})
    assert deleted.status_code == 200, deleted.text
    await forgotten(desk, site)

    found = await desk.get("/v1/passages/search", params={"q": "cancel"})
    assert found.json()["items"] == []
    assert (await desk.get("/v1/sites")).json()["items"] == []
    assert problem(await desk.get(path)) == (404, "site_not_found")
    assert problem(await started(desk, site)) == (404, "site_not_found")
    again = await desk.send("DELETE", path, headers={"If-Match": "*"})
    changed = await desk.send("PUT", path, json=GUIDE, headers={"If-Match": "*"})
    assert problem(again) == problem(changed) == (404, "site_not_found")
    shown = (await desk.get(f"/v1/crawls/{crawl.json()['id']}")).json()
    assert shown["state"] == "cancelled"


async def forgotten(desk: Desk, site: str) -> None:
    """As a worker does, some pages at a time."""
    job = ForgetSite(site_id=SiteId(UUID(site))).job
    queued = QueuedJob(
        name=job.name,
        payload=job.payload,
        id=JobId(uuid4()),
        organization_id=desk.actor.organization_id,
    )
    await desk.container.crawling.forget_site()(queued, AtWork(desk.actor))
