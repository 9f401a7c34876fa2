"""Keys that are remembered for a while: the same answers, fewer questions, gone in time."""

from asyncio import CancelledError, create_task, gather
from datetime import timedelta
from pathlib import Path

import anyio
import pytest

from adapters.cache.remembered import RememberedKeys
from application.identity.authenticate import Authenticate
from application.kernel.refusals import Unavailable
from domain.identity.api_keys import Mode, Unauthenticated, draw
from entrypoints.wiring.container import Container
from entrypoints.wiring.settings import Settings
from tests.contract.desks import program
from tests.contract.remembering import (
    ONE,
    SHORTLY,
    TWO,
    Counted,
    Seconds,
    Unnoticed,
    answering,
    issue,
    key,
    remembering,
)
from tests.fakes.time import Time
from tests.samples import HOUR, NOW, SECOND

pytestmark = pytest.mark.anyio


async def test_the_answers_are_those_of_the_views_behind(storage_url: str) -> None:
    async with program(storage_url) as container:
        _, issued = await issue(container)
        plain = container.identity.views()
        cached = remembering(plain)

        for digest in (issued.api_key.digest, issued.api_key.digest, b"?" * 32):
            assert await cached.key_with(digest) == await plain.key_with(digest)


async def test_what_is_known_is_not_asked_again() -> None:
    views = answering()
    cached = remembering(views)

    answers = [await cached.key_with(one.digest) for one in (ONE, TWO, ONE, TWO)]

    assert answers == [ONE, TWO, ONE, TWO]
    assert views.asked == [ONE.digest, TWO.digest]


async def test_many_who_ask_at_once_share_one_question() -> None:
    views = Counted()
    cached = remembering(views, clock=Seconds())
    crowd = [create_task(cached.key_with(one.digest)) for one in [ONE, TWO] * 50]
    await anyio.wait_all_tasks_blocked()
    views.open.set()

    assert await gather(*crowd) == [ONE, TWO] * 50
    assert sorted(views.asked) == [ONE.digest, TWO.digest]


async def test_whoever_asked_first_may_go_away() -> None:
    views = Counted()
    cached = remembering(views)
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
    cached = remembering(views)
    new = key(3)

    assert [await cached.key_with(new.digest) for _ in range(2)] == [None, None]
    views.keys = (new,)

    assert await cached.key_with(new.digest) == new
    assert views.asked == [new.digest] * 3


async def test_guesses_take_no_room() -> None:
    views = answering()
    cached = remembering(views, most=1)
    await cached.key_with(b"?" * 32)

    await cached.key_with(ONE.digest)
    await cached.key_with(ONE.digest)

    assert views.asked == [b"?" * 32, ONE.digest]


async def test_a_failure_is_told_to_all_who_asked_and_forgotten() -> None:
    views = Counted(broken=True)
    cached = remembering(views)
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
    cached = remembering(views, most=1)

    answers = [await cached.key_with(one.digest) for one in (ONE, TWO, ONE, TWO)]

    assert answers == [ONE, TWO, ONE, TWO]
    assert views.asked == [ONE.digest, TWO.digest, TWO.digest]


async def test_room_is_made_by_time() -> None:
    views = answering()
    cached = remembering(views, keep_for=SHORTLY, most=1)
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
        views=remembering(views),
        digest=lambda _: ONE.digest,
        clock=clock,
        uses=Unnoticed(),
    )

    clock.passes(HOUR - SECOND)
    await authenticate(secret)
    clock.passes(SECOND)
    with pytest.raises(Unauthenticated):
        await authenticate(secret)

    assert views.asked == [ONE.digest]


def test_keys_are_never_kept_for_ever() -> None:
    with pytest.raises(ValueError, match="keep_for"):
        remembering(Counted(), keep_for=timedelta())


@pytest.mark.parametrize(("seconds", "kept"), [(0, False), (5, True)])
async def test_only_who_authenticates_goes_by_what_is_kept(
    tmp_path: Path,
    seconds: int,
    kept: bool,  # noqa: FBT001  (a parameter of the test)
) -> None:
    container = Container(settings=Settings(data_dir=tmp_path, key_cache_seconds=seconds))

    authenticate = container.identity.authenticate()

    assert isinstance(authenticate.views, RememberedKeys) is kept
    assert not isinstance(container.identity.views(), RememberedKeys)
    await container.database().close()
