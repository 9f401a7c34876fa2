"""What files name that are no pages is read as well, by the rules that hold for every page."""

from collections.abc import AsyncIterator, Sequence

import attrs
import pytest

from application.kernel.web import Fetched
from domain.documentation.crawl import CrawlState
from domain.documentation.frontier import Tally
from domain.documentation.site import Site
from tests.crawler import Crawler
from tests.samples import DESK
from tests.samples_of_crawls import site as sample
from tests.web_sites import WebSite, web_site

pytestmark = pytest.mark.anyio

PAGES = 8


@pytest.fixture
async def web_() -> AsyncIterator[WebSite]:
    """Pages without a link to each other."""
    async with web_site() as site:
        site.says("/docs/", "start")
        for number in range(PAGES):
            site.says(f"/docs/page{number}", f"page {number}")
        yield site


async def registered(crawler: Crawler, web_: WebSite, *seeds: str, most_pages: int = 100) -> Site:
    made = sample(start=web_.url("/docs/"))
    told = tuple(map(web_.url, seeds))
    reading = attrs.evolve(made.reading, seeds=told, most_pages=most_pages)
    made = attrs.evolve(made, reading=reading, events=())
    return await crawler.work(DESK, lambda work: work.sites.save(made))


def sitemap(*urls: str) -> str:
    return f"<urlset>{''.join(f'<url><loc>{url}</loc></url>' for url in urls)}</urlset>"


def index(*urls: str) -> str:
    told = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return f"<sitemapindex>{told}</sitemapindex>"


def pages(web_: WebSite, numbers: Sequence[int] = range(PAGES)) -> list[str]:
    return [web_.url(f"/docs/page{number}") for number in numbers]


async def test_seeds_are_beside_the_starts(stored: Crawler, web_: WebSite) -> None:
    told = f"Sitemap: {web_.url('/index.xml')}\nSitemap: https://other.example/index.xml\n"
    web_.says("/robots.txt", told)
    web_.says("/index.xml", index(web_.url("/index.xml"), web_.url("/part.xml")))
    web_.says("/part.xml", sitemap(*pages(web_, range(4))), content_type="application/xml")
    web_.says("/docs/llms.txt", "- [Five](page5)\n- [Six](page6): more\n- [None](nowhere)\n")
    site = await registered(stored, web_, "/docs/llms.txt")
    crawl, tally = await stored.crawl(site)

    assert crawl.state is CrawlState.DONE
    assert (tally.added, tally.skipped, tally.failed) == (1 + 4 + 2, 3 + 1, 0)
    assert set(web_.asked.values()) == {1}
    assert await stored.work(DESK, lambda work: work.frontier.kept(site.id)) == tally.added

    web_.says("/part.xml", sitemap(*pages(web_, range(5))))
    _, again = await stored.crawl(site)

    assert (again.added, again.unchanged, again.gone) == (1, tally.added, 0)
    assert web_.asked["/part.xml"] == 2


async def test_what_was_a_page_may_become_a_seed(stored: Crawler, web_: WebSite) -> None:
    web_.says("/docs/", '<a href="llms.txt"></a>' + "".join(f'<a href="page{n}">' for n in "34"))
    web_.says("/docs/llms.txt", "[Five](page5)", etag='"1"')
    site = await registered(stored, web_)
    _, before = await stored.crawl(site)
    told = attrs.evolve(site.reading, seeds=(web_.url("/docs/llms.txt"),))
    changed = attrs.evolve(site, reading=told)
    site = await stored.work(DESK, lambda work: work.sites.save(changed))
    _, tally = await stored.crawl(site)
    kept = await stored.work(DESK, lambda work: work.frontier.kept(site.id))

    assert (before.added, tally.added, tally.gone) == (4, 1, 1)
    assert kept == 4


async def test_only_pages_of_the_site_are_read(crawler: Crawler, web_: WebSite) -> None:
    asked: list[str] = []

    async def noted(url: str, **more: object) -> Fetched:
        asked.append(url)
        return await crawler.fetch(url, **more)  # type: ignore[arg-type]

    hostile = [
        "http://169.254.169.254/latest/meta-data/",
        "http://localhost/docs/",
        "http://[::1]/docs/",
        "file:///etc/passwd",
        "https://other.example/docs/",
        web_.url("/elsewhere"),
        web_.url("/docs/../private"),
        web_.url("/docs/picture.png"),
        web_.url("/docs/").replace("http:", "https:"),
    ]
    web_.says("/robots.txt", "User-agent: *\nDisallow: /docs/page7\nDisallow: /forbidden.xml\n")
    web_.says("/all.xml", sitemap(*hostile, *pages(web_)))
    web_.says("/index.xml", index("http://10.0.0.1/a.xml", "https://other.example/b.xml"))
    web_.moves("/moved.xml", "http://10.0.0.1/c.xml")
    seeds = ("/all.xml", "/index.xml", "/moved.xml", "/forbidden.xml", "/missing.xml")
    site = await registered(crawler, web_, *seeds)
    _, tally = await attrs.evolve(crawler, fetch=noted).crawl(site)

    allowed = {web_.url(path) for path in ("/robots.txt", "/docs/", *seeds)}
    allowed -= {web_.url("/forbidden.xml")}
    assert set(asked) == allowed | set(pages(web_)[:7])
    assert (tally.added, tally.skipped, tally.failed) == (8, 5 + 1, 0)  # no more were noted


async def test_bad_seeds_stop_nothing(crawler: Crawler, web_: WebSite) -> None:
    laughs = '<!DOCTYPE urlset [<!ENTITY a "ha">]><urlset><url><loc>&a;</loc></url></urlset>'
    web_.says("/laughs.xml", laughs)
    web_.says("/broken.xml", "<urlset>")
    site = await registered(crawler, web_, "/laughs.xml", "/broken.xml")
    crawl, tally = await crawler.crawl(site)

    assert (crawl.state, tally.added, tally.failed) == (CrawlState.DONE, 1, 2)


async def test_indexes_lead_to_no_other_index(crawler: Crawler, web_: WebSite) -> None:
    for number in range(3):
        web_.says(f"/index{number}.xml", index(web_.url(f"/index{number + 1}.xml")))
    await crawler.crawl(await registered(crawler, web_, "/index0.xml"))

    assert "/index2.xml" not in web_.asked


async def test_no_more_pages_than_wanted(crawler: Crawler, web_: WebSite) -> None:
    web_.says("/all.xml", sitemap(*pages(web_)))
    _, tally = await crawler.crawl(await registered(crawler, web_, "/all.xml", most_pages=3))

    assert tally == Tally(added=3, skipped=2, bytes=tally.bytes)


async def test_who_dies_leaves_what_was_named(crawler: Crawler, web_: WebSite) -> None:
    fetched: list[str] = []

    async def dying(url: str, **asked: object) -> Fetched:
        if len(fetched) > PAGES // 2:
            raise RuntimeError("killed")
        fetched.append(url)
        return await crawler.fetch(url, **asked)  # type: ignore[arg-type]

    web_.says("/all.xml", sitemap(*pages(web_)))
    crawl = await crawler.begin(await registered(crawler, web_, "/all.xml"))
    with pytest.raises(ExceptionGroup):
        await attrs.evolve(crawler, fetch=dying).run(crawl, job_id=crawl.id)
    await crawler.run(crawl, job_id=crawl.id)
    _, tally = await crawler.look(crawl)

    assert tally.added == PAGES + 1
    assert web_.asked["/all.xml"] == 1
