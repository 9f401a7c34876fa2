"""A server dies while news of several calls is being written together: what was acknowledged is
there, of the rest all or nothing, and what is told again is stored once.
"""

import json
import signal
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from itertools import count

import anyio
import attrs
import httpx
import pytest
from anyio import to_thread
from sqlalchemy import select
from twilio.request_validator import RequestValidator

from adapters.schema.calls import call_facts, calls
from adapters.schema.events import event_log
from tests.chaos.call_house import CallHouse
from tests.chaos.conftest import Place
from tests.chaos.dying import DIES, GROUP, NOT_ANSWERED, POINTS
from tests.chaos.hotel import program_at
from tests.chaos.programs import PATIENCE, Site
from tests.cli.warm import Started, warm

pytestmark = pytest.mark.anyio

TOKEN, PUBLIC, PATH = "token", "https://desk.example.com", "/v1/telephony-events/twilio/desk"
STATUSES = ("initiated", "ringing", "in-progress", "completed")
CALLS = 12
ENDED = "call_ended"


def told(of: int) -> list[dict[str, str]]:
    """So many calls from ring to end, in the order in which that happens."""
    return [
        {
            "AccountSid": "AC" + "0" * 32,
            "CallSid": f"CA{of:016x}{number:016x}",
            "CallStatus": status,
            "Direction": "inbound",
            "From": "+351210000001",
            "To": "+351210000002",
            "SequenceNumber": str(sequence),
            "Timestamp": "Mon, 01 Mar 2027 12:00:00 +0000",
        }
        for sequence, status in enumerate(STATUSES)
        for number in range(CALLS)
    ]


@attrs.frozen
class Desk:
    site: Site
    house: CallHouse

    @contextmanager
    def serving(self, dies: str | None = None) -> Iterator[Started]:
        options = {"TELEPHONY": "twilio", "SECRETS_DIR": str(self.site.folder / "mounted")}
        environment = dict(self.site.environment(PUBLIC_URL=PUBLIC, **options))
        server = warm().start(
            ["serve"],
            environment | ({} if dies is None else {DIES: dies}),
            self.site.folder / "serve.log",
            planted="" if dies is None else "tests.chaos.dying",
        )
        try:
            yield server
        finally:
            server.kill()
            server.wait()

    async def tell(self, http: httpx.AsyncClient, form: Mapping[str, str]) -> bool:
        """Whether it was acknowledged."""
        signature = RequestValidator(TOKEN).compute_signature(PUBLIC + PATH, dict(form))
        try:
            answer = await http.post(PATH, data=form, headers={"X-Twilio-Signature": signature})
        except httpx.TransportError:
            return False
        assert answer.status_code == 200, answer.text
        return True

    @asynccontextmanager
    async def line(self) -> AsyncIterator[httpx.AsyncClient]:
        async with httpx.AsyncClient(
            base_url=self.site.address,
            timeout=PATIENCE,
            limits=httpx.Limits(max_connections=None),
            trust_env=False,
        ) as http:
            with anyio.fail_after(PATIENCE):
                while not await self._is_up(http):  # noqa: ASYNC110  (it is another process)
                    await anyio.sleep(0.05)
            yield http

    async def _is_up(self, http: httpx.AsyncClient) -> bool:
        try:
            return (await http.get("/readyz")).is_success
        except httpx.TransportError:
            return False

    async def tell_all(self, forms: Sequence[Mapping[str, str]]) -> set[tuple[str, str]]:
        """At once; of those that were acknowledged the name of the call and the status."""
        acknowledged: set[tuple[str, str]] = set()

        async def tell(http: httpx.AsyncClient, form: Mapping[str, str]) -> None:
            if await self.tell(http, form):
                acknowledged.add((form["CallSid"], form["SequenceNumber"]))

        async with self.line() as http, anyio.create_task_group() as crowd:
            for form in forms:
                crowd.start_soon(tell, http, form)
        return acknowledged


@attrs.frozen
class Kept:
    """`facts` are keys by name of their call, with their sequence."""

    calls: Mapping[str, str]
    facts: Mapping[tuple[str, str], str]
    ended: Counter[object]

    @classmethod
    async def at(cls, desk: Desk) -> "Kept":
        container = program_at(desk.site)
        of = desk.house.actor.organization_id
        asked = (
            select(calls.c.provider_call, calls.c.status),
            select(call_facts.c.provider_call, call_facts.c.key, call_facts.c.sequence),
            select(event_log.c.subject).where(event_log.c.name == ENDED),
        )
        found, facts, ended = await container.database().read(
            lambda connection: [connection.execute(one).all() for one in asked], of=of
        )
        await container.database().close()
        return cls(
            calls={row.provider_call: row.status for row in found},
            facts={(row.provider_call, row.key): str(row.sequence) for row in facts},
            ended=Counter(row.subject for row in ended),
        )


@pytest.fixture
async def desk(chosen_place: Place) -> Desk:
    site = chosen_place.site
    mounted = site.folder / "mounted"
    mounted.mkdir()
    (mounted / "twilio-token").write_text(TOKEN)
    return Desk(site, await CallHouse.opened(site))


async def test_nothing_acknowledged_is_lost_and_nothing_half_stored(desk: Desk) -> None:
    everything: list[dict[str, str]] = []
    numbers = count()
    for point in POINTS:
        with desk.serving(dies=point) as server:
            forms, acknowledged = list[dict[str, str]](), set[tuple[str, str]]()
            while len(acknowledged) == len(forms):  # until some have come together
                more = told(next(numbers))
                forms += more
                acknowledged |= await desk.tell_all(more)
            assert await to_thread.run_sync(server.wait) == -signal.SIGKILL

        kept = await Kept.at(desk)
        group = {tuple(one) for one in json.loads((desk.site.folder / GROUP).read_text())}
        assert len(group) > 1
        assert group & kept.facts.keys() == (group if point == NOT_ANSWERED else set()), point
        assert acknowledged <= {(name, last) for (name, _), last in kept.facts.items()}, point
        assert kept.calls.keys() == {name for name, _ in kept.facts}, point
        everything += forms

    with desk.serving():
        assert len(await desk.tell_all(everything)) == len(everything)
    kept = await Kept.at(desk)
    assert Counter(kept.calls.values()) == {"completed": CALLS * next(numbers)}
    assert len(kept.facts) == len(everything)
    assert set(kept.ended.values()) == {1}
    code, said = await to_thread.run_sync(desk.site.run, "verify")
    assert code == 0, said
