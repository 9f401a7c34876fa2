"""How many members an organization may have: its tier says so, and the database counts."""

from collections import Counter
from uuid import uuid4

import attrs
import pytest

from application.identity.change_member import (
    DeactivateMember,
    DeactivateMemberHandler,
    ReactivateMember,
    ReactivateMemberHandler,
)
from application.identity.invite_member import InviteMember, InviteMemberHandler
from application.identity.people_ports import PeopleWork
from application.kernel.retry_stale import RetryStale
from domain.identity.members import Member, TooManyMembers
from domain.identity.roles import Role
from domain.identity.tiers import Tier
from domain.kernel.actors import Actor
from tests.contract.crowds import race
from tests.contract.offices import OURS, Office

pytestmark = pytest.mark.anyio

SYSTEM = Actor.system(OURS.id)


@pytest.fixture
async def small(people: Office) -> Office:
    """With an owner, and places for two more."""

    def shrink(work: PeopleWork) -> None:
        work.organizations.save(attrs.evolve(work.organizations.own(), tier=Tier.FREE))

    await people.work(SYSTEM, shrink)
    await people.owner()
    return people


async def invite(people: Office, email: str) -> Member:
    handler = InviteMemberHandler(unit_of_work=people.work, clock=people.clock, new_id=uuid4)
    return await RetryStale[InviteMember, Member](handler)(
        InviteMember(actor=SYSTEM, email=email, name="Bert Brecht", role=Role.AGENT)
    )


async def test_whoever_is_invited_has_a_place(small: Office) -> None:
    for number in range(2):
        await invite(small, f"{number}@example.com")

    with pytest.raises(TooManyMembers) as refused:
        await invite(small, "2@example.com")
    assert refused.value.most == 3


async def test_of_many_who_are_invited_at_once_one_gets_the_last_place(small: Office) -> None:
    await invite(small, "first@example.com")

    outcomes = await race([invite(small, f"{number}@example.com") for number in range(5)])

    assert Counter(map(type, outcomes)) == {Member: 1, TooManyMembers: 4}


async def test_whoever_is_deactivated_gives_up_the_place(small: Office) -> None:
    bert = await small.owner("bert@example.com", "Bert Brecht")
    await invite(small, "first@example.com")
    leave = DeactivateMember(actor=SYSTEM, member_id=bert.id, version=None)
    await DeactivateMemberHandler(unit_of_work=small.work, clock=small.clock)(leave)
    await invite(small, "second@example.com")

    back = ReactivateMember(actor=SYSTEM, member_id=bert.id, version=None)
    with pytest.raises(TooManyMembers):
        await ReactivateMemberHandler(unit_of_work=small.work, clock=small.clock)(back)
