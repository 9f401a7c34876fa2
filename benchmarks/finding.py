"""How well documentation is found: `python -m benchmarks.finding TREE [--postgres]`.

The index of the tree says what is right: a term is found at the place of the first passage that
has one of the anchors it leads to, or is on the page if it leads to a whole one. An entry that
the index has no anchor of is part of the section around it. Plain FTS5 is asked the same.
"""

import argparse
import asyncio
import random
import re
import sqlite3
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from uuid import UUID, uuid4

import attrs

from adapters.extraction.generic import read_html
from adapters.readers.passages import SqlPassageViews
from adapters.repositories.pages import SqlLibraryWork
from adapters.sql.database import Database
from adapters.sql.databases import open_database
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.documentation.ports import LibraryWork, Unreadable
from application.documentation.views import PassageSearch, PassageViews
from benchmarks.index_terms import ROOT, terms_of
from domain.documentation.pages import KeptPage, Section
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId, SiteId
from entrypoints.wiring.ambient import pause, utc_now
from tests.contract.databases import PATIENT, create_tables
from tests.servers import at_the_desk, create_database, postgres_server

ACTOR = Actor.system(OrganizationId(UUID(int=1)))
SITE = SiteId(UUID(int=1))
NAME_LIKE = re.compile(r"[_.()\d]|[a-z][A-Z]|^%")
SHOWN = 10

Passage = tuple[str, int]
Asking = Callable[[str], Awaitable[Sequence[Passage]]]


@attrs.frozen(kw_only=True)
class Tree:
    pages: Mapping[str, KeptPage]
    terms: Mapping[str, frozenset[Passage]]

    @classmethod
    def read(cls, root: Path) -> "Tree":
        began, pages = process_time(), dict[str, KeptPage]()
        for file in sorted(root.rglob("*.html")):
            path = str(file.relative_to(root))
            page = None if path.startswith("_") else page_in(file, path)
            if page is not None and page.read.indexed and "-Index" not in path:
                pages[path] = page
        passages = sum(len(page.read.sections) for page in pages.values())
        took = process_time() - began
        print(f"{len(pages)} pages, {passages} passages read in {took:.1f} s of CPU")
        return cls(pages=pages, terms=_resolved(pages, terms_of(root)))

    def sets(self, most: int) -> Mapping[str, Sequence[str]]:
        names = [term for term in self.terms if NAME_LIKE.search(term)]
        concepts = [term for term in self.terms if not NAME_LIKE.search(term) and " " in term]
        chosen = random.Random(7)
        every = {"all": list(self.terms), "identifiers": names, "concepts": concepts}
        return {
            name: chosen.sample(sorted(terms), min(most, len(terms)))
            for name, terms in every.items()
        }


def page_in(file: Path, path: str) -> KeptPage | None:
    body = file.read_bytes()
    try:
        read = read_html(body, url=ROOT + path, content_type="text/html")
    except Unreadable:
        return None
    return KeptPage(site=SITE, url=ROOT + path, read=read, content_hash="", fetched_at=utc_now())


def _resolved(
    pages: Mapping[str, KeptPage], terms: Mapping[str, frozenset[tuple[str, str]]]
) -> Mapping[str, frozenset[Passage]]:
    named = frozenset[tuple[str, str]]().union(*terms.values())
    places, parts = defaultdict[tuple[str, str], set[Passage]](set), _parts(pages, named)
    for path, page in pages.items():
        for position, section in enumerate(page.read.sections):
            for anchor in ("", section.anchor, *section.anchors):
                places[path, anchor].add((page.url, position))
                places[path, anchor] |= parts.get((page.url, position), set())
    resolved = {
        term: frozenset[Passage]().union(*(places.get(place, ()) for place in wanted))
        for term, wanted in terms.items()
    }
    found = {term: passages for term, passages in resolved.items() if passages}
    print(f"{len(found)} of {len(terms)} terms lead somewhere")
    return found


def _parts(
    pages: Mapping[str, KeptPage], named: frozenset[tuple[str, str]]
) -> Mapping[Passage, set[Passage]]:
    """Entries that the index has no anchor of, by the section around them."""
    parts = defaultdict[Passage, set[Passage]](set)
    for path, page in pages.items():
        first = dict[tuple[str, ...], int]()
        for position, section in enumerate(page.read.sections):
            first.setdefault(section.path, position)
            around = first.get(section.path[:-1])
            if around is not None and _unnamed(section, path, named):
                parts[page.url, around].add((page.url, position))
    return parts


def _unnamed(section: Section, path: str, named: frozenset[tuple[str, str]]) -> bool:
    own = (section.anchor, *section.anchors)
    return bool(section.symbols) and not any((path, anchor) in named for anchor in own)


async def kept(tree: Tree, url: str) -> Database:
    database = open_database(url, pooling=PATIENT, pause=pause, allow_unsafe=True)
    work = SqlUnitOfWork[LibraryWork](
        database=database, work_on=SqlLibraryWork.on, new_id=uuid4, clock=utc_now
    )
    began = perf_counter()
    for page in tree.pages.values():
        await work(ACTOR, lambda work, page=page: work.pages.keep(page))  # type: ignore[misc]
    took = timedelta(seconds=perf_counter() - began)
    print(f"kept in {took.total_seconds():.1f} s")
    return database


def asking(views: PassageViews, tree: Tree) -> Asking:
    """As the API asks."""
    positions = _positions(tree)

    async def ask(words: str) -> Sequence[Passage]:
        found = await views.search(ACTOR, PassageSearch(words=words, limit=SHOWN))
        return [positions[each.url, each.text] for each in found.passages]

    return ask


async def stored(tree: Tree, url: str) -> Asking:
    return asking(SqlPassageViews(await kept(tree, url)), tree)


def _positions(tree: Tree) -> Mapping[tuple[str, str], Passage]:
    return {
        (f"{page.url}#{section.anchor}".rstrip("#"), section.text): (page.url, position)
        for page in tree.pages.values()
        for position, section in reversed(list(enumerate(page.read.sections)))
    }


def fts5(tree: Tree) -> Asking:
    """Plain full text: one column, any of the words, its own ranking."""
    connection, places = sqlite3.connect(":memory:"), list[Passage]()
    connection.execute("CREATE VIRTUAL TABLE plain USING fts5(body)")
    for page in tree.pages.values():
        for position, section in enumerate(page.read.sections):
            places.append((page.url, position))
            told = f"{' '.join(section.path)}\n{section.text}"
            connection.execute(
                "INSERT INTO plain (rowid, body) VALUES (?, ?)", (len(places), told)
            )

    async def ask(words: str) -> Sequence[Passage]:
        any_of = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", words)) or '""'
        question = "SELECT rowid FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT ?"
        return [places[row - 1] for (row,) in connection.execute(question, (any_of, SHOWN))]

    return ask


async def measured(tree: Tree, terms: Sequence[str], ask: Asking) -> str:
    reciprocal, recalled, took = 0.0, 0, list[float]()
    for term in terms:
        began = perf_counter()
        found = await ask(term)
        took.append(perf_counter() - began)
        place = next((n for n, each in enumerate(found, 1) if each in tree.terms[term]), None)
        reciprocal += 1 / place if place else 0
        recalled += place is not None
    many = max(len(terms), 1)
    late = sorted(took)[int(len(took) * 0.95)] * 1000 if took else 0
    return f"MRR@10 {reciprocal / many:.3f}  recall@10 {recalled / many:.3f}  p95 {late:.1f} ms"


async def run(tree: Tree, most: int, server: str | None) -> None:
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/library.db"
        await create_tables(url)
        asked = {"FTS5": fts5(tree), "SQLite": await stored(tree, url)}
        if server is not None:
            postgres = await create_database(server)
            await create_tables(postgres)
            asked["PostgreSQL"] = await stored(tree, at_the_desk(postgres))
        for name, terms in tree.sets(most).items():
            print(f"{name}: {len(terms)} terms")
            for store, ask in asked.items():
                print(f"  {store:10} {await measured(tree, terms, ask)}")
            if server is not None:
                same = [
                    await asked["SQLite"](one) == await asked["PostgreSQL"](one) for one in terms
                ]
                print(f"  in the same order: {sum(same)} of {len(same)}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.finding", description=__doc__)
    parser.add_argument("tree", type=Path)
    parser.add_argument("--most", type=int, default=1500, help="terms of each set")
    parser.add_argument("--postgres", action="store_true", help="on a server of its own as well")
    options = parser.parse_args()
    tree = Tree.read(options.tree)
    with postgres_server() if options.postgres else nullcontext() as server:
        asyncio.run(run(tree, options.most, server))


if __name__ == "__main__":
    main()
