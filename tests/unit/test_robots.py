"""What is allowed by a robots.txt, as RFC 9309 has it."""

import pytest

from adapters.scraper.robots import ReadByProtego
from application.documentation.robots import (
    EVERYTHING,
    MOST,
    NOTHING,
    AskForRobots,
)
from application.kernel.web import Fetched, NotFetched, WhyNot

pytestmark = pytest.mark.anyio

SITE = "https://docs.example"
US = "Frontdesk"

ALLOWED = [
    ("", "/anything"),
    ("User-agent: *\nDisallow:\n", "/anything"),
    ("Disallow: /\n", "/no-group-at-all"),
    ("User-agent: *\nDisallow: /a\nAllow: /a/b\n", "/a/b/c"),
    ("User-agent: *\nAllow: /a/b\nDisallow: /a\n", "/a/b/c"),
    ("User-agent: *\nDisallow: /page\nAllow: /page\n", "/page"),
    ("User-agent: *\nDisallow: /A\n", "/a"),
    ("User-agent: *\nDisallow: /a$\n", "/ab"),
    ("User-agent: *\nDisallow: /*.php$\n", "/x.php5"),
    ("User-agent: *\nDisallow: /\nUser-agent: Frontdesk\nDisallow: /x\n", "/y"),
    ("User-agent: frontdesk\nDisallow: /x\nUser-agent: *\nDisallow: /\n", "/y"),
    ("User-agent: FRONTDESK\nAllow: /\nUser-agent: *\nDisallow: /\n", "/y"),
    ("User-agent: other\nDisallow: /\n", "/y"),
    ("User-agent: *\nDisallow: /\nAllow: /$\n", "/"),
    ("User-agent: *\nDisallow: /\n", "/robots.txt"),
    ("User-agent: *\n# Disallow: /\n", "/y"),
]
DISALLOWED = [
    ("User-agent: *\nDisallow: /\n", "/"),
    ("User-agent: *\nDisallow: /a\nAllow: /a/b\n", "/a/c"),
    ("User-agent: *\nDisallow: /a\n", "/abc"),
    ("User-agent: *\nDisallow: /*.php$\n", "/x/y.php"),
    ("User-agent: *\nDisallow: /*/private\n", "/x/y/private/z"),
    ("User-agent: *\nDisallow: /a%3cd.html\n", "/a%3Cd.html"),
    ("User-agent: *\nDisallow: /%7ejoe/\n", "/~joe/index.html"),
    ("User-agent: *\nDisallow: /foo/bar?baz=*\n", "/foo/bar?baz=1"),
    ("USER-AGENT: *\nDISALLOW: /a\n", "/a"),
    ("User-agent: *\r\nDisallow: /a\r\n", "/a"),
    ("User-agent: * # all\nDisallow: /a # this\n", "/a"),
    ("\ufeffUser-agent: *\nDisallow: /a\n", "/a"),
    ("User-agent: other\nUser-agent: Frontdesk\nDisallow: /a\n", "/a"),
    ("User-agent: Frontdesk\nDisallow: /a\n\nUser-agent: Frontdesk\nDisallow: /b\n", "/b"),
    ("User-agent: *\nCrawl-delay: 3\nDisallow: /a\n", "/a"),
    ("User-agent: *\nSitemap: https://docs.example/map.xml\nDisallow: /a\n", "/a"),
    ("User-agent: *\n\n\nDisallow: /a\n", "/a"),
    ("User-agent: Frontdesk\nDisallow: /a\nUser-agent: *\nDisallow: /b\n", "/a"),
]


@pytest.mark.parametrize(("text", "path"), ALLOWED)
def test_allowed(text: str, path: str) -> None:
    assert ReadByProtego(US)(text).allows(SITE + path)


@pytest.mark.parametrize(("text", "path"), DISALLOWED)
def test_disallowed(text: str, path: str) -> None:
    assert not ReadByProtego(US)(text).allows(SITE + path)


def test_delays_and_sitemaps_are_read() -> None:
    robots = ReadByProtego(US)(
        "Sitemap: https://docs.example/map.xml\nUser-agent: *\nCrawl-delay: 2.5\n"
    )

    assert robots.delay == 2.5
    assert robots.sitemaps == ("https://docs.example/map.xml",)
    assert ReadByProtego(US)(EVERYTHING).delay is None
    assert ReadByProtego(US)(EVERYTHING).allows(f"{SITE}/")
    assert not ReadByProtego(US)(NOTHING).allows(f"{SITE}/")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (200, "User-agent: *\n"),
        (204, EVERYTHING),
        (301, EVERYTHING),
        (401, EVERYTHING),
        (403, EVERYTHING),
        (404, EVERYTHING),
        (429, EVERYTHING),
        (500, NOTHING),
        (503, NOTHING),
    ],
)
async def test_what_an_answer_says(status: int, said: str) -> None:
    async def fetch(url: str, **asked: object) -> Fetched:
        assert url == "https://docs.example/robots.txt"
        assert asked == {"headers": {"user-agent": "who asks"}, "most": MOST, "redirects": 5}
        return Fetched(url=url, status=status, headers={}, body=b"User-agent: *\n", whole=False)

    assert await AskForRobots(fetch=fetch, user_agent="who asks")(SITE) == said


@pytest.mark.parametrize("reason", WhyNot)
async def test_no_answer_allows_nothing(reason: WhyNot) -> None:
    async def fetch(_: str, **__: object) -> Fetched:
        raise NotFetched(reason)

    assert await AskForRobots(fetch=fetch, user_agent="who asks")(SITE) == NOTHING
