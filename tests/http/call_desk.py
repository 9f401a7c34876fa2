"""Agents, a queue and calls at a desk, over HTTP."""

from typing import Any
from uuid import uuid4

import attrs
import httpx

from adapters.repositories.escalations import SqlEscalatingWork
from application.identity.issue_api_key import IssueApiKey
from domain.calls.call import Call, Direction, Numbers
from domain.calls.status import CallStatus
from domain.identity.api_keys import Mode
from domain.kernel.actors import Permission
from domain.kernel.identifiers import CallId
from tests.http.desk import Caller, Desk

LINE: dict[str, Any] = {
    "title": "Desk",
    "zone": "Europe/Lisbon",
    "answer_within_seconds": 120,
    "waits_at_most_seconds": 900,
}
AGENT_PERMISSIONS = frozenset({Permission.HANDLE_OWN_CALLS})


@attrs.frozen(kw_only=True)
class CallDesk:
    desk: Desk

    async def agent(self, name: str = "Ana Sousa", **more: Any) -> httpx.Response:
        """Who is available."""
        added = await self.desk.post("/v1/agents", {"name": name, "kind": "person", **more})
        assert added.status_code == 201, added.text
        return await self.shows(added.json()["id"], "available")

    async def shows(self, agent_id: str, presence: str, **more: Any) -> httpx.Response:
        return await self.desk.post(
            f"/v1/agents/{agent_id}/presence", {"presence": presence, **more}
        )

    async def queue(self, **more: Any) -> httpx.Response:
        return await self.desk.post("/v1/queues", {**LINE, **more})

    async def call(self) -> str:
        """One that is going on."""
        call = Call.initiate(
            CallId(uuid4()),
            Direction.INBOUND,
            Numbers(caller="+351910000000", called="+351210000000"),
            now=self.desk.clock(),
            status=CallStatus.IN_PROGRESS,
        )
        unit_of_work: Any = self.desk.container.escalations.unit_of_work()

        def ring(work: SqlEscalatingWork) -> Call:
            return work.calls.save(call)

        await unit_of_work(self.desk.actor, ring)
        return str(call.id)

    async def escalate(self, call_id: str | None = None, **more: Any) -> httpx.Response:
        said = {"call_id": call_id or await self.call(), **more}
        return await self.desk.post("/v1/escalations", said)

    async def step(
        self,
        escalation: httpx.Response,
        step: str,
        said: Any = None,
        *,
        by: Caller | None = None,
    ) -> httpx.Response:
        path = f"/v1/escalations/{escalation.json()['id']}/{step}"
        return await (by or self.desk).post(path, said, headers={"If-Match": "*"})

    async def read(self, escalation: httpx.Response) -> dict[str, Any]:
        found = await self.desk.get(f"/v1/escalations/{escalation.json()['id']}")
        body: dict[str, Any] = found.json()
        return body

    async def acting(self) -> tuple[Caller, str]:
        """Somebody who handles own calls only, and as whom an agent acts."""
        issued = await self.desk.container.identity.issue_api_key()(
            IssueApiKey(
                actor=self.desk.actor,
                name="softphone",
                mode=Mode.TEST,
                scopes=AGENT_PERMISSIONS,
                good_for=None,
            )
        )
        headers = {"Authorization": f"Bearer {issued.secret}"}
        return Caller(http=self.desk.http, headers=headers), str(issued.api_key.id)
