"""Second factors: set up by a first code, asked for at every sign-in, each code good once."""

from collections import Counter
from datetime import datetime
from secrets import randbelow

import pytest

from application.identity.open_session import OpenedSession
from application.identity.remove_second_factor import (
    RemoveSecondFactor,
    RemoveSecondFactorHandler,
    ResetSecondFactor,
    ResetSecondFactorHandler,
)
from application.identity.set_up_second_factor import (
    BeginSecondFactor,
    BeginSecondFactorHandler,
    ConfirmSecondFactor,
    ConfirmSecondFactorHandler,
    RenewRecoveryCodes,
    RenewRecoveryCodesHandler,
)
from application.kernel.refusals import RateLimited
from domain.identity.api_keys import Unauthenticated
from domain.identity.mail_tokens import Purpose
from domain.identity.members import Member, RoleTooHigh
from domain.identity.one_time_codes import SECONDS, code_at, step_at
from domain.identity.passwords import PasswordTooShort
from domain.identity.roles import Role
from domain.identity.second_factors import (
    NoSecondFactor,
    OwnSecondFactor,
    PasswordNeedsSecondFactor,
    SecondFactorNeeded,
    SecondFactorSet,
    WrongCode,
)
from domain.identity.sessions import SignInRefused, WrongPassword
from domain.kernel.actors import Actor
from tests.contract.crowds import race
from tests.contract.offices import ANOTHER, HOME, OURS, PASSWORD, Office, digest
from tests.contract.test_member_sessions import change_password, is_good
from tests.contract.test_password_resets import reset
from tests.samples import HOUR, MINUTE, OTHER_DESK, SECOND

pytestmark = pytest.mark.anyio

SYSTEM = Actor.system(OURS.id)
STEP = SECONDS * SECOND
SHORT = "walk home 7"


def code(secret: bytes, now: datetime) -> str:
    return code_at(step_at(now), secret)


async def begin(people: Office, member: Member) -> bytes:
    handler = BeginSecondFactorHandler(
        unit_of_work=people.work, views=people.views, clock=people.clock, chance=randbelow
    )
    begun = await handler(BeginSecondFactor(actor=member.actor))
    assert begun.secret in begun.link
    assert begun.secret not in repr(begun)
    return await people.work(member.actor, lambda work: work.second_factors.get(member.id).secret)


async def confirm(people: Office, opened: OpenedSession, shown: str) -> tuple[str, ...]:
    handler = ConfirmSecondFactorHandler(
        unit_of_work=people.work,
        codes=people.codes,
        clock=people.clock,
        chance=randbelow,
        digest=digest,
    )
    return await handler(
        ConfirmSecondFactor(actor=opened.member.actor, session_id=opened.session.id, code=shown)
    )


async def renew(people: Office, member: Member, shown: str) -> tuple[str, ...]:
    handler = RenewRecoveryCodesHandler(
        unit_of_work=people.work,
        codes=people.codes,
        clock=people.clock,
        chance=randbelow,
        digest=digest,
    )
    return await handler(RenewRecoveryCodes(actor=member.actor, code=shown))


async def remove(
    people: Office, opened: OpenedSession, shown: str, password: str = PASSWORD
) -> Member:
    handler = RemoveSecondFactorHandler(
        unit_of_work=people.work,
        reauthentication=people.reauthentication,
        codes=people.codes,
        clock=people.clock,
    )
    return await handler(
        RemoveSecondFactor(
            actor=opened.member.actor,
            session_id=opened.session.id,
            password=password,
            code=shown,
            address=HOME,
        )
    )


async def set_up(people: Office) -> tuple[OpenedSession, bytes, tuple[str, ...]]:
    """With the code of now still to be used."""
    await people.owner()
    opened = await people.sign_in()
    secret = await begin(people, opened.member)
    codes = await confirm(people, opened, code(secret, people.clock()))
    people.clock.passes(STEP)
    return opened, secret, codes


async def test_it_counts_from_the_first_right_code_on(people: Office) -> None:
    await people.owner()
    here, elsewhere = await people.sign_in(), await people.sign_in()
    forgotten = await begin(people, here.member)
    secret = await begin(people, here.member)

    with pytest.raises(WrongCode):
        await confirm(people, here, code(forgotten, people.clock()))
    assert await is_good(people, await people.sign_in())
    assert len(await confirm(people, here, code(secret, people.clock()))) == 10

    assert await is_good(people, here)
    assert not await is_good(people, elsewhere)
    with pytest.raises(SecondFactorNeeded):
        await people.sign_in()
    with pytest.raises(SecondFactorSet):
        await begin(people, here.member)
    with pytest.raises(SecondFactorSet):
        await confirm(people, here, code(secret, people.clock() + STEP))


async def test_a_code_opens_one_session_and_never_another(people: Office) -> None:
    _, secret, _ = await set_up(people)
    shown = code(secret, people.clock())

    opened = await people.sign_in(code=f"{shown[:3]} {shown[3:]}")

    assert await is_good(people, opened)
    before = code(secret, people.clock() - STEP)
    for used in (shown, before, "000000x"):
        with pytest.raises(WrongCode):
            await people.sign_in(code=used)
    with pytest.raises(SignInRefused):
        await people.sign_in(password=ANOTHER, code=code(secret, people.clock() + STEP))
    await people.sign_in(code=code(secret, people.clock() + STEP))


async def test_a_recovery_code_is_good_once(people: Office) -> None:
    opened, _, codes = await set_up(people)
    ada = opened.member

    await people.sign_in(code=codes[0].upper())
    assert await people.views.recovery_codes(SYSTEM, ada.id) == 9
    for used in (codes[0], "a" * 24):
        with pytest.raises(WrongCode):
            await people.sign_in(code=used)
    renewed = await renew(people, ada, codes[1])
    with pytest.raises(WrongCode):
        await people.sign_in(code=codes[2])
    await people.sign_in(code=renewed[2])
    assert await people.views.recovery_codes(SYSTEM, ada.id) == 9
    assert await people.views.recovery_codes(OTHER_DESK, ada.id) == 0


@pytest.mark.parametrize("on_paper", [True, False])
async def test_of_many_who_show_one_code_one_gets_in(people: Office, on_paper: bool) -> None:  # noqa: FBT001
    _, secret, codes = await set_up(people)
    shown = codes[0] if on_paper else code(secret, people.clock())

    outcomes = await race([people.sign_in(code=shown) for _ in range(4)])

    assert Counter(map(type, outcomes)) == {OpenedSession: 1, WrongCode: 3}


async def test_codes_are_guessed_a_few_times_only(people: Office) -> None:
    _, _, codes = await set_up(people)
    for _ in range(people.try_limits.codes):
        with pytest.raises(WrongCode):
            await people.sign_in(code="000000x", address="192.0.2.99")

    with pytest.raises(RateLimited) as waits:
        await people.sign_in(code=codes[0])
    assert waits.value.retry_after == 270  # since the first code of all
    people.clock.passes(5 * MINUTE)
    await people.sign_in(code=codes[0])
    for _ in range(3):
        people.clock.passes(6 * MINUTE)
        for _ in range(people.try_limits.codes):
            with pytest.raises(WrongCode):
                await people.sign_in(code="000000x")
    people.clock.passes(6 * MINUTE)
    with pytest.raises(RateLimited):
        await people.sign_in(code=codes[1])
    people.clock.passes(HOUR)
    await people.sign_in(code=codes[1])


async def test_it_is_removed_by_the_password_and_a_code(people: Office) -> None:
    opened, secret, codes = await set_up(people)
    shown = code(secret, people.clock())
    other = await people.sign_in(code=codes[0])

    with pytest.raises(WrongPassword):
        await remove(people, opened, shown, "wrong")
    with pytest.raises(WrongCode):
        await remove(people, opened, "000000x")
    member = await remove(people, opened, shown)

    assert not member.has_second_factor
    assert await is_good(people, opened)
    assert not await is_good(people, other)
    assert await people.views.recovery_codes(SYSTEM, member.id) == 0
    await people.sign_in()
    with pytest.raises(NoSecondFactor):
        await remove(people, opened, codes[1])


async def test_a_short_password_needs_a_second_factor(people: Office) -> None:
    opened, _, codes = await set_up(people)
    with pytest.raises(PasswordTooShort) as refused:
        await change_password(people, opened, PASSWORD, "seven c")
    assert refused.value.shortest == 8
    await change_password(people, opened, PASSWORD, SHORT)

    with pytest.raises(PasswordNeedsSecondFactor) as needed:
        await remove(people, opened, codes[0], SHORT)
    assert needed.value.shortest == 15
    await people.sign_in(password=SHORT, code=codes[0])
    await change_password(people, opened, SHORT, ANOTHER)
    await remove(people, opened, codes[1], ANOTHER)
    with pytest.raises(PasswordTooShort):
        await change_password(people, opened, ANOTHER, SHORT)


async def test_somebody_else_takes_it_off_with_the_password(people: Office) -> None:
    opened, _, _ = await set_up(people)
    ada = opened.member
    admin = Actor(organization_id=OURS.id, id=SYSTEM.id, permissions=Role.ADMIN.permissions)
    handler = ResetSecondFactorHandler(unit_of_work=people.work, clock=people.clock)

    for actor, refusal in ((ada.actor, OwnSecondFactor), (admin, RoleTooHigh)):
        with pytest.raises(refusal):
            await handler(ResetSecondFactor(actor=actor, member_id=ada.id, version=None))
    member = await handler(ResetSecondFactor(actor=SYSTEM, member_id=ada.id, version=None))

    assert not member.has_second_factor
    with pytest.raises(Unauthenticated):
        await people.authenticate(opened.secret)
    with pytest.raises(SignInRefused):
        await people.sign_in()
    await people.write(Purpose.RESET, ada.id)
    await reset(people, people.post.secret())
    await people.sign_in(password=ANOTHER)
    with pytest.raises(NoSecondFactor):
        await handler(ResetSecondFactor(actor=SYSTEM, member_id=ada.id, version=None))
