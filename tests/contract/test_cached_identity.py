"""Keys that are remembered for a while: the same answers, fewer questions, gone in time."""

from asyncio import CancelledError, Event, create_task, gather
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import anyio
import attrs
import pytest

from adapters.cache.cached_identity import CachedIdentityViews
from application.identity.authenticate import Authenticate
from application.identity.create_organization import CreateOrganization
from application.identity.issue_api_key import IssueApiKey, IssuedApiKey
from application.identity.ports import IdentityViews
from application.identity.revoke_api_key import RevokeApiKey
from application.kernel.refusals import Unavailable
from domain.identity.api_keys import ApiKey, Mode, Unauthenticated, draw
from domain.identity.organizations import Organization
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import ApiKeyId
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings
from tests.contract.desks import program
from tests.fakes.time import Time
from tests.samples import DESK, HOUR, MINUTE, NOW, SECOND

pytestmark = pytest.mark.anyio

SCOPES = frozenset({Permission.READ_BOOKINGS})
SHORTLY = timedelta(milliseconds=20)


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

    async def key_with(self, digest: bytes) -> ApiKey | None:
        self.asked.append(digest)
        await self.open.wait()
        if self.broken:
            raise Unavailable
        return next((one for one in self.keys if one.digest == digest), None)

    async def organizations(self) -> Sequence[Organization]:
        return ()

    async def api_keys(self) -> Sequence[ApiKey]:
        return self.keys


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


async def test_a_revoked_key_stops_working_in_time(storage_url: str) -> None:
    async with program(storage_url) as container:
        actor, issued = await issue(container)
        authenticate = Authenticate(
            views=CachedIdentityViews(views=container.identity.views(), keep_for=SHORTLY),
            digest=container.identity.digest(),
            clock=container.clock(),
        )
        await authenticate(issued.secret)

        await container.identity.revoke_api_key()(
            RevokeApiKey(actor=actor, api_key_id=issued.api_key.id)
        )
        await anyio.sleep(SHORTLY.total_seconds())

        with pytest.raises(Unauthenticated):
            await authenticate(issued.secret)


async def test_the_answers_are_those_of_the_views_behind(storage_url: str) -> None:
    async with program(storage_url) as container:
        _, issued = await issue(container)
        plain = container.identity.views()
        cached = CachedIdentityViews(views=plain, keep_for=MINUTE)

        for digest in (issued.api_key.digest, issued.api_key.digest, b"?" * 32):
            assert await cached.key_with(digest) == await plain.key_with(digest)
        assert await cached.api_keys() == await plain.api_keys() == [issued.api_key]
        assert await cached.organizations() == await plain.organizations()


async def test_what_is_known_is_not_asked_again() -> None:
    views = answering()
    cached = CachedIdentityViews(views=views, keep_for=MINUTE)

    answers = [await cached.key_with(one.digest) for one in (ONE, TWO, ONE, TWO)]

    assert answers == [ONE, TWO, ONE, TWO]
    assert views.asked == [ONE.digest, TWO.digest]


async def test_many_who_ask_at_once_share_one_question() -> None:
    views = Counted()
    cached = CachedIdentityViews(views=views, keep_for=MINUTE)
    crowd = [create_task(cached.key_with(one.digest)) for one in [ONE, TWO] * 50]
    await anyio.wait_all_tasks_blocked()
    views.open.set()

    assert await gather(*crowd) == [ONE, TWO] * 50
    assert sorted(views.asked) == [ONE.digest, TWO.digest]


async def test_whoever_asked_first_may_go_away() -> None:
    views = Counted()
    cached = CachedIdentityViews(views=views, keep_for=MINUTE)
    first, second = (create_task(cached.key_with(ONE.digest)) for _ in range(2))
    await anyio.wait_all_tasks_blocked()
    first.cancel()
    await anyio.wait_all_tasks_blocked()
    views.open.set()

    assert await second == ONE
    with pytest.raises(CancelledError):
        await first
    assert views.asked == [ONE.digest]


async def test_guesses_are_not_kept() -> None:
    views = answering()
    cached = CachedIdentityViews(views=views, keep_for=MINUTE)
    new = key(3)

    assert [await cached.key_with(new.digest) for _ in range(2)] == [None, None]
    views.keys = (new,)

    assert await cached.key_with(new.digest) == new
    assert views.asked == [new.digest] * 3


async def test_guesses_take_no_room() -> None:
    views = answering()
    cached = CachedIdentityViews(views=views, keep_for=MINUTE, most=1)
    await cached.key_with(b"?" * 32)

    await cached.key_with(ONE.digest)
    await cached.key_with(ONE.digest)

    assert views.asked == [b"?" * 32, ONE.digest]


async def test_a_failure_is_told_to_all_who_asked_and_forgotten() -> None:
    views = Counted(broken=True)
    cached = CachedIdentityViews(views=views, keep_for=MINUTE)
    crowd = [create_task(cached.key_with(ONE.digest)) for _ in range(3)]
    await anyio.wait_all_tasks_blocked()
    views.open.set()

    told = await gather(*crowd, return_exceptions=True)
    assert [type(answer) for answer in told] == [Unavailable] * 3

    views.broken = False
    assert await cached.key_with(ONE.digest) == ONE
    assert len(views.asked) == 2


async def test_without_room_answers_are_right_and_slow() -> None:
    views = answering()
    cached = CachedIdentityViews(views=views, keep_for=MINUTE, most=1)

    answers = [await cached.key_with(one.digest) for one in (ONE, TWO, ONE, TWO)]

    assert answers == [ONE, TWO, ONE, TWO]
    assert views.asked == [ONE.digest, TWO.digest, TWO.digest]


async def test_room_is_made_by_time() -> None:
    views = answering()
    cached = CachedIdentityViews(views=views, keep_for=SHORTLY, most=1)
    await cached.key_with(ONE.digest)
    await anyio.sleep(SHORTLY.total_seconds())

    await cached.key_with(TWO.digest)
    await cached.key_with(ONE.digest)

    assert views.asked == [ONE.digest, TWO.digest, ONE.digest]


async def test_a_kept_key_expires_on_the_dot() -> None:
    secret = draw(Mode.TEST, lambda below: 7 % below)
    views = Counted(keys=(key(1, expires_in=HOUR),))
    views.open.set()
    clock = Time(NOW)
    authenticate = Authenticate(
        views=CachedIdentityViews(views=views, keep_for=MINUTE),
        digest=lambda _: ONE.digest,
        clock=clock,
    )

    clock.passes(HOUR - SECOND)
    await authenticate(secret)
    clock.passes(SECOND)
    with pytest.raises(Unauthenticated):
        await authenticate(secret)

    assert views.asked == [ONE.digest]


def test_keys_are_never_kept_for_ever() -> None:
    with pytest.raises(ValueError, match="keep_for"):
        CachedIdentityViews(views=Counted(), keep_for=timedelta())


@pytest.mark.parametrize(("seconds", "kept"), [(0, False), (5, True)])
async def test_only_who_authenticates_goes_by_what_is_kept(
    tmp_path: Path,
    seconds: int,
    kept: bool,  # noqa: FBT001  (a parameter of the test)
) -> None:
    container = Container(settings=Settings(data_dir=tmp_path, key_cache_seconds=seconds))

    authenticate = container.identity.authenticate()

    assert isinstance(authenticate.views, CachedIdentityViews) is kept
    assert not isinstance(container.identity.views(), CachedIdentityViews)
    await container.database().close()
