"""A key that is revoked or changed is forgotten at once, by every process."""

from asyncio import create_task

import anyio
import attrs
import pytest

from application.identity.revoke_api_key import RevokeApiKey
from domain.identity.api_keys import Unauthenticated
from entrypoints.wiring.container import Container
from tests.contract.desks import program
from tests.contract.remembering import (
    LEASE,
    ONE,
    TWO,
    Counted,
    Seconds,
    answering,
    issue,
    remembering,
)

pytestmark = pytest.mark.anyio


@attrs.frozen
class Elsewhere:
    """Another process: it has a memory of its own, and hears of nothing."""

    container: Container

    async def lets_in(self, secret: str) -> bool:
        try:
            await self.container.identity.authenticate()(secret)
        except Unauthenticated:
            return False
        return True


async def test_a_revoked_key_is_refused_everywhere_once_that_is_said(storage_url: str) -> None:
    async with program(storage_url) as container, program(storage_url) as other:
        actor, issued = await issue(container)
        elsewhere = [Elsewhere(container), Elsewhere(other)]
        assert [await one.lets_in(issued.secret) for one in elsewhere] == [True, True]

        await container.identity.revoke_api_key()(
            RevokeApiKey(actor=actor, api_key_id=issued.api_key.id)
        )

        assert [await one.lets_in(issued.secret) for one in elsewhere] == [False, False]


async def test_a_change_is_asked_about_once_in_a_lease() -> None:
    views, clock = answering(), Seconds()
    keys = remembering(views, clock=clock)
    for _ in range(3):
        for _ in range(10):
            assert await keys.key_with(ONE.digest) == ONE
        clock.now += LEASE.total_seconds()

    assert views.asked == [ONE.digest]
    assert views.versions_asked == 3


async def test_what_was_read_before_a_change_is_not_kept_after_it() -> None:
    """The key is read, then revoked, and only then its reader hears the answer."""
    views, clock = Counted(), Seconds()
    keys = remembering(views, clock=clock)
    reading = create_task(keys.key_with(ONE.digest))
    await anyio.wait_all_tasks_blocked()
    views.keys, views.version = (TWO,), 1
    clock.now += LEASE.total_seconds()
    views.open.set()

    assert await reading == ONE  # the question came before the change
    assert await keys.key_with(ONE.digest) is None


async def test_nobody_shares_an_answer_about_the_past() -> None:
    views, clock = Counted(), Seconds()
    keys = remembering(views, clock=clock)
    early = create_task(keys.key_with(ONE.digest))
    await anyio.wait_all_tasks_blocked()
    views.keys, views.version = (TWO,), 1
    clock.now += LEASE.total_seconds()
    late = create_task(keys.key_with(ONE.digest))
    await anyio.wait_all_tasks_blocked()
    views.open.set()

    assert (await early, await late) == (ONE, None)
