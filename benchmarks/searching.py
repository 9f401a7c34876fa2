"""How long a search takes among many passages: `python -m benchmarks.searching TREE [--postgres]`.

The pages of a tree are kept over and over, each time at other addresses, until there are as many
passages as wanted. Then terms of the tree's own index are looked for, and whole questions.
"""

import argparse
import asyncio
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from itertools import count
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from uuid import uuid4

import attrs

from adapters.mapping.postings import words_of
from adapters.readers.passages import SqlPassageViews
from adapters.repositories.pages import SqlLibraryWork
from adapters.sql.database import Database
from adapters.sql.databases import open_database
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.documentation.ports import LibraryWork
from application.documentation.views import PassageSearch
from benchmarks.finding import ACTOR, Tree
from benchmarks.tables import Cell, heading, say, table
from domain.documentation.pages import KeptPage
from domain.documentation.weighing import weigh
from entrypoints.wiring.ambient import pause, utc_now
from entrypoints.wiring.lasting import set_aside
from tests.contract.databases import PATIENT, create_tables, execute
from tests.servers import at_the_desk, create_database, postgres_server

BAR = 50.0
TOGETHER = 20
QUESTIONS = ("how do I {} with {}?", "what is the difference between {} and {}?")
NAMES = ("", "ms p50", "ms p95", "ms p99", "CPU ms p50", "CPU ms p95")


def weighed(tree: Tree) -> Sequence[KeptPage]:
    return [
        attrs.evolve(
            page,
            read=attrs.evolve(
                page.read, words=tuple(words_of(weigh(each)) for each in page.read.sections)
            ),
        )
        for page in tree.pages.values()
    ]


def copies(pages: Sequence[KeptPage], passages: int) -> Iterator[KeptPage]:
    for copy in count():
        for page in pages:
            if passages <= 0:
                return
            passages -= len(page.read.sections)
            yield attrs.evolve(page, url=f"{page.url}?{copy}")


async def fill(database: Database, pages: Sequence[KeptPage], passages: int) -> None:
    work = SqlUnitOfWork[LibraryWork](
        database=database, work_on=SqlLibraryWork.on, new_id=uuid4, clock=utc_now
    )
    every = list(copies(pages, passages))
    for first in range(0, len(every), TOGETHER):
        some = every[first : first + TOGETHER]
        await work(ACTOR, lambda work, some=some: [work.pages.keep(each) for each in some])  # type: ignore[misc]


def questions(tree: Tree, most: int) -> Mapping[str, Sequence[str]]:
    terms, chosen = tree.sets(most), random.Random(7)
    concepts = list(terms["concepts"]) or list(terms["all"])
    asked = [
        chosen.choice(QUESTIONS).format(chosen.choice(concepts), chosen.choice(concepts))
        for _ in range(most)
    ]
    return {**terms, "questions": asked}


async def asked(views: SqlPassageViews, name: str, terms: Sequence[str]) -> list[Cell]:
    walls, cpus = list[float](), list[float]()
    for words in terms:
        wall, cpu = time.perf_counter(), time.process_time()
        await views.search(ACTOR, PassageSearch(words=words))
        walls.append((time.perf_counter() - wall) * 1e3)
        cpus.append((time.process_time() - cpu) * 1e3)
    walls.sort()
    cpus.sort()
    return [
        name,
        *(_at(walls, share) for share in (0.5, 0.95, 0.99)),
        *(_at(cpus, share) for share in (0.5, 0.95)),
    ]


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[int(len(ordered) * share)]


async def run(tree: Tree, passages: int, most: int, server: str | None) -> None:
    pages = weighed(tree)
    with TemporaryDirectory() as folder:
        urls = {"SQLite": f"sqlite:///{folder}/library.db"}
        if server is not None:
            urls["PostgreSQL"] = await create_database(server)
        for store, url in urls.items():
            await create_tables(url)
            database = open_database(
                at_the_desk(url), pooling=PATIENT, pause=pause, allow_unsafe=True
            )
            began = time.perf_counter()
            await fill(database, pages, passages)
            heading(f"{store}, {passages:,} passages")
            say(f"  kept in {time.perf_counter() - began:.0f} s")
            if url.startswith("postgresql"):
                await execute(url, "VACUUM ANALYZE")  # as the server does by itself
            set_aside()  # as the program does before it serves
            before, views = getrusage(RUSAGE_SELF).ru_maxrss, SqlPassageViews(database)
            rows = [await asked(views, *each) for each in questions(tree, most).items()]
            table(NAMES, rows)
            more = (getrusage(RUSAGE_SELF).ru_maxrss - before) / 1024
            say(f"  searching took {more:.0f} MB more than keeping had")
            slow = [row[0] for row in rows if float(row[2]) > BAR]
            say(f"  p95 over {BAR:.0f} ms: {', '.join(map(str, slow)) or 'none'}")
            await database.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.searching", description=__doc__)
    parser.add_argument("tree", type=Path)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--most", type=int, default=300, help="terms of each set")
    parser.add_argument("--postgres", action="store_true", help="on a server of its own as well")
    options = parser.parse_args()
    tree = Tree.read(options.tree)
    with postgres_server() if options.postgres else nullcontext() as server:
        asyncio.run(run(tree, options.passages, options.most, server))


if __name__ == "__main__":
    main()
