"""Keys are issued, rotated and revoked as wired; what they did last is written down."""

import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import attrs
import pytest

from application.identity.create_organization import CreateOrganization
from application.identity.issue_api_key import IssueApiKey, IssuedApiKey
from application.identity.revoke_api_key import RevokeApiKey
from application.identity.rotate_api_key import RotateApiKey
from application.identity.set_tier import SetTier
from application.kernel.pages import Slice
from domain.identity.api_keys import Mode, ScopesBeyondOwn, TooManyApiKeys, Unauthenticated
from domain.identity.organizations import Organization
from domain.identity.tiers import Tier
from domain.kernel.actors import Actor, Permission
from entrypoints.wiring.container import Container
from tests.contract.crowds import race
from tests.contract.desks import program

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parents[2]
SOME = frozenset({Permission.READ_BOOKINGS, Permission.MANAGE_KEYS})


@attrs.frozen(kw_only=True)
class Office:
    container: Container
    organization: Organization

    @property
    def actor(self) -> Actor:
        return Actor.system(self.organization.id)

    async def issue(self, *, by: Actor | None = None) -> IssuedApiKey:
        issued: IssuedApiKey = await self.container.identity.issue_api_key()(
            IssueApiKey(actor=by or self.actor, name="till", mode=Mode.TEST, scopes=SOME)
        )
        return issued

    async def rotate(
        self, issued: IssuedApiKey, overlap: timedelta, *, by: Actor | None = None
    ) -> IssuedApiKey:
        rotated: IssuedApiKey = await self.container.identity.rotate_api_key()(
            RotateApiKey(
                actor=by or self.actor,
                api_key_id=issued.api_key.id,
                overlap=overlap,
                version=None,
            )
        )
        return rotated

    async def lets_in(self, issued: IssuedApiKey) -> bool:
        try:
            await self.container.identity.authenticate()(issued.secret)
        except Unauthenticated:
            return False
        return True

    async def revoke(self, issued: IssuedApiKey) -> None:
        command = RevokeApiKey(actor=self.actor, api_key_id=issued.api_key.id)
        await self.container.identity.revoke_api_key()(command)


@pytest.fixture
async def office(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    storage_url: str,
) -> AsyncIterator[Office]:
    async with program(storage_url) as container:
        organization = await container.identity.create_organization()(
            CreateOrganization(slug="harbour", name="Harbour")
        )
        yield Office(container=container, organization=organization)


async def test_nobody_gives_or_takes_over_more_than_they_have(office: Office) -> None:
    little = attrs.evolve(office.actor, permissions=frozenset({Permission.MANAGE_KEYS}))
    issued = await office.issue()

    with pytest.raises(ScopesBeyondOwn) as beyond:
        await office.issue(by=little)
    with pytest.raises(ScopesBeyondOwn):
        await office.rotate(issued, timedelta(hours=1), by=little)
    assert beyond.value.scopes == (Permission.READ_BOOKINGS,)


async def test_no_crowd_gets_more_keys_than_the_tier_has(office: Office) -> None:
    tier = Tier.STARTER
    await office.container.identity.set_tier()(SetTier(actor=office.actor, tier=tier))
    outcomes = await race([office.issue() for _ in range(12)])

    issued = [outcome for outcome in outcomes if isinstance(outcome, IssuedApiKey)]
    assert len(issued) == tier.limits.api_keys == 5
    assert [type(outcome) for outcome in outcomes].count(TooManyApiKeys) == 7
    await office.revoke(issued[0])
    await office.issue()


async def test_while_it_is_replaced_both_secrets_work(office: Office) -> None:
    first = await office.issue()
    second = await office.rotate(first, timedelta(hours=1))
    assert [await office.lets_in(one) for one in (first, second)] == [True, True]

    third = await office.rotate(first, timedelta())
    assert [await office.lets_in(one) for one in (first, second, third)] == [False, False, True]
    assert {one.api_key.id for one in (first, second, third)} == {first.api_key.id}


async def test_uses_are_written_later_and_together(office: Office) -> None:
    keys = [await office.issue() for _ in range(3)]
    for issued in keys[:2] * 5:
        assert await office.lets_in(issued)

    async def used() -> list[bool]:
        views = office.container.identity.views()
        page = await views.keys_of(office.actor, slice=Slice(limit=9))
        return [use.last_used_at is not None for use in page.items]

    assert await used() == [False] * 3
    await office.container.identity.uses().close()
    assert await used() == [True, True, False]


async def test_another_process_refuses_a_revoked_key_on_its_very_next_request(
    office: Office, storage_url: str
) -> None:
    issued = await office.issue()
    with subprocess.Popen(  # noqa: ASYNC220, S603  (it waits for us, not the other way round)
        [sys.executable, "-m", "tests.contract.doorkeeper", storage_url],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as doorkeeper:
        assert doorkeeper.stdin is not None
        assert doorkeeper.stdout is not None

        def shows() -> str:
            doorkeeper.stdin.write(issued.secret + "\n")  # type: ignore[union-attr]
            return doorkeeper.stdout.readline()  # type: ignore[union-attr]

        assert [shows() for _ in range(20)] == ["come in\n"] * 20
        await office.revoke(issued)
        assert [shows() for _ in range(20)] == ["stay out\n"] * 20
        doorkeeper.stdin.close()
    assert doorkeeper.returncode == 0
