"""A lone owner who lost everything is let in again by whoever operates the program."""

from secrets import randbelow

import pytest

from application.identity.restore_access import (
    RestoreAccess,
    RestoreAccessHandler,
    RestoredAccess,
)
from domain.identity.api_keys import Unauthenticated
from domain.identity.mail_tokens import MailTokenRefused
from domain.identity.members import OwnerNotFound
from domain.identity.sessions import SignInRefused
from tests.contract.offices import ANOTHER, OURS, Office, digest
from tests.contract.test_password_resets import reset
from tests.contract.test_second_factors import set_up
from tests.samples import MINUTE

pytestmark = pytest.mark.anyio

ADA = "ada@example.com"


async def restore(people: Office, email: str = ADA) -> RestoredAccess:
    handler = RestoreAccessHandler(
        unit_of_work=people.work,
        views=people.views,
        clock=people.clock,
        chance=randbelow,
        digest=digest,
    )
    return await handler(RestoreAccess(organization_id=OURS.id, email=email))


async def test_a_lone_owner_is_let_in_without_either_factor(people: Office) -> None:
    opened, *_ = await set_up(people)

    restored = await restore(people)

    with pytest.raises(Unauthenticated):
        await people.authenticate(opened.secret)
    with pytest.raises(SignInRefused):
        await people.sign_in()
    assert restored.secret not in repr(restored)
    await reset(people, restored.secret)
    again = await people.sign_in(password=ANOTHER)
    assert (again.member.is_owner, again.member.has_second_factor) == (True, False)


async def test_it_is_good_for_half_an_hour(people: Office) -> None:
    await people.owner()
    restored = await restore(people)
    people.clock.passes(30 * MINUTE)

    with pytest.raises(MailTokenRefused):
        await reset(people, restored.secret)
    await reset(people, (await restore(people)).secret)


async def test_only_owners_are_helped_so(people: Office) -> None:
    await people.owner()
    await people.invite_owner("late@example.com", "Late")

    for email in ("late@example.com", "nobody@example.com"):
        with pytest.raises(OwnerNotFound):
            await restore(people, email)
