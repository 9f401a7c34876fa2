"""The desk that answers: its key, its people, and where those wait for whom nobody is free."""

from typing import Any

import attrs

from application.identity.create_organization import CreateOrganization
from application.identity.issue_api_key import IssueApiKey
from domain.identity.api_keys import Mode
from domain.kernel.actors import Actor, Permission
from entrypoints.cli.migrate import migrate
from tests.chaos.customers import Line
from tests.chaos.hotel import program_at
from tests.chaos.programs import Site

AGENTS = 6
OFFERED_FOR = 5  # seconds
QUEUE: dict[str, Any] = {
    "title": "Desk",
    "zone": "Europe/Lisbon",
    "answer_within_seconds": 20,
    "waits_at_most_seconds": 60,
}


@attrs.frozen(kw_only=True)
class CallHouse:
    actor: Actor
    token: str

    @classmethod
    async def opened(cls, site: Site) -> "CallHouse":
        container = program_at(site)
        await migrate(container)
        organization = await container.identity.create_organization()(
            CreateOrganization(slug="desk", name="Desk")
        )
        actor = Actor.system(organization.id)
        issued = await container.identity.issue_api_key()(
            IssueApiKey(
                actor=actor,
                name="chaos",
                mode=Mode.TEST,
                scopes=frozenset(Permission),
                good_for=None,
            )
        )
        await container.database().close()
        return cls(actor=actor, token=issued.secret)

    async def staff(self, line: Line) -> None:
        """Over HTTP, before anybody rings."""
        await line.write("/v1/queues", QUEUE)
        for number in range(AGENTS):
            agent = await line.write("/v1/agents", {"name": f"Agent {number}", "kind": "person"})
            await line.write(f"/v1/agents/{agent.id}/presence", {"presence": "available"})
        await self._set(line, "escalations.offer_seconds", OFFERED_FOR)

    async def _set(self, line: Line, key: str, value: Any) -> None:
        changed = await line.http.put(
            f"/v1/settings/{key}", json={"value": value}, headers={"If-Match": "*"}
        )
        changed.raise_for_status()
