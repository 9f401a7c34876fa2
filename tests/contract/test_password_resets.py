"""A new password for who forgot theirs: for the reader of their mail, and nobody else."""

import pytest

from application.identity.open_session import OpenedSession
from application.identity.reset_password import (
    AskForReset,
    AskForResetHandler,
    ResetPassword,
    ResetPasswordHandler,
)
from domain.identity.api_keys import Unauthenticated
from domain.identity.mail_tokens import MailTokenRefused, Purpose
from domain.identity.members import Member
from domain.identity.passwords import PasswordTooShort
from domain.kernel.actors import Actor
from tests.contract.offices import ANOTHER, HOME, OURS, PASSWORD, Office
from tests.samples import MINUTE

pytestmark = pytest.mark.anyio

SYSTEM = Actor.system(OURS.id)


async def is_good(people: Office, opened: OpenedSession) -> bool:
    try:
        await people.authenticate(opened.secret)
    except Unauthenticated:
        return False
    return True


async def ask_for_reset(people: Office, email: str = "ada@example.com") -> None:
    handler = AskForResetHandler(
        unit_of_work=people.work,
        views=people.views,
        tries=people.tries,
        try_limits=people.try_limits,
    )
    await handler(AskForReset(organization="ours", email=email, address=HOME))


async def reset(people: Office, token: str, password: str = ANOTHER) -> Member:
    handler = ResetPasswordHandler(
        unit_of_work=people.work,
        links=people.links,
        new_passwords=people.new_passwords,
        clock=people.clock,
    )
    return await handler(ResetPassword(token=token, password=password))


async def test_whoever_forgot_the_password_gets_another_one_by_mail(people: Office) -> None:
    ada = await people.owner()
    opened = await people.sign_in()
    await ask_for_reset(people)
    await people.write(Purpose.RESET, ada.id)
    secret = people.post.secret()

    with pytest.raises(PasswordTooShort):
        await reset(people, secret, "short")
    await reset(people, secret)

    assert not await is_good(people, opened)
    await people.sign_in(password=ANOTHER)
    with pytest.raises(MailTokenRefused):
        await reset(people, secret, PASSWORD)


async def test_a_link_for_a_new_password_is_soon_too_old(people: Office) -> None:
    ada = await people.owner()
    await people.write(Purpose.RESET, ada.id)
    people.clock.passes(30 * MINUTE)

    with pytest.raises(MailTokenRefused):
        await reset(people, people.post.secret())
