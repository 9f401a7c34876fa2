"""`frontdesk import`: files of any length, taken at once."""

import argparse
import asyncio
import codecs
import sys
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TextIO

from application.kernel.pages import Slice
from application.pipelines.run_import import TakeChunk
from application.pipelines.start_import import StartImport
from domain.kernel.actors import Actor
from domain.pipelines.imports import Import, ImportTarget
from entrypoints.cli.keys import organization_called
from entrypoints.http.importing.lines import Format
from entrypoints.http.importing.reading_rows import read_rows
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings

PAGE = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    targets = [target.value for target in ImportTarget]
    parser.add_argument("target", choices=targets, help="what the rows become")
    parser.add_argument("file", type=Path, help="a .csv file with a header, or .jsonl")
    parser.add_argument("--organization", required=True, metavar="SLUG", help="whose they are")


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """0 if every row was taken, 1 if some were refused."""
    return asyncio.run(_run(Container(settings=settings), arguments))


async def _run(container: Container, arguments: argparse.Namespace) -> int:
    database = container.database()
    try:
        await database.check()
        organization = await organization_called(container, arguments.organization)
        actor = Actor.system(organization.id)
        import_ = await _start(container, actor, arguments)
        await _take(container, actor, import_)
        return await _report(container, actor, import_)
    finally:
        await database.close()


def opened(file: Path) -> TextIO:
    """UTF-16 by its mark, else UTF-8. What is neither stays in its row, as what no text has."""
    with file.open("rb") as start:
        marked = start.read(2) in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}
    encoding, errors = ("utf-16", "unread") if marked else ("utf-8", "surrogateescape")
    # Line breaks within the cells of a CSV file are part of them.
    return file.open(encoding=encoding, errors=errors, newline="")


def _unread(error: UnicodeError) -> tuple[str, int]:
    """As `surrogateescape` has it (PEP 383), which does not go with UTF-16."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "\udcff", error.end


codecs.register_error("unread", _unread)


async def _start(container: Container, actor: Actor, arguments: argparse.Namespace) -> Import:
    target = ImportTarget(arguments.target)
    format = Format.CSV if arguments.file.suffix.lower() == ".csv" else Format.JSON_LINES
    with opened(arguments.file) as lines:
        said = read_rows(target, format, lines, actor.organization_id)
    started: Import = await container.pipelines.start_import()(
        StartImport(actor=actor, target=target, rows=said.rows, refused=said.refused)
    )
    return started


async def _take(container: Container, actor: Actor, import_: Import) -> None:
    """Without waiting for a worker; one that is at it as well takes other chunks."""
    waiting = await container.pipelines.views().waiting(actor, import_.id)
    take_chunk = container.pipelines.take_chunk()

    async def take(chunk: int) -> None:
        await take_chunk(TakeChunk(actor=actor, import_id=import_.id, chunk=chunk))

    await container.pipelines.hands()([partial(take, chunk) for chunk in waiting])


async def _report(container: Container, actor: Actor, import_: Import) -> int:
    views = container.pipelines.views()
    done = await views.import_(actor, import_.id)
    after, codes = None, Counter[str]()
    while True:
        page = await views.refusals(actor, import_.id, slice=Slice(limit=PAGE, after=after))
        codes.update(refused.code for refused in page.items)
        for refused in page.items:
            where = f"{refused.field}: " if refused.field else ""
            print(f"line {refused.line}: {refused.code}: {where}{refused.detail}", file=sys.stderr)
        after = page.next
        if after is None:
            break
    for code, number in codes.most_common():
        print(f"{number} refused: {code}")
    print(f"{done.taken} of {done.rows} rows taken, {done.refused} refused")
    return 0 if not done.refused else 1
