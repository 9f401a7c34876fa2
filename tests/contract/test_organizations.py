"""Organizations: kept, changed by whoever saw the latest, one to a slug."""

from uuid import uuid4

import attrs
import pytest

from adapters.readers.organizations import SqlOrganizationViews
from adapters.repositories.identity import SqlIdentityWork
from adapters.sql.database import Database
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.identity.create_organization import CreateOrganization, CreateOrganizationHandler
from application.identity.ports import IdentityWork
from application.identity.set_status import SetOrganizationStatus, SetOrganizationStatusHandler
from application.identity.set_tier import SetTier, SetTierHandler
from application.kernel.ports import Stale, UnitOfWork
from domain.identity.organizations import (
    Organization,
    OrganizationNotFound,
    OrganizationStatus,
    SlugTaken,
)
from domain.identity.tiers import Tier
from tests.contract.storages import SqlStorage
from tests.samples import DESK, NOW, OTHER_DESK

pytestmark = pytest.mark.anyio

OURS = Organization(id=DESK.organization_id, slug="ours", name="Ours", created_at=NOW)
SUSPENDED = OrganizationStatus.SUSPENDED


@pytest.fixture
async def work(database: Database) -> UnitOfWork[IdentityWork]:
    unit_of_work = SqlUnitOfWork[IdentityWork](
        database=database, work_on=SqlIdentityWork.on, new_id=uuid4, clock=lambda: NOW
    )
    await unit_of_work(DESK, lambda work: work.organizations.add(OURS))
    return unit_of_work


@pytest.fixture
def views(database: Database) -> SqlOrganizationViews:
    return SqlOrganizationViews(database)


async def test_it_comes_back_as_it_was_added(
    work: UnitOfWork[IdentityWork], views: SqlOrganizationViews
) -> None:
    assert await work(DESK, lambda work: work.organizations.own()) == OURS
    assert await views.organization(DESK) == OURS
    assert await views.called("ours") == OURS


async def test_nobody_finds_what_is_not_theirs(
    work: UnitOfWork[IdentityWork], views: SqlOrganizationViews
) -> None:
    with pytest.raises(OrganizationNotFound):
        await views.organization(OTHER_DESK)
    with pytest.raises(OrganizationNotFound):
        await views.called("theirs")
    with pytest.raises(OrganizationNotFound):
        await work(OTHER_DESK, lambda work: work.organizations.own())
    with pytest.raises(Stale):
        await work(OTHER_DESK, lambda work: work.organizations.save(OURS))


async def test_a_slug_is_given_once(work: UnitOfWork[IdentityWork]) -> None:
    create = CreateOrganizationHandler(unit_of_work=work, clock=lambda: NOW, new_id=uuid4)

    with pytest.raises(SlugTaken):
        await create(CreateOrganization(slug="ours", name="Not ours"))
    other = await create(CreateOrganization(slug="theirs", name="Theirs", tier=Tier.FREE))
    assert other.tier is Tier.FREE


async def test_it_is_changed_by_whoever_saw_the_latest(
    work: UnitOfWork[IdentityWork], views: SqlOrganizationViews
) -> None:
    named = OURS.renamed("Ours & sons", now=NOW)
    saved = await work(DESK, lambda work: work.organizations.save(named))

    assert saved == attrs.evolve(named, version=2)
    assert await views.organization(DESK) == saved
    with pytest.raises(Stale):
        await work(DESK, lambda work: work.organizations.save(named))


async def test_what_became_of_it_is_on_record_once(
    work: UnitOfWork[IdentityWork], sql: SqlStorage
) -> None:
    set_status = SetOrganizationStatusHandler(unit_of_work=work, clock=lambda: NOW)
    set_tier = SetTierHandler(unit_of_work=work, clock=lambda: NOW)

    for _ in range(2):
        await set_status(SetOrganizationStatus(actor=DESK, status=SUSPENDED))
        await set_tier(SetTier(actor=DESK, tier=Tier.STARTER))
    changed = await work(DESK, lambda work: work.organizations.own())

    assert (changed.status, changed.tier, changed.version) == (SUSPENDED, Tier.STARTER, 3)
    assert await sql.events() == ["organization_status_changed", "organization_tier_changed"]
