"""The second factor over HTTP: set up, asked for, lost, and wanted by the organization."""

from base64 import b32decode
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from domain.identity.mail_tokens import Purpose
from domain.identity.one_time_codes import code_at, step_at
from entrypoints.wiring.sensitive import Sensitive
from tests.contract.offices import PASSWORD
from tests.fakes.time import Time
from tests.http.desk import Caller, Desk, problem, program
from tests.http.keys import Keys
from tests.http.people import ADA, ANOTHER, BERT, Staff

pytestmark = pytest.mark.anyio

OWN = "/v1/me/second-factor"
STEP = timedelta(seconds=30)
ANY = {"If-Match": "*"}


@pytest.fixture
async def staff(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    any_url: str,
    clock: Time,
    keys: Keys,
) -> AsyncIterator[Staff]:
    async with program(any_url, clock, personal_keys=Sensitive(keys)) as container:
        yield await Staff.of(await Desk.opened(container, clock))


def code(staff: Staff, secret: str) -> str:
    return code_at(step_at(staff.desk.clock()), b32decode(secret))


async def set_up(staff: Staff, caller: Caller) -> tuple[str, list[str]]:
    """The secret of the authenticator, and the recovery codes."""
    begun = await caller.post(OWN, key="")
    assert begun.status_code == 201, begun.text
    secret = begun.json()["secret"]
    assert secret in begun.json()["link"]
    shown = {"code": code(staff, secret)}
    confirmed = await caller.post(f"{OWN}/confirm", shown, key="")
    assert confirmed.status_code == 200, confirmed.text
    staff.desk.clock.passes(STEP)
    return secret, confirmed.json()["recovery_codes"]


async def sign_in(staff: Staff, shown: str, email: str = ADA) -> httpx.Response:
    password = PASSWORD if email == ADA else ANOTHER
    said = {"organization": "desk", "email": email, "password": password, "code": shown}
    return await staff.desk.nobody().post("/v1/sessions", said, key="")


async def test_codes_are_asked_for_from_then_on(staff: Staff) -> None:
    secret, on_paper = await set_up(staff, staff.ada)
    shown = code(staff, secret)

    assert problem(await staff.sign_in()) == (401, "second_factor_needed")
    assert problem(await sign_in(staff, "000000x")) == (403, "wrong_code")
    assert (await sign_in(staff, shown)).status_code == 201
    assert problem(await sign_in(staff, shown)) == (403, "wrong_code")
    assert (await sign_in(staff, on_paper[0])).status_code == 201
    assert (await staff.ada.get(OWN)).json()["recovery_codes"] == 9
    assert problem(await staff.ada.post(OWN, key="")) == (409, "second_factor_set")
    assert (await staff.ada.get("/v1/me")).json()["member"]["second_factor"] is True

    renewed = await staff.ada.post(f"{OWN}/recovery-codes", {"code": on_paper[1]}, key="")
    assert renewed.status_code == 201
    assert problem(await sign_in(staff, on_paper[2])) == (403, "wrong_code")
    both = {"password": PASSWORD, "code": renewed.json()["recovery_codes"][0]}
    removed = await staff.ada.post(f"{OWN}/remove", both, key="")
    assert removed.json() == {"since": None, "recovery_codes": 0}
    assert (await staff.sign_in()).status_code == 201


async def test_whoever_guesses_codes_waits(staff: Staff) -> None:
    await set_up(staff, staff.ada)
    for _ in range(5):
        assert problem(await sign_in(staff, "000000x")) == (403, "wrong_code")

    waits = await sign_in(staff, "000000x")
    assert problem(waits) == (429, "rate_limited")
    assert int(waits.headers["Retry-After"]) > 0


async def test_an_owner_takes_it_off_who_has_lost_it(staff: Staff) -> None:
    bert = await staff.joined("agent")
    account = (await bert.get("/v1/me")).json()["member"]
    await set_up(staff, bert)
    path = f"/v1/members/{account['id']}/second-factor/reset"
    own = f"/v1/members/{staff.owner.id}/second-factor/reset"

    assert problem(await bert.post(path, headers=ANY)) == (403, "not_permitted")
    assert problem(await staff.ada.post(own, headers=ANY)) == (403, "own_second_factor")
    reset = await staff.ada.post(path, headers=ANY)
    assert reset.json()["second_factor"] is False
    assert problem(await staff.ada.post(path, headers=ANY)) == (409, "no_second_factor")
    assert problem(await bert.get("/v1/me")) == (401, "unauthenticated")
    assert problem(await staff.sign_in(BERT, ANOTHER)) == (401, "sign_in_refused")

    token = await staff.letter(Purpose.RESET, account["id"])
    again = {"token": token, "password": ANOTHER}
    used = await staff.desk.nobody().post("/v1/password-resets/use", again, key="")
    assert used.status_code == 200, used.text
    await staff.signed_in(BERT, ANOTHER)
    await staff.desk.relay()
    trail = await staff.ada.get("/v1/audit", params={"kind": "second_factor_reset"})
    assert [one["subject"] for one in trail.json()["items"]] == [account["id"]]


async def test_both_factors_are_shown_again_before_what_is_sensitive(staff: Staff) -> None:
    secret, _ = await set_up(staff, staff.ada)
    path, said = "/v1/sessions/current/confirm", {"password": PASSWORD}

    assert problem(await staff.ada.post(path, said, key="")) == (401, "second_factor_needed")
    wrong = {**said, "code": "000000x"}
    assert problem(await staff.ada.post(path, wrong, key="")) == (403, "wrong_code")
    assert (await staff.ada.get("/v1/me")).status_code == 200, "the token is as before"
    shown = {**said, "code": code(staff, secret)}
    confirmed = await staff.ada.post(path, shown, key="")
    assert confirmed.status_code == 200, confirmed.text
    again = staff.opened(confirmed)
    assert problem(await again.post(path, shown, key="")) == (403, "wrong_code")


async def test_an_organization_may_want_one_of_everybody(staff: Staff) -> None:
    setting = "/v1/settings/members.require_second_factor"
    wanted = await staff.ada.send("PUT", setting, json={"value": True}, headers=ANY)
    assert wanted.status_code == 200, wanted.text

    assert problem(await staff.ada.get("/v1/bookings")) == (403, "second_factor_required")
    assert problem(await staff.ada.get("/v1/members")) == (403, "second_factor_required")
    assert (await staff.ada.get("/v1/me")).status_code == 200
    assert (await staff.desk.get("/v1/bookings")).status_code == 200
    await set_up(staff, staff.ada)
    assert (await staff.ada.get("/v1/bookings")).status_code == 200


async def test_without_keys_to_seal_it_there_is_none(desk: Desk) -> None:
    staff = await Staff.of(desk)
    begun: Any = await staff.ada.post(OWN, key="")

    assert problem(begun) == (409, "second_factor_unavailable")


async def test_codes_are_good_when_the_keys_have_changed(staff: Staff, keys: Keys) -> None:
    secret, recovery = await set_up(staff, staff.ada)
    keys.renew()
    resealing = staff.desk.container.customers.resealing()
    rewrapped = await resealing.rewrap(staff.desk.actor.organization_id, limit=9)
    keys.forget_old()

    assert rewrapped == 1
    assert (await sign_in(staff, code(staff, secret))).status_code == 201
    assert (await sign_in(staff, recovery[0])).status_code == 201


async def test_codes_of_keys_that_are_gone_let_nobody_in(staff: Staff, keys: Keys) -> None:
    secret, _ = await set_up(staff, staff.ada)
    keys.renew()
    keys.forget_old()

    assert (await sign_in(staff, code(staff, secret))).status_code == 500
