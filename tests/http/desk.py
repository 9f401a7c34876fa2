"""Somebody who uses the API, and a small business to use it on."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta, timezone
from typing import Any
from uuid import uuid4

import attrs
import httpx
from sqlalchemy import event

from application.identity.create_organization import CreateOrganization
from application.identity.issue_api_key import IssueApiKey
from domain.identity.api_keys import Mode
from domain.kernel.actors import Actor, Permission
from entrypoints.http.app import create_app
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings
from tests.containers import assembled
from tests.fakes.time import Time
from tests.servers import at_the_desk, owner_of

NOW = datetime(2027, 3, 1, 12, tzinfo=timezone.utc)
EVERYTHING = frozenset(Permission)
LEASE = timedelta(milliseconds=20)

CONTACT: dict[str, Any] = {"name": "Ana Sousa", "email": "ana@example.com"}
SHOWN_CONTACT = {**CONTACT, "phone": None, "postcode": None, "country": None}
ROOMS: dict[str, Any] = {
    "name": "Double room",
    "zone": "Europe/Lisbon",
    "offering": {"kind": "hotel", "beds": 2},
}
SESSION: dict[str, Any] = {
    "name": "First aid",
    "zone": "Europe/London",
    "offering": {
        "kind": "training",
        "starts_at": "2027-03-20T09:30:00Z",
        "ends_at": "2027-03-20T16:30:00Z",
    },
}
TERMS: dict[str, Any] = {
    "rates": {"currency": "EUR", "price_minor": 9900},
    "cancellation": [{"hours_before": 168, "refund_percent": 100}],
}
NIGHTS = {"from": "2027-03-01", "until": "2027-04-01"}

# Not about rows: the frame of a transaction, and the savepoints of a group of them. And what no
# single request causes: now and then it is asked whether keys have changed and what the
# organization has set, noted when a key was used last and
# what was asked of documentation, and a connection told whose rows it shows.
HOUSEKEEPING = (
    "BEGIN",
    "COMMIT",
    "SAVEPOINT",
    "RELEASE",
    "ROLLBACK",
    "SELECT access_versions",
    "SELECT organization_settings",
    "UPDATE api_keys SET last_used_at",
    "INSERT INTO asked_questions",
    "SELECT set_config",
)
COUNTING = "INSERT INTO rate_limits"


@asynccontextmanager
async def program(url: str, clock: Time, **changes: Any) -> AsyncIterator[Container]:
    usual = {
        "database_url": at_the_desk(url),
        "database_owner_url": owner_of(url),
        "allow_unsafe_database": True,
        "database_pool_size": 4,
    }
    settings = Settings(**{**usual, **changes})
    with assembled(settings=settings, clock=clock, access_lease=LEASE) as container:
        try:
            yield container
        finally:
            await container.identity.uses().close()
            await container.documentation.asking().close()
            await container.rates.close()()
            await container.database().close()


@attrs.frozen(kw_only=True)
class Caller:
    """One key, in use. Every POST gets a fresh Idempotency-Key unless it brings one."""

    http: httpx.AsyncClient
    headers: dict[str, str] = attrs.field(factory=dict)

    async def send(
        self, method: str, path: str, *, key: str | None = None, **options: Any
    ) -> httpx.Response:
        headers = {**self.headers, **options.pop("headers", {})}
        if method == "POST" and key != "":
            headers.setdefault("Idempotency-Key", key or str(uuid4()))
        return await self.http.request(method, path, headers=headers, **options)

    async def get(self, path: str, **options: Any) -> httpx.Response:
        return await self.send("GET", path, **options)

    async def post(self, path: str, json: Any = None, **options: Any) -> httpx.Response:
        if json is not None:
            options["json"] = json
        return await self.send("POST", path, **options)

    async def step(self, booking: httpx.Response, step: str, **options: Any) -> httpx.Response:
        """Confirms or the like what an answer has just shown."""
        headers = {"If-Match": booking.headers["ETag"]}
        path = f"/v1/bookings/{booking.json()['id']}/{step}"
        return await self.post(path, headers=headers, **options)


@attrs.frozen(kw_only=True)
class Desk(Caller):
    container: Container
    clock: Time
    actor: Actor

    @classmethod
    async def opened(cls, container: Container, clock: Time, slug: str = "desk") -> "Desk":
        organization = await container.identity.create_organization()(
            CreateOrganization(slug=slug, name="Desk")
        )
        actor = Actor.system(organization.id)
        desk = cls(http=cls.http_of(container), container=container, clock=clock, actor=actor)
        return attrs.evolve(desk, headers=(await desk.caller()).headers)

    @staticmethod
    def http_of(container: Container) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(create_app(container), raise_app_exceptions=True)
        return httpx.AsyncClient(transport=transport, base_url="http://desk")

    async def caller(self, scopes: frozenset[Permission] = EVERYTHING) -> Caller:
        """Somebody with a key of their own, for the same organization."""
        issued = await self.container.identity.issue_api_key()(
            IssueApiKey(
                actor=self.actor, name="test", mode=Mode.TEST, scopes=scopes, good_for=None
            )
        )
        return Caller(http=self.http, headers={"Authorization": f"Bearer {issued.secret}"})

    def nobody(self) -> Caller:
        return Caller(http=self.http)

    async def rooms(self, *, capacity: int = 2, name: str = "Double room") -> str:
        """On sale throughout March."""
        return await self.on_sale({**ROOMS, "name": name}, {**NIGHTS, "capacity": capacity})

    async def session(self, *, capacity: int = 2) -> str:
        return await self.on_sale(SESSION, {"capacity": capacity})

    async def quote(self, resource_id: str, **changes: Any) -> str:
        made = await self.post("/v1/quotes", stay(resource_id, **changes))
        assert made.status_code == 201, made.text
        return str(made.json()["id"])

    async def hold(self, resource_id: str, **changes: Any) -> httpx.Response:
        quote_id = await self.quote(resource_id, **changes)
        return await self.post("/v1/holds", {"quote_id": quote_id})

    async def relay(self) -> None:
        """Gives events their positions, as the worker does."""
        await self.container.event_relay().number(self.actor.organization_id, limit=1000)

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        """What is asked of the database meanwhile."""
        seen: list[str] = []

        def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.startswith((*HOUSEKEEPING, COUNTING)):
                seen.append(statement)

        engine = self.container.database().engine
        event.listen(engine, "before_cursor_execute", listen)
        try:
            yield seen
        finally:
            event.remove(engine, "before_cursor_execute", listen)

    async def on_sale(self, resource: Any, opening: Any) -> str:
        added = await self.post("/v1/resources", resource)
        resource_id = str(added.json()["id"])
        terms = await self.send(
            "PUT",
            f"/v1/resources/{resource_id}/sales-terms",
            json=TERMS,
            headers={"If-None-Match": "*"},
        )
        opened = await self.post(f"/v1/resources/{resource_id}/openings", opening)
        assert (added.status_code, terms.status_code, opened.status_code) == (201, 201, 200)
        return resource_id


def stay(resource_id: str, *, night: int = 10, nights: int = 1, **changes: Any) -> dict[str, Any]:
    """A request for one room, from the given night of March on."""
    check_in = NOW.date().replace(day=night)
    return {
        "kind": "hotel",
        "resource_id": resource_id,
        "contact": CONTACT,
        "check_in": check_in.isoformat(),
        "check_out": (check_in + timedelta(days=nights)).isoformat(),
        "rooms": 1,
        "guests": 2,
        **changes,
    }


def seats(resource_id: str, *attendees: Any) -> dict[str, Any]:
    return {
        "kind": "training",
        "resource_id": resource_id,
        "contact": CONTACT,
        "attendees": attendees or ["Ana Sousa"],
    }


def problem(answer: httpx.Response) -> tuple[int, str]:
    """Status and code, of an answer that is a proper problem."""
    body = answer.json()
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert body["status"] == answer.status_code
    assert body["instance"] == answer.headers["X-Request-Id"]
    assert body["type"] == f"/problems/{body['code']}"
    return answer.status_code, body["code"]
