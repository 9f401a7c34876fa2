"""The business that goes on meanwhile: one hotel, one night that everybody wants."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import attrs

from application.identity.issue_api_key import IssueApiKey
from application.inventory.open_pools import OpenPools
from domain.identity.api_keys import Mode
from domain.kernel.actors import Permission
from domain.kernel.periods import DateRange
from entrypoints.cli.migrate import migrate
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings
from tests.chaos.programs import Site
from tests.contract.desks import OPENING, Desk
from tests.servers import at_the_desk, owner_of

PLENTY = 10_000


@attrs.frozen(kw_only=True)
class Hotel:
    """On every night but the wanted one there is room for all."""

    token: str
    resource_id: str
    capacity: int

    wanted_night = OPENING
    other_nights = tuple(OPENING + timedelta(days=day) for day in range(1, 30))

    @classmethod
    async def opened(cls, site: Site, *, capacity: int) -> "Hotel":
        container = program_at(site)
        await migrate(container)
        desk = await Desk.opened(container, "hotel")
        await desk.sell(capacity=PLENTY)
        await container.inventory.open_pools()(
            OpenPools(
                actor=desk.actor,
                resource_id=desk.resource_id,
                dates=DateRange(cls.wanted_night, cls.wanted_night + timedelta(days=1)),
                capacity=capacity,
            )
        )
        issued = await container.identity.issue_api_key()(
            IssueApiKey(
                actor=desk.actor,
                name="chaos",
                mode=Mode.TEST,
                scopes=frozenset(Permission),
                good_for=None,
            )
        )
        await container.database().close()
        return cls(token=issued.secret, resource_id=str(desk.resource_id), capacity=capacity)

    def stay(self, night: date) -> Mapping[str, Any]:
        return {
            "kind": "hotel",
            "resource_id": self.resource_id,
            "contact": {"name": "Ann Bo", "email": "ann@example.com"},
            "check_in": night.isoformat(),
            "check_out": (night + timedelta(days=1)).isoformat(),
            "rooms": 1,
            "guests": 1,
        }


def program_at(site: Site, **options: Any) -> Container:
    settings = Settings(
        database_url=at_the_desk(site.url),
        database_owner_url=owner_of(site.url),
        data_dir=site.folder,
        **options,
    )
    return Container(settings=settings)
