"""People over HTTP: they come by invitation, sign in, decide about each other, and go."""

from datetime import timedelta
from statistics import median
from time import perf_counter
from typing import Any

import pytest

from domain.identity.mail_tokens import Purpose
from tests.contract.offices import PASSWORD
from tests.http.desk import Caller, Desk, problem
from tests.http.people import ADA, ANOTHER, BERT, Staff

pytestmark = pytest.mark.anyio

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
async def staff(desk: Desk) -> Staff:
    return await Staff.of(desk)


async def me(caller: Caller) -> Any:
    return (await caller.get("/v1/me")).json()


async def test_a_member_comes_by_invitation_and_goes_again(any_desk: Desk) -> None:
    staff = await Staff.of(any_desk)
    bert = await staff.joined("agent")
    account = await me(bert)
    path, seen = f"/v1/members/{account['member']['id']}", {"If-Match": '"2"'}

    assert staff.post.messages[0].to == BERT
    assert (account["member"]["state"], account["member"]["role"]) == ("active", "agent")
    assert "calls:own" in account["permissions"]
    assert problem(await bert.get("/v1/members")) == (403, "not_permitted")

    changed = await staff.ada.send("PUT", f"{path}/role", json={"role": "manager"}, headers=seen)
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"3"')
    assert (await bert.get("/v1/members")).json()["items"][0]["name"] == "Ada Lovelace"

    left = await staff.ada.post(f"{path}/deactivate", headers={"If-Match": '"3"'})
    assert left.json()["state"] == "deactivated"
    assert problem(await bert.get("/v1/me")) == (401, "unauthenticated")
    assert problem(await staff.sign_in(BERT, ANOTHER)) == (401, "sign_in_refused")

    removed = await staff.ada.send("DELETE", path, headers={"If-Match": '"4"'})
    assert removed.status_code == 200
    assert problem(await staff.ada.get(path)) == (404, "member_not_found")


async def test_the_last_owner_stays(staff: Staff) -> None:
    path = f"/v1/members/{staff.owner.id}"
    any_version = {"If-Match": "*"}

    for refused in (
        await staff.ada.send("PUT", f"{path}/role", json={"role": "admin"}, headers=any_version),
        await staff.ada.post(f"{path}/deactivate", headers=any_version),
        await staff.ada.send("DELETE", path, headers=any_version),
    ):
        assert problem(refused) == (409, "last_owner")


async def test_sessions_are_listed_and_ended(staff: Staff) -> None:
    await staff.sign_in(**{"User-Agent": "Phone"})
    other = await staff.signed_in()
    listed = (await staff.ada.get("/v1/sessions")).json()["items"]
    phone = next(one for one in listed if one["device"].startswith("Phone"))

    assert len(listed) == 3
    assert [one["current"] for one in listed].count(True) == 1
    assert phone["address"] == "127.0.0.1"
    ended = await staff.ada.send("DELETE", f"/v1/sessions/{phone['id']}")
    assert ended.json() == {"ended": 1}
    again = await staff.ada.send("DELETE", f"/v1/sessions/{phone['id']}")
    assert problem(again) == (404, "session_not_found")

    assert (await other.send("DELETE", "/v1/sessions/current")).status_code == 200
    assert problem(await other.get("/v1/me")) == (401, "unauthenticated")
    assert (await staff.ada.send("DELETE", "/v1/sessions")).json() == {"ended": 1}
    assert problem(await staff.ada.get("/v1/me")) == (401, "unauthenticated")


async def test_an_admin_signs_somebody_out(staff: Staff) -> None:
    bert = await staff.joined("viewer")
    member_id = (await me(bert))["member"]["id"]

    ended = await staff.ada.send("DELETE", f"/v1/members/{member_id}/sessions")

    assert ended.json() == {"ended": 1}
    assert problem(await bert.get("/v1/me")) == (401, "unauthenticated")


async def test_a_password_is_changed_and_reset(staff: Staff) -> None:
    other = await staff.signed_in()
    wrong = {"current": "wrong", "password": ANOTHER}
    short = {"current": PASSWORD, "password": "short"}
    right = {"current": PASSWORD, "password": ANOTHER}

    refused = await staff.ada.send("PUT", "/v1/me/password", json=wrong)
    assert problem(refused) == (403, "wrong_password")
    refused = await staff.ada.send("PUT", "/v1/me/password", json=short)
    assert problem(refused) == (422, "password_too_short")
    assert refused.json()["errors"][0]["pointer"] == "#/password"
    changed = await staff.ada.send("PUT", "/v1/me/password", json=right)
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"3"')
    ada = staff.opened(changed)
    assert (await ada.get("/v1/me")).status_code == 200
    for ended in (staff.ada, other):
        assert problem(await ended.get("/v1/me")) == (401, "unauthenticated")

    nobody = staff.desk.nobody()
    asked = [
        await nobody.post("/v1/password-resets", {"organization": "desk", "email": email}, key="")
        for email in (ADA, "nobody@example.com")
    ]
    assert [one.status_code for one in asked] == [202, 202]
    assert asked[0].content == asked[1].content
    token = await staff.letter(Purpose.RESET, staff.owner.id)
    said = {"token": token, "password": PASSWORD}
    assert (await nobody.post("/v1/password-resets/use", said, key="")).status_code == 200
    refused = await nobody.post("/v1/password-resets/use", said, key="")
    assert problem(refused) == (422, "mail_token_refused")
    assert problem(await ada.get("/v1/me")) == (401, "unauthenticated")
    await staff.signed_in()


async def test_an_address_is_proved_before_it_counts(staff: Staff) -> None:
    asked = await staff.ada.post("/v1/me/email", {"email": "King@Example.com"})
    assert (asked.status_code, asked.json()["new_email"]) == (202, "king@example.com")
    await staff.signed_in()
    token = await staff.letter(Purpose.EMAIL, staff.owner.id)
    assert staff.post.messages[-1].to == "king@example.com"

    confirmed = await staff.desk.nobody().post("/v1/emails/confirm", {"token": token}, key="")

    assert confirmed.json()["email"] == "king@example.com"
    assert problem(await staff.sign_in(ADA)) == (401, "sign_in_refused")
    await staff.signed_in("king@example.com")


async def test_names_are_changed_by_whoever_saw_the_latest(staff: Staff) -> None:
    read = await staff.ada.get("/v1/me")
    seen = {"If-Match": read.headers["ETag"]}
    said = {"name": "Ada King"}

    assert (await staff.ada.send("PUT", "/v1/me", json=said, headers=seen)).status_code == 200
    stale = await staff.ada.send("PUT", "/v1/me", json=said, headers=seen)
    assert problem(stale) == (412, "version_changed")


async def test_what_is_sensitive_needs_a_password_of_late(staff: Staff) -> None:
    said = {"email": BERT, "name": "Bert Brecht", "role": "viewer"}
    staff.desk.clock.passes(10 * MINUTE)

    assert problem(await staff.ada.post("/v1/members", said)) == (403, "sign_in_again")
    assert problem(await staff.ada.send("DELETE", "/v1/sessions")) == (403, "sign_in_again")
    session = (await staff.ada.get("/v1/sessions")).json()["items"][0]["id"]
    ended = await staff.ada.send("DELETE", f"/v1/sessions/{session}")
    assert problem(ended) == (403, "sign_in_again")
    wrong = await staff.ada.post("/v1/sessions/current/confirm", {"password": "x"}, key="")
    assert problem(wrong) == (403, "wrong_password")
    shown = await staff.ada.post("/v1/sessions/current/confirm", {"password": PASSWORD}, key="")
    assert (shown.status_code, shown.json()["session_id"]) == (200, session)
    assert problem(await staff.ada.get("/v1/me")) == (401, "unauthenticated")
    assert (await staff.opened(shown).post("/v1/members", said)).status_code == 201


async def test_sessions_end_by_themselves(staff: Staff) -> None:
    for _ in range(23):
        staff.desk.clock.passes(30 * MINUTE)
        assert (await staff.ada.get("/v1/me")).status_code == 200
    staff.desk.clock.passes(30 * MINUTE)
    assert problem(await staff.ada.get("/v1/me")) == (401, "unauthenticated")

    again = await staff.signed_in()
    staff.desk.clock.passes(HOUR)
    assert problem(await again.get("/v1/me")) == (401, "unauthenticated")


async def test_keys_have_no_account(desk: Desk) -> None:
    for path in ("/v1/me", "/v1/sessions"):
        assert problem(await desk.get(path)) == (404, "no_account")


async def test_nobody_registers_where_that_is_closed(desk: Desk) -> None:
    said = {"slug": "new", "name": "New", "owner": {"email": ADA, "name": "Ada Lovelace"}}

    refused = await desk.nobody().post("/v1/registrations", said, key="")

    assert problem(refused) == (403, "registration_closed")


async def test_too_many_tries_are_told_when_to_come_back(staff: Staff) -> None:
    answers = [await staff.sign_in(password="wrong") for _ in range(11)]  # noqa: S106

    assert {problem(one) for one in answers[:10]} == {(401, "sign_in_refused")}
    assert problem(answers[10]) == (429, "rate_limited")
    assert answers[10].headers["Retry-After"] == "300"
    staff.desk.clock.passes(5 * MINUTE)
    await staff.signed_in()


async def test_it_takes_as_long_to_refuse_somebody_as_nobody(staff: Staff) -> None:
    times: dict[str, list[float]] = {ADA: [], "nobody@example.com": []}
    for _ in range(9):
        for email, taken in times.items():
            began = perf_counter()
            assert (await staff.sign_in(email, "wrong")).status_code == 401
            taken.append(perf_counter() - began)

    known, unknown = (median(taken) for taken in times.values())
    assert 0.5 < known / unknown < 2  # without a hash for nobody it would be more than ten
