"""How well questions are answered: `python -m benchmarks.asking TREE --model FOLDER [--postgres]`.

Whatever has a question for a title answers it. The titles are taken out before anything is kept,
so that an answer is found by what it says: by words alone, and by what they mean as well. FOLDER
is one as `benchmarks.sentence_model` makes it; plain FTS5 is asked the same.
"""

import argparse
import asyncio
from collections import defaultdict
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from uuid import uuid4

import attrs

from adapters.embedding.onnx import OnnxEmbedder
from adapters.readers.passages import SqlPassageViews
from adapters.readers.unembedded_passages import SqlUnembeddedPassages
from adapters.repositories.meanings import SqlMeaningWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.documentation.embed_passages import (
    EmbedPassages,
    EmbedPassagesHandler,
    MeaningWork,
)
from application.documentation.embedding import Embedder, SemanticSearches
from application.kernel.jobs import QueuedJob
from benchmarks.finding import ACTOR, Asking, Passage, Tree, asking, fts5, kept, measured
from domain.documentation.pages import KeptPage, Section
from domain.kernel.identifiers import JobId
from entrypoints.wiring.ambient import utc_now
from tests.contract.cancelling import Context
from tests.contract.databases import create_tables
from tests.servers import at_the_desk, create_database, postgres_server


def untitled(tree: Tree) -> Tree:
    """Without the titles that ask, and with what answers them."""
    pages, answers = dict[str, KeptPage](), defaultdict[str, set[Passage]](set)
    for path, page in tree.pages.items():
        asked = {title for each in page.read.sections for title in each.path if _asks(title)}
        sections = tuple(_without(each, asked) for each in page.read.sections)
        for position, each in enumerate(page.read.sections):
            for title in asked.intersection(each.path[1:]):
                answers[title].add((page.url, position))
        pages[path] = attrs.evolve(page, read=attrs.evolve(page.read, sections=sections, words=()))
    return Tree(pages=pages, terms={title: frozenset(those) for title, those in answers.items()})


def _asks(title: str) -> bool:
    return title.endswith("?")


def _without(section: Section, titles: set[str]) -> Section:
    """Contents of a page say the titles once more."""
    lines = (line for line in section.text.splitlines() if line.strip(" -*•\t") not in titles)
    path = tuple(title for title in section.path if title not in titles)
    return attrs.evolve(section, path=path, text="\n".join(lines))


async def asked_both_ways(tree: Tree, url: str, embed: Embedder) -> tuple[Asking, Asking]:
    """By words alone, and by what they mean as well."""
    database = await kept(tree, url)
    handler = EmbedPassagesHandler(
        passages=SqlUnembeddedPassages(database),
        unit_of_work=SqlUnitOfWork[MeaningWork](
            database=database, work_on=SqlMeaningWork.on, new_id=uuid4, clock=utc_now
        ),
        embed=embed,
    )
    job = EmbedPassages().job
    queued = QueuedJob(
        name=job.name,
        payload=job.payload,
        id=JobId(uuid4()),
        organization_id=ACTOR.organization_id,
    )
    began, cpu = perf_counter(), process_time()
    context = Context()
    context.actor = ACTOR
    await handler(queued, context)
    print(f"embedded in {perf_counter() - began:.0f} s, {process_time() - cpu:.0f} s of CPU")
    by_words = SqlPassageViews(database)
    meant = SemanticSearches(views=by_words, embed=embed)
    return asking(by_words, tree), asking(meant, tree)


async def run(tree: Tree, folder: Path, server: str | None) -> None:
    tree, embed = untitled(tree), OnnxEmbedder(folder)
    questions = sorted(tree.terms)
    with TemporaryDirectory() as scratch:
        url = f"sqlite:///{scratch}/library.db"
        await create_tables(url)
        stores = {"SQLite": await asked_both_ways(tree, url, embed)}
        if server is not None:
            postgres = await create_database(server)
            await create_tables(postgres)
            stores["PostgreSQL"] = await asked_both_ways(tree, at_the_desk(postgres), embed)
        print(f"{len(questions)} questions")
        print(f"  FTS5                  {await measured(tree, questions, fts5(tree))}")
        for store, (by_words, meant) in stores.items():
            print(f"  {store:10} words      {await measured(tree, questions, by_words)}")
            print(f"  {store:10} meaning    {await measured(tree, questions, meant)}")
        if server is not None:
            first, other = (asks[1] for asks in stores.values())
            same = [await first(one) == await other(one) for one in questions]
            print(f"  in the same order: {sum(same)} of {len(same)}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.asking", description=__doc__)
    parser.add_argument("tree", type=Path)
    parser.add_argument("--model", type=Path, required=True, help="as sentence_model makes it")
    parser.add_argument("--postgres", action="store_true", help="on a server of its own as well")
    options = parser.parse_args()
    tree = Tree.read(options.tree)
    with postgres_server() if options.postgres else nullcontext() as server:
        asyncio.run(run(tree, options.model, server))


if __name__ == "__main__":
    main()
