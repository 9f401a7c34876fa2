"""Keys that are remembered, and somebody who counts how often they are asked about."""

from asyncio import Event
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import attrs

from adapters.cache.access_leases import AccessLeases
from adapters.cache.remembered import MOST, RememberedKeys
from application.identity.create_organization import CreateOrganization
from application.identity.issue_api_key import IssueApiKey, IssuedApiKey
from application.identity.ports import ApiKeyUse, AsOf, IdentityViews
from application.identity.uses import Uses
from application.kernel.pages import Page, Slice
from application.kernel.refusals import Unavailable
from domain.identity.api_keys import ApiKey, Mode
from domain.identity.organizations import Organization
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import ApiKeyId, OrganizationId
from entrypoints.wiring.ambient import seconds
from entrypoints.wiring.container import Container
from tests.samples import DESK, MINUTE, NOW

SCOPES = frozenset({Permission.READ_BOOKINGS})
SHORTLY = timedelta(milliseconds=20)
LEASE = timedelta(milliseconds=50)


def key(number: int, *, expires_in: timedelta | None = None) -> ApiKey:
    return ApiKey(
        id=ApiKeyId(UUID(int=number)),
        organization_id=DESK.organization_id,
        name="till",
        hint="fd_test_abcd",
        digest=bytes([number]) * 32,
        scopes=SCOPES,
        created_at=NOW,
        expires_at=None if expires_in is None else NOW + expires_in,
    )


ONE, TWO = key(1), key(2)


@attrs.define
class Counted(IdentityViews):
    """Knows its keys, takes its time until `open` is set, and remembers what it was asked."""

    keys: tuple[ApiKey, ...] = (ONE, TWO)
    asked: list[bytes] = attrs.field(factory=list)
    open: Event = attrs.field(factory=Event)
    broken: bool = False
    version: int = 0
    versions_asked: int = 0

    async def key_as_of(self, digest: bytes) -> AsOf[ApiKey] | None:
        version, keys = self.version, self.keys
        self.asked.append(digest)
        await self.open.wait()
        if self.broken:
            raise Unavailable
        return next((AsOf(one, version) for one in keys if one.digest == digest), None)

    async def key_with(self, digest: bytes) -> ApiKey | None:
        raise NotImplementedError

    async def access_version(self, _organization_id: OrganizationId) -> int:
        version = self.version
        self.versions_asked += 1
        await self.open.wait()
        return version

    async def api_key(self, _actor: Actor, _api_key_id: ApiKeyId) -> ApiKey:
        raise NotImplementedError

    async def keys_of(self, _actor: Actor, *, slice: Slice) -> Page[ApiKeyUse]:
        raise NotImplementedError

    async def organizations(self) -> Sequence[Organization]:
        return ()

    async def api_keys(self) -> Sequence[ApiKey]:
        return self.keys


@attrs.define
class Seconds:
    """A clock that only goes forward, when it is told to."""

    now: float = 0

    def __call__(self) -> float:
        return self.now


class Unnoticed(Uses):
    def note(self, api_key: ApiKey, *, at: datetime) -> None:
        """Nobody wants to know."""


def remembering(
    views: IdentityViews,
    *,
    keep_for: timedelta = MINUTE,
    most: int = MOST,
    clock: Callable[[], float] = seconds,
) -> RememberedKeys:
    leases = AccessLeases(ask=views.access_version, seconds=clock, length=LEASE)
    return RememberedKeys.of(views, leases, keep_for=keep_for, most=most)


def answering() -> Counted:
    views = Counted()
    views.open.set()
    return views


async def issue(container: Container) -> tuple[Actor, IssuedApiKey]:
    organization = await container.identity.create_organization()(
        CreateOrganization(slug="harbour", name="Harbour")
    )
    actor = Actor.system(organization.id)
    command = IssueApiKey(actor=actor, name="till", mode=Mode.TEST, scopes=SCOPES)
    issued: IssuedApiKey = await container.identity.issue_api_key()(command)
    return actor, issued
