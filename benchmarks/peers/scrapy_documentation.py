"""What our crawl does, as most would write it: Scrapy, and pages in SQLite with plain FTS5.

Of what ours does it leaves out a frontier that survives a kill, conditional requests, symbols and
weights. It reads with selectolax, which is several times as fast as what comes with Scrapy.
`python scrapy_documentation.py START DATABASE` wants Scrapy and selectolax, and nothing of ours.
"""

import json
import resource
import sqlite3
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import scrapy  # type: ignore[import-not-found]
from scrapy.crawler import CrawlerProcess  # type: ignore[import-not-found]
from selectolax.lexbor import LexborHTMLParser, LexborNode

HEADINGS = "h1, h2, h3, h4, h5, h6, dt[id]"
SETTINGS = {
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "DOWNLOAD_DELAY": 0,
    "ROBOTSTXT_OBEY": True,
    "LOG_LEVEL": "ERROR",
    "TELNETCONSOLE_ENABLED": False,
    "DOWNLOAD_WARNSIZE": 0,
}


class Documentation(scrapy.Spider):  # type: ignore[misc]
    name = "documentation"

    def __init__(self, start: str, database: str) -> None:
        super().__init__()
        self.start_urls = [start]
        self.below = start.rpartition("/")[0] + "/"
        self.pages = 0
        self.database = sqlite3.connect(database, isolation_level=None)
        self.database.execute("PRAGMA journal_mode=WAL")
        self.database.execute("PRAGMA synchronous=FULL")
        self.database.execute("CREATE TABLE pages (url TEXT PRIMARY KEY, title TEXT)")
        self.database.execute("CREATE VIRTUAL TABLE passages USING fts5(url, path, body)")

    def parse(self, response: Any) -> Iterator[Any]:
        tree = LexborHTMLParser(response.text)
        links = {node.attributes.get("href") or "" for node in tree.css("a[href]")}
        self.keep(response.url, tree)
        for link in sorted(links):
            url = urljoin(response.url, link).partition("#")[0]
            if url.startswith(self.below) and url.endswith(".html"):
                yield scrapy.Request(url)

    def keep(self, url: str, tree: LexborHTMLParser) -> None:
        main = tree.css_first("[role=main]") or tree.body
        named = tree.css_first("title")
        if main is None or named is None:
            return
        told = [(url, node.text().strip(), _below(node)) for node in main.css(HEADINGS)]
        self.database.execute("BEGIN")
        self.database.execute("INSERT OR REPLACE INTO pages VALUES (?, ?)", (url, named.text()))
        self.database.executemany("INSERT INTO passages VALUES (?, ?, ?)", told)
        self.database.execute("COMMIT")
        self.pages += 1


def _below(heading: LexborNode) -> str:
    """What stands up to the next heading."""
    told, node = [], heading.next
    while node is not None and node.tag not in {"h1", "h2", "h3", "h4", "h5", "h6", "dt"}:
        if node.tag != "section":
            told.append(node.text())
        node = node.next
    return " ".join(" ".join(told).split())


def main() -> None:
    process, began = CrawlerProcess(SETTINGS), time.perf_counter()
    crawler = process.create_crawler(Documentation)
    process.crawl(crawler, sys.argv[1], sys.argv[2])
    process.start()
    told = {
        "pages": crawler.spider.pages,
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time(),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
