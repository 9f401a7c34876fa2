"""An organization never loses its last owner."""

import pytest

from application.identity.change_member import ReactivateMember, ReactivateMemberHandler
from application.kernel.pages import Slice
from domain.identity.members import LastOwner, MemberNotFound
from domain.identity.roles import Role
from tests.contract.crowds import race
from tests.contract.offices import Office
from tests.contract.test_members import (
    BERT,
    SYSTEM,
    change_role,
    deactivate,
    invite,
    remove,
    stored,
)

pytestmark = pytest.mark.anyio


async def test_the_last_owner_stays(people: Office) -> None:
    ada = await people.owner()
    await invite(people, "will@example.com", role=Role.OWNER)  # has not come yet

    for leave in (
        change_role(people, ada, Role.ADMIN),
        deactivate(people, ada),
        remove(people, ada),
    ):
        with pytest.raises(LastOwner):
            await leave
    assert await stored(people, ada) == ada


async def test_an_owner_may_go_when_there_is_another(people: Office) -> None:
    ada, bert = await people.owner(), await people.owner(BERT, "Bert Brecht")
    back = ReactivateMemberHandler(unit_of_work=people.work, clock=people.clock)

    assert (await change_role(people, ada, Role.VIEWER)).role is Role.VIEWER
    await change_role(people, ada, Role.OWNER)
    await deactivate(people, bert)
    await back(ReactivateMember(actor=SYSTEM, member_id=bert.id, version=None))
    await remove(people, ada)

    with pytest.raises(LastOwner):
        await deactivate(people, bert)
    with pytest.raises(MemberNotFound):
        await stored(people, ada)


async def test_of_many_owners_who_leave_at_once_one_stays(people: Office) -> None:
    owners = [await people.owner(f"o{n}@example.com") for n in range(5)]
    leave = [deactivate, remove, deactivate, remove, deactivate]

    outcomes = await race([go(people, owner) for go, owner in zip(leave, owners, strict=True)])

    left = (await people.views.members(SYSTEM, slice=Slice(limit=10))).items
    assert sum(isinstance(one, LastOwner) for one in outcomes) == 1
    assert sum(one.is_owner for one in left) == 1
