"""Organizations and API keys: stored, found by digest, revoked for good."""

from datetime import timedelta
from hashlib import sha256
from uuid import UUID, uuid4

import attrs
import pytest

from adapters.readers.identity import SqlIdentityViews
from adapters.repositories.identity import SqlIdentityWork
from adapters.sql.database import Database
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.identity.create_organization import (
    CreateOrganization,
    CreateOrganizationHandler,
)
from application.identity.ports import IdentityWork
from application.kernel.ports import UnitOfWork
from domain.identity.api_keys import ApiKey, ApiKeyNotFound
from domain.identity.organizations import Organization, SlugTaken
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ApiKeyId
from tests.samples import DESK, NOW, OTHER_DESK, SECOND

pytestmark = pytest.mark.anyio

OURS = Organization(id=DESK.organization_id, slug="ours", name="Ours", created_at=NOW)
THEIRS = Organization(id=OTHER_DESK.organization_id, slug="a-b-1", name="Ünïcode", created_at=NOW)


def a_key(number: int = 1, *, of: Organization = OURS, shown: str = "ours") -> ApiKey:
    return ApiKey(
        id=ApiKeyId(UUID(int=number)),
        organization_id=of.id,
        name="The website",
        hint="fd_test_abcd",
        digest=sha256(shown.encode()).digest(),
        scopes=frozenset({Permission.READ_BOOKINGS, Permission.WRITE_BOOKINGS}),
        created_at=NOW + number * SECOND,
        expires_at=NOW + timedelta(days=number),
    )


async def add(work: UnitOfWork[IdentityWork], key: ApiKey) -> None:
    await work(DESK, lambda work: work.api_keys.add(key))


async def get(work: UnitOfWork[IdentityWork], key: ApiKey) -> ApiKey:
    return await work(DESK, lambda work: work.api_keys.get(key.id))


@pytest.fixture
def work(database: Database) -> UnitOfWork[IdentityWork]:
    return SqlUnitOfWork[IdentityWork](
        database=database, work_on=SqlIdentityWork.on, new_id=uuid4, clock=lambda: NOW
    )


@pytest.fixture
def views(database: Database) -> SqlIdentityViews:
    return SqlIdentityViews(database)


@pytest.fixture
async def both(work: UnitOfWork[IdentityWork]) -> None:
    await work(DESK, lambda work: work.organizations.add(OURS))
    await work(OTHER_DESK, lambda work: work.organizations.add(THEIRS))


@pytest.mark.usefixtures("both")
async def test_operators_see_all_organizations_by_slug(views: SqlIdentityViews) -> None:
    assert list(await views.organizations()) == [THEIRS, OURS]


@pytest.mark.usefixtures("both")
async def test_no_two_organizations_share_a_slug(
    work: UnitOfWork[IdentityWork], views: SqlIdentityViews
) -> None:
    create = CreateOrganizationHandler(unit_of_work=work, clock=lambda: NOW, new_id=uuid4)

    with pytest.raises(SlugTaken):
        await create(CreateOrganization(slug="ours", name="Not ours"))
    assert len(await views.organizations()) == 2


@pytest.mark.usefixtures("both")
async def test_a_key_comes_back_as_it_was_added(
    work: UnitOfWork[IdentityWork], views: SqlIdentityViews
) -> None:
    for key in (a_key(1), attrs.evolve(a_key(2, shown="other"), expires_at=None)):
        await add(work, key)

        assert await get(work, key) == key
        assert await views.key_with(key.digest) == key


@pytest.mark.usefixtures("both")
async def test_a_key_is_found_by_its_digest_alone(
    work: UnitOfWork[IdentityWork], views: SqlIdentityViews
) -> None:
    theirs = a_key(of=THEIRS, shown="theirs")
    await work(DESK, lambda work: work.api_keys.add(a_key()))
    await work(OTHER_DESK, lambda work: work.api_keys.add(theirs))

    assert await views.key_with(theirs.digest) == theirs
    assert await views.key_with(sha256(b"nobody's").digest()) is None
    assert await views.key_with(b"") is None
    assert set(await views.api_keys()) == {theirs, a_key()}


@pytest.mark.usefixtures("both")
async def test_a_key_is_revoked(work: UnitOfWork[IdentityWork], views: SqlIdentityViews) -> None:
    other = a_key(2, shown="other")
    revoked = attrs.evolve(a_key(), revoked_at=NOW)
    for key in (a_key(), other):
        await add(work, key)
    await work(DESK, lambda work: work.api_keys.revoke(revoked))

    assert await views.key_with(revoked.digest) == revoked
    assert list(await views.api_keys()) == [other, revoked]


@pytest.mark.usefixtures("both")
async def test_keys_of_others_are_out_of_reach(
    work: UnitOfWork[IdentityWork], views: SqlIdentityViews
) -> None:
    await work(DESK, lambda work: work.api_keys.add(a_key()))

    with pytest.raises(ApiKeyNotFound):
        await work(OTHER_DESK, lambda work: work.api_keys.get(a_key().id))
    await work(
        OTHER_DESK, lambda work: work.api_keys.revoke(attrs.evolve(a_key(), revoked_at=NOW))
    )
    assert await views.key_with(a_key().digest) == a_key()
