"""Who is let in where: asked of every route there is."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import attrs
import pytest

from domain.kernel.actors import Permission
from entrypoints.http.etags import IF_MATCH
from entrypoints.http.openapi import described_routes
from entrypoints.http.operations import Operation, operation_of
from entrypoints.http.routers import ROUTERS
from tests.fakes.time import Time
from tests.http.desk import EVERYTHING, NOW, Desk, problem, program, stay

pytestmark = pytest.mark.anyio

NOWHERE = "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10"

# What has to be asked for, by the end of the path.
ASKED = {
    "/availability": {"from": "2027-03-10", "until": "2027-03-11"},
    "/suggestions": {"from": "2027-03-10", "until": "2027-03-11"},
    "/v1/calendar": {"date": "2027-03-10", "zone": "Europe/Lisbon"},
    "/v1/flights": {
        "origin": "LIS",
        "destination": "OPO",
        "departs_from": "2027-03-10T00:00:00Z",
        "departs_before": "2027-03-11T00:00:00Z",
    },
    "/papers/statistics": {"year": "2027"},
    "/sample": {"since": "2027-03-01T00:00:00Z", "until": "2027-03-10T00:00:00Z"},
    "/passages/search": {"q": "cancel"},
    "/analytics/staffing": {"calls_per_hour": "200", "handling_seconds": "180"},
    "/agreement": {"one": NOWHERE, "other": NOWHERE},
}


@attrs.frozen(kw_only=True)
class Request:
    """One that would be carried out, were its ids those of anything."""

    method: str
    path: str
    operation: Operation

    @property
    def options(self) -> dict[str, Any]:
        creates = any(
            one.name == IF_MATCH.name and not one.required for one in self.operation.sends
        )
        headers = {"If-None-Match": "*"} if creates else {"If-Match": "*"}
        options: dict[str, Any] = {"headers": headers if self.method != "GET" else {}}
        if self.operation.body is not None:
            options["json"] = next(iter(self.operation.body.examples.values()))
        for part, asked in ASKED.items():
            if self.path.endswith(part):
                options["params"] = asked
        return options

    def at(self, **ids: str) -> str:
        """Whatever is not given is nowhere."""
        return self.path.format_map(defaultdict(lambda: NOWHERE, {"number": "1", **ids}))


def requests() -> Iterator[Request]:
    routes = [route for router in ROUTERS for route in router.routes]
    for path, method, handler in described_routes(routes):
        yield Request(method=method.upper(), path=path, operation=operation_of(handler))


EVERY = sorted(requests(), key=lambda one: (one.path, one.method))
PRIVATE = [one for one in EVERY if one.operation.needs is not None]
SOME = 8
NEEDED = [one for one in Permission if (one,) in {route.operation.enough for route in PRIVATE}]
PLACES = {
    "figure": "calls",
    "code": "sold_out",
    "slug": "desk",
    "setting": "holds.minutes",
    "report": "bookings",
}

# What everybody has some of, is about nobody, or asks for somebody by name.
OWN = {
    "/v1/agents/me",
    "/v1/available-phone-numbers",
    "/v1/analytics/bookings/funnel",
    "/v1/analytics/bookings/lead-time",
    "/v1/analytics/bookings/occupancy",
    "/v1/analytics/bookings/overview",
    "/v1/analytics/bookings/pick-up",
    "/v1/analytics/bookings/timeline",
    "/v1/analytics/bookings/weekdays",
    "/v1/analytics/calls/conversion",
    "/v1/analytics/calls/durations",
    "/v1/analytics/calls/escalations",
    "/v1/analytics/calls/groups",
    "/v1/analytics/calls/overview",
    "/v1/analytics/calls/peaks",
    "/v1/analytics/calls/quality",
    "/v1/analytics/calls/resolution",
    "/v1/analytics/calls/sentiment",
    "/v1/analytics/calls/staffing",
    "/v1/analytics/calls/volume",
    "/v1/analytics/definitions",
    "/v1/analytics/documentation",
    "/v1/analytics/figures/{figure}",
    "/v1/analytics/forecast",
    "/v1/analytics/revenue/overview",
    "/v1/analytics/revenue/timeline",
    "/v1/analytics/staffing",
    "/v1/analytics/today",
    "/v1/api-keys",
    "/v1/audit/verification",
    "/v1/escalation-figures",
    "/v1/ingestion/events",
    "/v1/ingestion/logs",
    "/v1/ingestion/measurements",
    "/v1/ingestion/metrics",
    "/v1/ingestion/spans",
    "/v1/organization",
    "/v1/reports",
    "/v1/organization/usage",
    "/v1/organization/usage/metered",
    "/v1/settings",
}
# What needs more than one permission, which is tried where it is.
IN_PARTS = {
    "/v1/setup",
    "/v1/pipelines",
    "/v1/resources/{resource_id}/attendance/export",
    "/v1/calls/{call_id}/quotations",
    "/v1/calls/{call_id}/sales",
    "/v1/analytics/calls/conversion",
    "/v1/analytics/documentation",
    "/v1/analytics/figures/{figure}",
    "/v1/exports",
    "/v1/report-schedules",
    "/v1/report-schedules/{schedule_id}",
    "/v1/report-schedules/{schedule_id}/run",
    "/v1/reports/{report}",
    "/v1/reports/{report}/chart",
}
# What only people have.
ACCOUNT = {
    "/v1/me",
    "/v1/me/second-factor",
    "/v1/notices",
    "/v1/notices/preferences",
    "/v1/sessions",
}

# Open to whoever comes, to sign in or by the link in a letter.
NEWCOMERS = {
    "/v1/registrations",
    "/v1/invitations/accept",
    "/v1/emails/confirm",
    "/v1/password-resets",
    "/v1/password-resets/use",
}

# Open to whoever has a link that is signed.
LINKED = {"/v1/continuations/read", "/v1/continuations/continue"}
DOWNLOADS = "/v1/downloads/{token}"
FEEDS = "/v1/feeds/{token}"


def named(request: Request) -> str:
    return f"{request.method} {request.path}"


def test_no_route_is_forgotten() -> None:
    assert len(PRIVATE) > 15
    assert {one.path for one in EVERY} - {one.path for one in PRIVATE} == {
        "/livez",
        "/openapi.json",
        "/problems",
        "/problems/{code}",
        "/readyz",
        "/startupz",
        "/v1/certificates/{number}/verification",
        "/v1/provider-events/{provider}/{organization}",
        "/v1/telephony-events/{provider}/{organization}",
        "/v1/telephony-voice/{provider}/{organization}",
        "/v1/public-settings/{slug}",
        *LINKED,
        DOWNLOADS,
        FEEDS,
        *NEWCOMERS,
    }
    assert {one.operation.needs for one in EVERY if one.path == "/v1/sessions"} == {
        Permission.USE_ACCOUNT,
        None,
    }


# More are tried than anybody unknown may ask in a minute.
@pytest.mark.parametrize("half", [PRIVATE[::2], PRIVATE[1::2]], ids=["one", "other"])
async def test_nobody_is_let_in_without_a_key(desk: Desk, half: Sequence[Request]) -> None:
    for request in half:
        path = request.at(**PLACES)
        refused = await desk.nobody().send(request.method, path, **request.options)
        assert problem(refused) == (401, "unauthenticated"), named(request)
        assert refused.headers["WWW-Authenticate"] == 'Bearer realm="frontdesk"'


@pytest.mark.parametrize(
    "credentials",
    ["", "Bearer", "Bearer ", "Basic dTpw", "Bearer fd_test_x", "fd_test_x", "Bearer \xe4"],
)
async def test_only_keys_count(desk: Desk, credentials: str) -> None:
    headers = {"Authorization": credentials.encode("latin-1")}

    assert (await desk.nobody().get("/v1/events", headers=headers)).status_code == 401


async def test_the_public_is_let_in(desk: Desk) -> None:
    for request in EVERY:
        if (request.method, request.operation.needs) == ("GET", None):
            shown = await desk.nobody().get(request.at(**PLACES))
            # And this is no certificate, nor what was signed.
            unknown = request.path.startswith(("/v1/certificates", DOWNLOADS, FEEDS))
            assert shown.status_code == (404 if unknown else 200), named(request)


async def test_nobody_is_let_in_with_a_link_of_their_own_making(desk: Desk) -> None:
    for request in EVERY:
        if request.path in LINKED:
            refused = await desk.nobody().post(request.path, {"token": "A" * 96})
            assert problem(refused) == (404, "no_such_link"), named(request)


@pytest.mark.parametrize(("turn", "lacking"), list(enumerate(NEEDED)))
async def test_a_key_opens_what_it_has_the_scope_for(
    desk: Desk, turn: int, lacking: Permission
) -> None:
    """All that asks for it, and of what does not one in eight: other ones for each scope."""
    caller = await desk.caller(EVERYTHING - {lacking})
    for place, request in enumerate(PRIVATE):
        if request.operation.enough != (lacking,) and (place + turn) % SOME:
            continue
        answer = await caller.send(request.method, request.at(**PLACES), **request.options)
        if request.operation.enough == (lacking,):
            assert problem(answer) == (403, "not_permitted"), named(request)
            assert answer.json()["permission"] == lacking.value
        else:
            beyond = "scopes_beyond_own" in answer.text or "role_too_high" in answer.text
            assert (
                beyond or request.path in IN_PARTS or answer.status_code not in (401, 403, 500)
            ), named(request)


async def test_without_the_scope_not_even_the_body_is_looked_at(desk: Desk) -> None:
    caller = await desk.caller(frozenset({Permission.READ_EVENTS}))
    refused = await caller.post("/v1/holds", content=b"nonsense")

    assert problem(refused) == (403, "not_permitted")


async def test_other_organizations_find_nothing(any_url: str) -> None:
    clock = Time(NOW)
    async with program(any_url, clock) as container:
        ours = await Desk.opened(container, clock, "ours")
        theirs = await Desk.opened(container, clock, "theirs")
        rooms = await ours.rooms()
        made = await ours.post("/v1/quotes", stay(rooms))
        held = await ours.post("/v1/holds", {"quote_id": made.json()["id"]})
        before = await ours.get(held.headers["Location"])
        places = {
            "resource_id": rooms,
            "quote_id": made.json()["id"],
            "booking_id": held.json()["id"],
        }
        # Before they have made anything of their own.
        for request in sorted(PRIVATE, key=lambda one: one.method != "GET"):
            answer = await theirs.send(request.method, request.at(**places), **request.options)
            if "{" in request.path:
                assert answer.status_code == 404, named(request)
            elif request.method == "GET" and request.path not in OWN | ACCOUNT:
                assert answer.status_code == 200, named(request)
                body = answer.json()
                listed = body["offerings"] if "offerings" in body else body["items"]
                assert listed == [], named(request)
        stolen = await theirs.post("/v1/holds", {"quote_id": made.json()["id"]})
        priced = await theirs.post("/v1/quotes", stay(rooms))
        await ours.relay()

        assert problem(stolen) == (404, "quote_not_found")
        assert problem(priced) == (404, "resource_not_found")
        assert (await ours.get(held.headers["Location"])).content == before.content
        assert (await theirs.get("/v1/events")).json() == {"items": []}
