"""Whatever another organization has answers as if it were not there, on every route with an id."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from zlib import crc32

import httpx
import pytest

from tests.http.desk import Desk
from tests.http.lively import Lively
from tests.http.test_access import NOWHERE, PRIVATE, Request, named

pytestmark = pytest.mark.anyio

PARAMETER = re.compile(r"{(\w+)}")
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# What stands in a path and is no id.
NAMES = {
    "number",
    "setting",
    "provider",
    "event_id",
    "report",
    "edition",
    "figure",
    "token",
    "measurement",
    "trace",
}
SOME = 6
# What an answer says of the request and not of what it asked for.
ITS_OWN = {"instance"}

ADDRESSED = [one for one in PRIVATE if set(PARAMETER.findall(one.path)) - NAMES]


def asked_for(request: Request) -> str:
    """Which parameter says what the request is about."""
    parameters: list[str] = PARAMETER.findall(request.path)
    return next(name for name in parameters if name not in NAMES)


def addressed(request: Request, theirs: Lively, ids: Iterable[str]) -> Iterator[str]:
    rest = {name: of_kind[0] for name, of_kind in theirs.ids.items()}
    for id in ids:
        yield request.at(**{**rest, asked_for(request): id})


def foreign(request: Request, theirs: Lively) -> Iterator[str]:
    """Paths with each id of theirs that belongs there."""
    return addressed(request, theirs, theirs.ids[asked_for(request)])


def misplaced(request: Request, theirs: Lively) -> Iterator[str]:
    """Paths with one id of theirs of some other kinds: other ones for each path.

    All of them on every path would be thousands, and tell the same.
    """
    kind, turn = asked_for(request), crc32(request.path.encode())
    others = [ids[0] for name, ids in sorted(theirs.ids.items()) if name != kind]
    return addressed(request, theirs, others[turn % SOME :: SOME])


def said(answer: httpx.Response) -> tuple[int, Any]:
    """Without what names the request, or repeats the ids it was about."""
    text = answer.text
    for id in ID.findall(answer.request.url.path):
        text = text.replace(id, NOWHERE)
    body = json.loads(text)
    return answer.status_code, {name: body[name] for name in body if name not in ITS_OWN}


async def differences(
    ours: Lively, theirs: Lively, paths: Callable[[Request, Lively], Iterable[str]]
) -> list[str]:
    """Requests by which we can tell what they have from what nobody has."""
    found = []
    for request in ADDRESSED:
        unknown = said(await ours.ask(request.method, request.at(), request.options))
        for path in paths(request, theirs):
            answer = said(await ours.ask(request.method, path, request.options))
            if answer != unknown or answer[0] != 404:
                found.append(f"{named(request)} at {path}: {answer} and {unknown}")
    return found


async def test_foreign_ids_are_unknown_ones(any_desk: Desk) -> None:
    theirs = await Lively.opened(any_desk.container, any_desk.clock, "aardvark")
    ours = await Lively.opened(any_desk.container, any_desk.clock, "buffalo")

    found = await differences(ours, theirs, foreign)

    assert not found
    assert len(ADDRESSED) > 60
    parameters = {name for one in ADDRESSED for name in PARAMETER.findall(one.path)}
    assert parameters - NAMES <= theirs.ids.keys()


async def test_foreign_ids_of_other_kinds_are_unknown_ones(desk: Desk) -> None:
    theirs = await Lively.opened(desk.container, desk.clock, "aardvark")
    ours = await Lively.opened(desk.container, desk.clock, "buffalo")

    assert not await differences(ours, theirs, misplaced)


async def test_ids_of_ours_are_known(desk: Desk) -> None:
    """Hence what is said of foreign ones is not said of everything."""
    ours = await Lively.opened(desk.container, desk.clock, "buffalo")
    unknown = set()
    for request in ADDRESSED:
        if request.method == "GET":
            paths = foreign(request, ours)
            answers = [await ours.ask("GET", path, request.options) for path in paths]
            if {answer.status_code for answer in answers} <= {404}:
                unknown.add(request.path)

    assert unknown == set()
