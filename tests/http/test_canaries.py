"""Nothing of one organization is told to another, whatever that asks and wherever it looks."""

import re
from collections.abc import AsyncIterator, Iterator
from typing import Any

import attrs
import pytest
from sqlalchemy import event

from entrypoints.http.reading import properties
from tests.contract.databases import execute
from tests.fakes.time import Time
from tests.http.desk import program
from tests.http.lively import Lively
from tests.http.test_access import EVERY, PLACES, Request
from tests.http.test_nothing_leaks import Sinks, sinks  # noqa: F401  (a fixture)

pytestmark = pytest.mark.anyio

# What is shown to everybody.
PUBLIC = ("/problems", "/openapi", "/livez", "/readyz", "/startupz", "/v1/public-settings")


@attrs.frozen
class Town:
    """Two organizations of one installation."""

    ours: Lively
    theirs: Lively
    url: str


@pytest.fixture
async def town(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    any_url: str,
    clock: Time,
) -> AsyncIterator[Town]:
    async with program(any_url, clock) as container:
        theirs = await Lively.opened(container, clock, "aardvark")
        ours = await Lively.opened(container, clock, "buffalo")
        yield Town(ours, theirs, any_url)


def questions(about: Lively) -> Iterator[tuple[str, dict[str, Any]]]:
    """Everything that can be read, at its ids, and with its words as what is looked for."""
    for request in EVERY:
        if request.method != "GET" or request.path.startswith(PUBLIC):
            continue
        for path in sorted(places(request, about)):
            yield path, request.options
            asked = request.options.get("params", {})
            for name in properties(request.operation.query.shape):
                for value in looked_for(about, name):
                    yield path, {"params": {**asked, name: value}}


def places(request: Request, about: Lively) -> set[str]:
    """Where the request goes with its ids, one after the other."""
    names = {"slug": about.word}
    most = max(map(len, about.ids.values()))
    numbered = [{k: ids[n % len(ids)] for k, ids in about.ids.items()} for n in range(most)]
    return {request.at(**{**PLACES, **names, **ids}) for ids in numbered}


def looked_for(about: Lively, name: str) -> list[str]:
    if name.endswith("_id"):
        return about.ids.get(name, about.ids["resource_id"])
    return [about.word, about.contact["email"]]


async def told(
    asking: Lively, about: Lively, marks: tuple[str, ...], at: str = "/"
) -> dict[str, str]:
    """Which marks are in answers to questions about somebody, and one place of each.

    Refusals may repeat a question.
    """
    found = dict[str, str]()
    for path, options in questions(about):
        if path.startswith(at):
            answer = await asking.ask("GET", path, options)
            assert answer.status_code != 429
            text = answer.text.casefold()
            repeated = path + str(options) if answer.is_error else ""
            found |= {mark: path for mark in marks if mark in text and mark not in repeated}
    return found


async def test_nothing_of_theirs_is_told_to_us(town: Town, sinks: Sinks) -> None:  # noqa: F811
    ours, theirs = town.ours, town.theirs

    assert (await told(theirs, theirs, theirs.marks)).keys() == set(theirs.marks)
    sinks.log.truncate(0)
    assert await told(ours, ours, theirs.marks) == {}
    assert await told(ours, theirs, theirs.marks) == {}
    assert theirs.word not in sinks.log.getvalue() + str(sinks.figures.get_metrics_data())


def unbounded(statement: str) -> str:
    """As if somebody had forgotten to say whose blocks."""
    return re.sub(r"blocks\.organization_id = ([$?:]\S*)", r"(\1 IS NOT NULL)", statement)


async def test_a_breach_is_found(town: Town) -> None:
    ours, theirs = town.ours, town.theirs

    def forget(_connection: Any, _cursor: Any, statement: str, given: Any, *_: Any) -> Any:
        return unbounded(statement), given

    engine = ours.desk.container.database().engine
    event.listen(engine, "before_cursor_execute", forget, retval=True)
    if town.url.startswith("postgresql"):
        assert await told(ours, ours, theirs.marks, at="/v1/blocks") == {}
        await execute(town.url, "ALTER TABLE blocks DISABLE ROW LEVEL SECURITY")

    found = await told(ours, ours, theirs.marks, at="/v1/blocks")

    assert {theirs.word, *theirs.ids["block_id"]} <= found.keys()
