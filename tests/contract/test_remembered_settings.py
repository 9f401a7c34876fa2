"""Settings that are remembered: fewer questions, and never an answer from before a change."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import attrs
import pytest

from adapters.cache.access_leases import AccessLeases
from adapters.cache.remembered_settings import RememberedSettings
from application.kernel.settings import BusinessSettings
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId
from tests.samples import DESK, OTHER_DESK

pytestmark = pytest.mark.anyio

LEASE = 0.1


@attrs.define(eq=False)
class Office(BusinessSettings):
    """Has one setting, counts how often it is asked, and has a clock on the wall."""

    minutes: int = 15
    version: int = 1
    asked: int = 0
    now: float = 0.0

    async def of(self, actor: Actor) -> Mapping[str, Any]:
        self.asked += 1
        return {"holds.minutes": self.minutes, "whose": actor.organization_id}

    async def version_of(self, _organization_id: OrganizationId) -> int:
        return self.version

    def remembered(self, most: int = 10) -> RememberedSettings:
        length = timedelta(seconds=LEASE)
        leases = AccessLeases(ask=self.version_of, seconds=lambda: self.now, length=length)
        return RememberedSettings(
            settings=self, leases=leases, seconds=lambda: self.now, most=most
        )


async def test_it_is_asked_once_an_hour() -> None:
    office = Office()
    remembered = office.remembered()
    for seconds in (0, 1, 3599, 3600, 3601):
        office.now = seconds
        assert (await remembered.of(DESK))["holds.minutes"] == 15

    assert office.asked == 2


async def test_a_change_is_seen_by_every_process_once_its_lease_is_over() -> None:
    office = Office()
    processes = [office.remembered() for _ in range(3)]
    for process in processes:
        await process.of(DESK)
    office.minutes, office.version = 20, 2
    office.now = LEASE

    assert [(await process.of(DESK))["holds.minutes"] for process in processes] == [20] * 3


async def test_each_organization_has_its_own_and_there_is_an_end_to_memory() -> None:
    office = Office()
    remembered = office.remembered(most=1)
    for _ in range(2):
        for actor in (DESK, OTHER_DESK):
            assert (await remembered.of(actor))["whose"] == actor.organization_id

    assert office.asked == 4
