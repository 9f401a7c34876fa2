"""Organizations and API keys: stored, found by digest, revoked for good."""

from datetime import datetime, timedelta
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
from application.identity.ports import AsOf, IdentityWork
from application.kernel.pages import Slice
from application.kernel.ports import Stale, UnitOfWork
from domain.identity.api_keys import ApiKey, ApiKeyNotFound
from domain.identity.organizations import Organization, SlugTaken
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import ApiKeyId
from tests.contract.crowds import race
from tests.samples import DESK, MINUTE, NOW, OTHER_DESK, SECOND

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


async def add(work: UnitOfWork[IdentityWork], key: ApiKey, actor: Actor = DESK) -> ApiKey:
    return await work(actor, lambda work: work.api_keys.save(key))


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
        added = await add(work, key)

        assert added == attrs.evolve(key, version=1)
        assert await get(work, key) == await views.api_key(DESK, key.id) == added
        assert await views.key_with(key.digest) == added


@pytest.mark.usefixtures("both")
async def test_a_key_is_found_by_its_digest_alone(
    work: UnitOfWork[IdentityWork], views: SqlIdentityViews
) -> None:
    ours = await add(work, a_key())
    theirs = await add(work, a_key(of=THEIRS, shown="theirs"), OTHER_DESK)

    assert await views.key_with(theirs.digest) == theirs
    assert await views.key_with(sha256(b"nobody's").digest()) is None
    assert await views.key_with(b"") is None
    assert set(await views.api_keys()) == {theirs, ours}


@pytest.mark.usefixtures("both")
async def test_a_key_is_found_by_the_secret_it_had_before(
    work: UnitOfWork[IdentityWork], views: SqlIdentityViews
) -> None:
    before = await add(work, a_key())
    rotated = await add(
        work,
        attrs.evolve(
            before, digest=b"new" * 10, former_digest=before.digest, former_until=NOW + SECOND
        ),
    )

    assert await views.key_with(rotated.digest) == await views.key_with(before.digest) == rotated
    assert rotated.version == 2


@pytest.mark.usefixtures("both")
async def test_a_key_is_revoked(work: UnitOfWork[IdentityWork], views: SqlIdentityViews) -> None:
    first, other = await add(work, a_key()), await add(work, a_key(2, shown="other"))
    revoked = await add(work, attrs.evolve(first, revoked_at=NOW))

    assert await views.key_with(revoked.digest) == revoked
    assert list(await views.api_keys()) == [other, revoked]


@pytest.mark.usefixtures("both")
async def test_nobody_changes_a_key_they_have_not_seen(work: UnitOfWork[IdentityWork]) -> None:
    first = await add(work, a_key())
    await add(work, attrs.evolve(first, name="faster"))

    with pytest.raises(Stale):
        await add(work, attrs.evolve(first, revoked_at=NOW))
    assert (await get(work, first)).name == "faster"


@pytest.mark.usefixtures("both")
async def test_keys_of_others_are_out_of_reach(
    work: UnitOfWork[IdentityWork], views: SqlIdentityViews
) -> None:
    ours = await add(work, a_key())

    with pytest.raises(ApiKeyNotFound):
        await work(OTHER_DESK, lambda work: work.api_keys.get(ours.id))
    with pytest.raises(ApiKeyNotFound):
        await views.api_key(OTHER_DESK, ours.id)
    with pytest.raises(Stale):
        await add(work, attrs.evolve(ours, revoked_at=NOW), OTHER_DESK)
    await work(OTHER_DESK, lambda work: work.api_keys.used(ours.id, NOW))
    assert await views.key_with(ours.digest) == ours
    assert list((await views.keys_of(OTHER_DESK, slice=Slice(limit=9))).items) == []
    assert await used(views) == [None]


@pytest.mark.usefixtures("both")
async def test_keys_in_use_are_those_that_open_something(work: UnitOfWork[IdentityWork]) -> None:
    for key in (
        a_key(1),
        attrs.evolve(a_key(2), expires_at=NOW),
        attrs.evolve(a_key(3), revoked_at=NOW),
        attrs.evolve(a_key(4), expires_at=None),
    ):
        await add(work, key)
    await add(work, a_key(5, of=THEIRS), OTHER_DESK)

    assert await work(DESK, lambda work: work.api_keys.in_use(now=NOW)) == 2


async def used(views: SqlIdentityViews) -> list[datetime | None]:
    page = await views.keys_of(DESK, slice=Slice(limit=9))
    return [use.last_used_at for use in page.items]


@pytest.mark.usefixtures("both")
async def test_the_last_use_is_known_to_the_minute(
    work: UnitOfWork[IdentityWork], views: SqlIdentityViews
) -> None:
    first = await add(work, a_key(1))
    await add(work, a_key(2, shown="other"))
    assert await used(views) == [None, None]

    for at in (NOW, NOW + 59 * SECOND, NOW - SECOND):
        await work(DESK, lambda work: work.api_keys.used(first.id, at))  # noqa: B023
        assert await used(views) == [NOW, None]

    await work(DESK, lambda work: work.api_keys.used(first.id, NOW + MINUTE))
    assert await used(views) == [NOW + MINUTE, None]
    assert (await get(work, first)).version == 1


@pytest.mark.usefixtures("both")
async def test_every_change_of_access_has_a_version(
    work: UnitOfWork[IdentityWork], views: SqlIdentityViews
) -> None:
    key = await add(work, a_key())
    versions = [await views.access_version(DESK.organization_id)]
    for _ in range(2):
        await work(DESK, lambda work: work.access.changed())
        versions.append(await views.access_version(DESK.organization_id))

    assert versions == [0, 1, 2]
    assert await views.key_as_of(key.digest) == AsOf(key, 2)
    assert await views.access_version(OTHER_DESK.organization_id) == 0


@pytest.mark.usefixtures("both")
async def test_of_many_who_change_access_each_is_counted(
    work: UnitOfWork[IdentityWork], views: SqlIdentityViews
) -> None:
    await race([work(DESK, lambda work: work.access.changed()) for _ in range(20)])

    assert await views.access_version(DESK.organization_id) == 20
