"""`frontdesk import past_calls`: files of any length, taken at once."""

import argparse
import asyncio
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from application.calls.import_calls import ImportCalls
from application.kernel.rows import Row, RowRefused
from domain.kernel.actors import Actor
from entrypoints.cli.keys import organization_called
from entrypoints.http.importing.lines import Format
from entrypoints.http.importing.past_calls import past_calls
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings

TARGET = "past_calls"
TOGETHER = 250


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """0 if every row was taken, 1 if some were refused."""
    return asyncio.run(_run(Container(settings=settings), arguments))


async def _run(container: Container, arguments: argparse.Namespace) -> int:
    database = container.database()
    try:
        await database.check()
        organization = await organization_called(container, arguments.organization)
        actor = Actor.system(organization.id)
        format = Format.CSV if arguments.file.suffix.lower() == ".csv" else Format.JSON_LINES
        with arguments.file.open(encoding="utf-8", errors="surrogateescape", newline="") as lines:
            return await _taken(container, actor, past_calls(format, lines))
    finally:
        await database.close()


async def _taken(container: Container, actor: Actor, said: Iterator[Row | RowRefused]) -> int:
    """Refused rows go to standard error, by line; how many by which rule comes last."""
    rows, rules = 0, Counter[str]()
    while chunk := list(islice(said, TOGETHER)):
        rows += len(chunk)
        good = [one for one in chunk if isinstance(one, Row)]
        bad = [one for one in chunk if isinstance(one, RowRefused)]
        bad += await container.telephony.import_calls()(ImportCalls(actor=actor, rows=good))
        _name(bad)
        rules.update(one.code for one in bad)
    for rule, number in rules.most_common():
        print(f"{number} refused: {rule}")
    print(f"{rows - rules.total()} of {rows} rows taken, {rules.total()} refused")
    return 1 if rules else 0


def _name(refused: Sequence[RowRefused]) -> None:
    for one in sorted(refused, key=lambda one: one.line):
        where = f"{one.field}: " if one.field else ""
        print(f"line {one.line}: {one.code}: {where}{one.detail}", file=sys.stderr)
