"""Files that name the pages of a site, and what strangers may have put into them."""

import gzip
import time
import zlib
from datetime import datetime, timezone

import pytest

from adapters.extraction.parsers import Parsers
from adapters.extraction.seeds.factory import read_seed
from adapters.extraction.seeds.sitemap import MOST_PAGES, changed_by
from adapters.extraction.seeds.unpacking import MOST_BYTES
from application.documentation.ports import Unreadable

pytestmark = pytest.mark.anyio

URL = "https://docs.example/guide/seed"
PAGE = "https://docs.example/guide/a?x=1&y=2"
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
URLSET = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset {NAMESPACE} xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://docs.example/guide/a?x=1&amp;y=2
</loc><lastmod>2027-01-01</lastmod>
<image:image><image:loc>https://docs.example/a.png</image:loc></image:image></url>
<url><loc><![CDATA[https://docs.example/guide/b]]></loc></url><url><lastmod/></url></urlset>"""
INDEX = f"""<sitemapindex {NAMESPACE}><sitemap><loc>https://docs.example/one.xml.gz</loc></sitemap>
<sitemap><loc>https://docs.example/two.xml</loc></sitemap></sitemapindex>"""
LAUGHS = """<!DOCTYPE urlset [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><urlset><url><loc>https://docs.example/&c;</loc></url>
</urlset>"""
OUTSIDE = """<!DOCTYPE urlset [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<urlset><url><loc>https://docs.example/&a;</loc></url></urlset>"""
INVENTORY = b"""# Sphinx inventory version 2
# Project: Library
# Version: 3.11
# The remainder of this file is compressed using zlib.
"""
NAMES = b"""asyncio.gather py:function 1 library/asyncio-task.html#$ -
asyncio.Task py:class 1 library/asyncio-task.html#$ -
side by side std:label -1 howto/tasks.html#side Side by side
start std:doc -1 tutorial/$ Start: here
this is no entry
"""


def packed(names: bytes) -> bytes:
    return INVENTORY + zlib.compress(names)


@pytest.mark.parametrize(
    "body", [URLSET.encode(), gzip.compress(URLSET.encode()), b"\xef\xbb\xbf" + URLSET.encode()]
)
def test_sitemaps_name_pages(body: bytes) -> None:
    named = read_seed(body, url=URL)

    assert named.links == (PAGE, "https://docs.example/guide/b")
    assert (named.seeds, named.sections) == ((), ())
    assert named.changed_at == ((PAGE, datetime(2027, 1, 2, tzinfo=timezone.utc)),)


@pytest.mark.parametrize(
    ("written", "changed_at"),
    [
        ("2027-01-31", "2027-02-01T00:00:00+00:00"),
        ("2027-01-31T12:30Z", "2027-01-31T12:30:00+00:00"),
        ("2027-01-31T12:30:15.25-02:00", "2027-01-31T14:30:15.250000+00:00"),
        ("2027-01", None),
        ("2027", None),
        ("20270131", None),
        ("2027-01-31T12:30", None),
        ("2027-02-31", None),
        ("9999-12-31", None),
        ("0001-01-01T00:00+14:00", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_days_last_until_their_end(written: str, changed_at: str | None) -> None:
    at = changed_by(written)

    assert (at and at.isoformat()) == changed_at


def test_what_a_page_says_is_of_no_other() -> None:
    body = """<urlset><url><lastmod>2027-01-01</lastmod></url><url><loc>/a</loc></url>
    <url><lastmod>2027-01-03</lastmod><loc>/b</loc></url></urlset>"""
    named = read_seed(body.encode(), url=URL)

    assert named.changed_at == (("/b", datetime(2027, 1, 4, tzinfo=timezone.utc)),)


def test_indexes_name_sitemaps() -> None:
    named = read_seed(INDEX.encode(), url=URL)

    assert named.seeds == ("https://docs.example/one.xml.gz", "https://docs.example/two.xml")
    assert named.links == ()


def test_no_more_than_a_sitemap_may_have() -> None:
    many = "<url><loc>https://docs.example/</loc></url>" * (MOST_PAGES + 1)

    assert len(read_seed(f"<urlset>{many}</urlset>".encode(), url=URL).links) == MOST_PAGES


def test_inventories_name_each_page_once() -> None:
    named = read_seed(packed(NAMES), url=URL)

    assert named.links == ("library/asyncio-task.html", "howto/tasks.html", "tutorial/start")


def test_lists_name_what_is_linked_or_written() -> None:
    body = b"# Desk\n\n- [Tasks](tasks.md): see [more](<more.md>)\n\nhttps://docs.example/c\n"

    assert read_seed(body, url=URL).links == ("tasks.md", "more.md", "https://docs.example/c")


BOMB = gzip.compress(b" " * (MOST_BYTES + 1), 9)
BAD = {
    "gzip bomb": BOMB,
    "bomb in a bomb": gzip.compress(BOMB),
    "inventory bomb": packed(b"a" * (MOST_BYTES + 1)),
    "cut short": gzip.compress(URLSET.encode())[:-20],
    "no gzip": b"\x1f\x8b\x08nothing",
    "no zlib": INVENTORY + b"nothing",
    "only its head": INVENTORY.splitlines()[0],
    "of old": INVENTORY.replace(b"2", b"1"),
    "billion laughs": LAUGHS.encode(),
    "files of ours": OUTSIDE.encode(),
    "unknown entity": b"<urlset><url><loc>&a;</loc></url></urlset>",
    "a page": b"<!DOCTYPE html><html></html>",
    "something else": b"<rss/>",
    "half": URLSET.encode()[:-20],
    "no encoding": b'<?xml version="1.0" encoding="gibberish"?><urlset/>',
    "two bytes each": b'<?xml version="1.0" encoding="gb2312"?><urlset/>',
    "deep": b"<urlset>" * 100_000,
}


@pytest.mark.parametrize("name", BAD)
def test_what_strangers_have_put_there(name: str) -> None:
    with pytest.raises(Unreadable):
        read_seed(BAD[name], url=URL)


@pytest.mark.parametrize("body", ["[" * 500_000, "](" * 250_000, "](a" * 150_000, "]( " * 150_000])
def test_brackets_take_no_time(body: str) -> None:
    before = time.process_time()
    read_seed(body.encode(), url=URL)

    assert time.process_time() - before < 2


async def test_they_are_taken_apart_where_pages_are() -> None:
    parsers = Parsers(most=1, few=0)
    try:
        named = await parsers(None, INDEX.encode(), url=URL, content_type="text/xml")
        with pytest.raises(Unreadable):
            await parsers(None, LAUGHS.encode(), url=URL, content_type="text/xml")
    finally:
        await parsers.close()

    assert named.seeds == ("https://docs.example/one.xml.gz", "https://docs.example/two.xml")
