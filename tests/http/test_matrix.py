"""The matrix of access, made from the description: each route by each role, scope and tenant.

Which role may what is asked of the one table that says so. Requests ask for a parameter that no
route has: whoever is let in gets to hear that (400), and nothing is carried out.
"""

import re
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import count
from typing import Any

import attrs
import pytest

from domain.identity.request_limits import RequestLimits
from domain.identity.roles import Role
from domain.kernel.actors import READING, Permission
from tests.fakes.time import Time
from tests.http.desk import NOW, Caller, Desk, problem, program
from tests.http.people import Staff
from tests.http.test_access import NOWHERE, PLACES, PRIVATE, named

pytestmark = pytest.mark.anyio

Count = Callable[[str, object], None]
"""Notes a figure beside the outcome of the test."""

SOME = 4
UNASKED = {"nobody": "asks"}
SCOPE = re.compile(r"Needs the scope `([^`]+)`(?: or `([^`]+)`)?")


@attrs.frozen(kw_only=True)
class Described:
    """What the description says of a route."""

    method: str
    path: str
    needs: Permission | None
    enough: frozenset[Permission]
    media_types: frozenset[str]

    @property
    def address(self) -> str:
        return self.path.format_map(defaultdict(lambda: NOWHERE, {"number": "1", **PLACES}))

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def described(description: Any) -> Iterator[Described]:
    for path, methods in description["paths"].items():
        for method, said in methods.items():
            scope = SCOPE.search(said.get("description", ""))
            assert (scope is None) == (said.get("security") == []), f"{method} {path}"
            yield Described(
                method=method.upper(),
                path=path,
                needs=Permission(scope[1]) if scope else None,
                enough=frozenset(map(Permission, filter(None, scope.groups() if scope else ()))),
                media_types=frozenset(
                    media_type
                    for answer in said["responses"].values()
                    for media_type in answer.get("content", ())
                ),
            )


@attrs.frozen(kw_only=True)
class Asker:
    name: str
    caller: Caller
    permissions: frozenset[Permission]


async def people(staff: Staff) -> AsyncIterator[Asker]:
    for role in Role:
        caller = staff.ada
        if role is not Role.OWNER:
            caller = await staff.joined(role.value, f"{role.value}@example.com")
        yield Asker(name=role.value, caller=caller, permissions=role.permissions)


async def keys(desk: Desk) -> AsyncIterator[Asker]:
    """One for each single scope."""
    for permission in Permission:
        scopes = frozenset({permission})
        desk.clock.passes(timedelta(minutes=1))  # which is what limits are for
        caller = await desk.caller(scopes)
        yield Asker(name=permission.value, caller=caller, permissions=scopes)


def cells(routes: Iterable[Described]) -> int:
    """How many of them one asker tries."""
    return sum(route.needs is not None for route in routes)


async def let_in_wrongly(asker: Asker, routes: Iterable[Described]) -> list[str]:
    wrong = []
    for route in routes:
        if route.needs is not None:
            answer = await asker.caller.send(route.method, route.address, params=UNASKED)
            told = (answer.status_code, answer.json()["code"])
            allowed = not asker.permissions.isdisjoint(route.enough)
            if told[0] != (400 if allowed else 403) or (told[1] == "not_permitted") == allowed:
                wrong.append(f"{asker.name}: {route}: {told}")
    return wrong


async def described_by(desk: Desk) -> list[Described]:
    return list(described((await desk.get("/openapi.json")).json()))


async def test_people_may_what_the_table_of_roles_says(
    any_desk: Desk, record_property: Count
) -> None:
    routes = await described_by(any_desk)
    askers = [asker async for asker in people(await Staff.of(any_desk))]
    wrong = [each for asker in askers for each in await let_in_wrongly(asker, routes)]

    assert wrong == []
    record_property("cells", len(askers) * cells(routes))
    assert len([route for route in routes if route.needs is not None]) > 100


async def test_a_key_may_what_its_only_scope_says(desk: Desk, record_property: Count) -> None:
    """All that it may, and of what it may not one in four: other ones for each scope."""
    routes, wrong, tried = await described_by(desk), [], 0
    turns = count()
    async for asker in keys(desk):
        some = asked_of(asker, routes, next(turns))
        wrong += await let_in_wrongly(asker, some)
        tried += cells(some)

    assert wrong == []
    record_property("cells", tried)


def asked_of(asker: Asker, routes: Sequence[Described], turn: int) -> list[Described]:
    return [
        route
        for place, route in enumerate(routes)
        if (place + turn) % SOME == 0 or not asker.permissions.isdisjoint(route.enough)
    ]


async def test_viewers_change_and_export_nothing(desk: Desk) -> None:
    searches = ("/v1/bookings/search", "/v1/calls/search")
    own = (
        "/v1/analytics/views",
        "/v1/me",
        "/v1/notices",
        "/v1/sessions",
        "/v1/realtime/tickets",
        *searches,
    )
    for route in await described_by(desk):
        allowed = not Role.VIEWER.permissions.isdisjoint(route.enough)
        if route.needs in READING or route.needs is None:
            assert route.method == "GET" or not allowed or route.path.startswith(own), str(route)
        else:
            assert not allowed, str(route)
        if "text/csv" in route.media_types:
            assert route.needs is Permission.EXPORT, str(route)
            assert not allowed, str(route)


async def test_nobody_gets_anywhere(sqlite_url: str) -> None:
    clock, patient = Time(NOW), RequestLimits().changed({"unknown": (10_000, 60)})
    async with program(sqlite_url, clock, request_limits=patient) as container:
        desk = await Desk.opened(container, clock)
        for route in await described_by(desk):
            if route.needs is not None:
                refused = await desk.nobody().send(route.method, route.address, params=UNASKED)
                assert problem(refused) == (401, "unauthenticated"), str(route)


async def test_what_others_have_is_not_there_for_any_role(
    sqlite_url: str, record_property: Count
) -> None:
    clock, asked = Time(NOW), 0
    async with program(sqlite_url, clock) as container:
        ours = await Desk.opened(container, clock, "ours")
        rooms = await ours.rooms()
        held = await ours.hold(rooms)
        before = await ours.get(held.headers["Location"])
        places = {
            "resource_id": rooms,
            "quote_id": await ours.quote(rooms, night=12),
            "booking_id": held.json()["id"],
        }
        theirs = await Desk.opened(container, clock)
        async for asker in people(await Staff.of(theirs)):
            for request in PRIVATE:
                if "{" in request.path:
                    sent = (request.method, request.at(**places))
                    answer = await asker.caller.send(*sent, **request.options)
                    allowed = not asker.permissions.isdisjoint(request.operation.enough)
                    expected = 404 if allowed else 403
                    assert answer.status_code == expected, (asker.name, named(request))
                    asked += 1

        record_property("cells", asked)
        assert (await ours.get(held.headers["Location"])).content == before.content
