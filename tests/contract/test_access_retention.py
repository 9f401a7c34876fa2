"""What lets nobody in any more is forgotten, a few at a time, and nothing else is."""

import pytest

from adapters.repositories.access_retention import SqlAccessRetention
from adapters.sql.database import Database
from domain.identity.mail_tokens import MailTokenRefused, Purpose
from domain.identity.tries import Attempt, TryLimits
from domain.kernel.actors import Actor
from tests.contract.offices import HOME, LIMITS, OURS, Office, sql_office
from tests.fakes.time import Time
from tests.samples import DAY, HOUR, MINUTE, NOW, OTHER_DESK

pytestmark = pytest.mark.anyio

SYSTEM = Actor.system(OURS.id)


@pytest.fixture
async def people(database: Database) -> Office:
    office = sql_office(database, Time(NOW))
    await office.work(SYSTEM, lambda work: work.organizations.add(OURS))
    return office


@pytest.fixture
def retention(database: Database) -> SqlAccessRetention:
    return SqlAccessRetention(database)


async def test_sessions_that_have_ended_are_forgotten(
    people: Office, retention: SqlAccessRetention
) -> None:
    ada = await people.owner()
    for _ in range(3):
        await people.sign_in()
    people.clock.passes(LIMITS.idle + MINUTE)
    kept = await people.sign_in()
    unseen_since = people.clock() - LIMITS.idle

    async def forget(actor: Actor = SYSTEM, limit: int = 2) -> int:
        return await retention.forget_sessions(
            actor, before=people.clock(), unseen_since=unseen_since, limit=limit
        )

    assert [await forget(OTHER_DESK), await forget(), await forget(), await forget()] == [
        0,
        2,
        1,
        0,
    ]
    assert [one.id for one in await people.views.sessions(SYSTEM, ada.id)] == [kept.session.id]
    people.clock.passes(LIMITS.longest)
    unseen_since = NOW
    assert await forget() == 0, "it is good until then"
    people.clock.passes(MINUTE)
    assert await forget() == 1


async def test_links_that_are_too_old_are_forgotten(
    people: Office, retention: SqlAccessRetention
) -> None:
    ada = await people.owner()
    await people.write(Purpose.RESET, ada.id)
    people.clock.passes(HOUR)
    invited = await people.invite_owner("bert@example.com", "Bert Brecht")

    now = people.clock()
    assert await retention.forget_links(OTHER_DESK, before=now, limit=9) == 0
    assert await retention.forget_links(SYSTEM, before=now, limit=9) == 1
    with pytest.raises(MailTokenRefused):
        await people.links.read(people.post.secret(), Purpose.RESET)
    await people.links.read(invited.secret, Purpose.INVITATION)


async def test_tries_that_nobody_counts_any_more_are_forgotten(
    people: Office, retention: SqlAccessRetention
) -> None:
    limits = TryLimits().of(Attempt.SIGN_IN, who="ada", address=HOME)
    await people.tries.take(limits)

    assert await retention.forget_tries(before=NOW, limit=3) == 0
    later = NOW + DAY
    assert [await retention.forget_tries(before=later, limit=3) for _ in range(3)] == [3, 1, 0]
