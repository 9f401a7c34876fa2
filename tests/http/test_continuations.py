"""Inquiries: held without obligation, and gone on with by whoever has the link."""

import logging
from datetime import timedelta
from typing import Any

import httpx
import pytest

from application.identity.set_status import SetOrganizationStatus
from domain.identity.organizations import OrganizationStatus
from entrypoints.wiring.link_secrets import link_secrets
from entrypoints.wiring.sensitive import Sensitive
from entrypoints.wiring.settings import Settings
from tests.fakes.time import Time
from tests.http.desk import Desk, problem, program

pytestmark = pytest.mark.anyio


async def inquire(desk: Desk, rooms: str, **members: Any) -> httpx.Response:
    body = {"quote_id": await desk.quote(rooms), "purpose": "inquiry", **members}
    return await desk.post("/v1/holds", body)


async def read(desk: Desk, token: str) -> httpx.Response:
    return await desk.nobody().post("/v1/continuations/read", {"token": token}, key="")


async def go_on(desk: Desk, token: str) -> httpx.Response:
    return await desk.nobody().post("/v1/continuations/continue", {"token": token})


def token_of(inquiry: httpx.Response) -> str:
    token: str = inquiry.json()["continuation_token"]
    return token


async def test_an_inquiry_holds_its_units_and_becomes_a_booking_by_its_link(desk: Desk) -> None:
    rooms = await desk.rooms(capacity=1)
    asked = await inquire(desk, rooms, payment_wish="bank_transfer", message="A cot, please.")
    token = token_of(asked)
    taken = await desk.hold(rooms)
    desk.clock.passes(timedelta(hours=23))
    seen = await read(desk, token)
    going_on = await go_on(desk, token)
    again = await go_on(desk, token)
    confirmed = await desk.step(going_on, "confirm")

    assert asked.status_code == 201, asked.text
    assert asked.json()["expires_at"] == "2027-03-02T12:00:00Z"
    assert problem(taken) == (409, "sold_out")
    assert (seen.json()["id"], seen.json()["purpose"]) == (asked.json()["id"], "inquiry")
    assert asked.json()["continuation_url"] is None
    assert not seen.json().keys() & {"continuation_token", "continuation_url"}
    assert (going_on.json()["state"], going_on.json()["purpose"]) == ("held", "payment")
    assert going_on.json()["expires_at"] == "2027-03-02T11:15:00Z"
    assert problem(again) == (409, "no_inquiry")
    assert confirmed.json()["state"] == "confirmed"


async def test_a_link_is_good_as_long_as_the_hold_and_for_one_booking(desk: Desk) -> None:
    token = token_of(await inquire(desk, await desk.rooms()))
    middle = "A" if token[30] != "A" else "B"
    forged = [token[:30] + middle + token[31:], token[:-4], "A" * len(token), "x"]

    for one in forged:
        refused = await read(desk, one)
        assert problem(refused) == (404, "no_such_link")
        assert one not in refused.json()["detail"] or len(one) == 1
    desk.clock.passes(timedelta(days=1))
    assert problem(await read(desk, token)) == (409, "link_expired")
    assert problem(await go_on(desk, token)) == (409, "link_expired")


async def test_nobody_writes_a_link_down(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        token = token_of(await inquire(desk, await desk.rooms()))
        await read(desk, token)
        await read(desk, token + "x")

    ours = [record for record in caplog.records if not record.name.startswith("httpx")]
    assert ours
    assert not [r for r in ours if token in r.getMessage()]


async def test_a_page_of_ones_own_gets_the_token_where_no_server_sees_it(
    sqlite_url: str, clock: Time
) -> None:
    page = "https://desk.example.com/inquiry"
    async with program(sqlite_url, clock, inquiry_page=page) as container:
        desk = await Desk.opened(container, clock)
        asked = await inquire(desk, await desk.rooms())

    assert asked.json()["continuation_url"] == f"{page}#inquiry={token_of(asked)}"


async def test_a_message_goes_with_an_inquiry_only(desk: Desk) -> None:
    quote_id = await desk.quote(await desk.rooms())
    refused = await desk.post("/v1/holds", {"quote_id": quote_id, "message": "Hello"})
    plain = await desk.post("/v1/holds", {"quote_id": quote_id})
    long = await inquire(desk, await desk.rooms(), message="x" * 1001)

    assert problem(refused) == (422, "only_inquiries")
    assert plain.json()["continuation_token"] is None
    assert problem(long) == (400, "malformed_request")


async def test_without_a_secret_there_are_no_inquiries(any_desk: Desk) -> None:
    desk = any_desk
    asked = await inquire(desk, await desk.rooms())
    if desk.container.settings().on_sqlite:
        assert asked.status_code == 201
        return

    assert problem(asked) == (409, "links_not_set_up")
    assert (await desk.get("/v1/bookings")).json()["items"] == []


def test_a_secret_is_made_once_and_its_owners(tmp_path: Any) -> None:
    settings = Settings(data_dir=tmp_path)
    made = link_secrets(settings, lambda: b"one")
    again = link_secrets(settings, lambda: b"two")

    assert (made(), again()) == ((b"one",), (b"one",))
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_given_secret_counts() -> None:
    settings = Settings(
        database_url="postgresql+asyncpg://x",
        link_secret=Sensitive(lambda: "s" * 32),
        link_secret_before=Sensitive(lambda: "t" * 32),
    )

    assert link_secrets(settings, bytes)() == [b"s" * 32, b"t" * 32]


async def test_a_suspended_organization_shows_an_inquiry_and_goes_on_with_none(
    desk: Desk,
) -> None:
    token = token_of(await inquire(desk, await desk.rooms()))
    set_status = desk.container.identity.set_status()

    await set_status(SetOrganizationStatus(actor=desk.actor, status=OrganizationStatus.SUSPENDED))
    assert (await read(desk, token)).status_code == 200
    refused = await go_on(desk, token)
    assert problem(refused) == (403, "organization_suspended")

    await set_status(
        SetOrganizationStatus(
            actor=desk.actor, status=OrganizationStatus.DEACTIVATED, even_if_booked=True
        )
    )
    hidden = await read(desk, token)
    assert problem(hidden) == (403, "organization_deactivated")
