"""How fast documentation is crawled: `python -m benchmarks.crawling TREE [--postgres]`.

A tree of HTML is served on loopback and crawled whole: fetched, taken apart, weighed for search
and committed page by page; then twice more with nothing changed. Scrapy crawls the same site in
the same run, from an environment of its own that is made for it, or that of `--scrapy PYTHON`.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import venv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, cast

from benchmarks.tables import Cell, heading, say, table
from tests.contract.databases import create_tables
from tests.servers import at_the_desk, create_database, postgres_server

ROUNDS = ("cold", "unchanged", "again")
PEER = Path(__file__).parent / "peers" / "scrapy_documentation.py"
WANTED = ("scrapy==2.19.0", "selectolax>=1.0.2,<2")
NAMES = ("", "pages", "pages/s", "CPU ms/page", "requests", "MB sent", "RSS MB", "at 1/3")

Told = Mapping[str, float]


@contextmanager
def served(tree: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "benchmarks.tree_sites", str(tree)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603
    try:
        yield f"127.0.0.1:{int(_lines(server).readline())}"
    finally:
        server.terminate()
        server.wait()


def asked_of(site: str) -> tuple[int, float]:
    """Requests and megabytes since this was asked last."""
    connection = HTTPConnection(site)
    connection.request("GET", "/requests")
    asked, sent = connection.getresponse().read().split()
    connection.close()
    return int(asked), int(sent) / 1e6


def ours(site: str, start: str, database: str) -> Iterator[tuple[Told, int, float]]:
    command = [sys.executable, "-m", "benchmarks.crawled", start, database, str(len(ROUNDS))]
    with subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as crawler:
        for _ in ROUNDS:
            told = json.loads(_lines(crawler).readline())
            yield told, *asked_of(site)
            print(file=crawler.stdin, flush=True)


def _lines(process: "subprocess.Popen[str]") -> IO[str]:
    return cast("IO[str]", process.stdout)


def scrapys(python: str, start: str, folder: str) -> Told:
    command = [python, str(PEER), start, f"{folder}/scrapy.db"]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    told: Told = json.loads(ended.stdout)
    return told


def with_scrapy(folder: str) -> str:
    """An environment with it in it."""
    venv.create(f"{folder}/scrapy", with_pip=True)
    python = f"{folder}/scrapy/bin/python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", *WANTED], check=True)  # noqa: S603
    return python


def row(name: str, told: Told, asked: int, sent: float) -> list[Cell]:
    return [
        name,
        int(told["pages"]),
        told["pages"] / told["seconds"],
        told["cpu"] / told["pages"] * 1e3,
        asked,
        sent,
        told["megabytes"],
        told.get("third", 0.0),
    ]


def compare(tree: Path, first: str, python: str | None, postgres: str | None) -> None:
    with TemporaryDirectory() as folder, served(tree) as site:
        start = f"http://{site}/{first}"
        databases = {"SQLite": f"sqlite:///{folder}/crawled.db"}
        if postgres is not None:
            databases["PostgreSQL"] = asyncio.run(create_database(postgres))
        rows = []
        cold = dict[str, float]()
        for name, url in databases.items():
            asyncio.run(create_tables(url))
            for what, told in zip(ROUNDS, ours(site, start, at_the_desk(url)), strict=True):
                rows.append(row(f"{name}, {what}", *told))
                cold.setdefault(name, told[0]["pages"] / told[0]["seconds"])
        peer = scrapys(python or with_scrapy(folder), start, folder)
        rows.append(row("Scrapy, cold", peer, *asked_of(site)))
        heading(f"{tree}, 16 requests at once")
        table(NAMES, rows)
        rate = peer["pages"] / peer["seconds"]
        for name, mine in cold.items():
            say(f"  {name} is {mine / rate:.1f} times as fast as Scrapy")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crawling", description=__doc__)
    parser.add_argument("tree", type=Path)
    parser.add_argument("--first", default="index.html", help="the page to begin with")
    parser.add_argument("--scrapy", metavar="PYTHON", help="whose environment has it")
    parser.add_argument("--postgres", action="store_true", help="on a server of its own as well")
    options = parser.parse_args()
    with postgres_server() if options.postgres else nullcontext() as server:
        compare(options.tree, options.first, options.scrapy, server)


if __name__ == "__main__":
    main()
