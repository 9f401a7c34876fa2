"""API keys over HTTP: shown once, changed, rotated, revoked, and never forged."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpx
import pytest

from domain.identity.api_keys import CHECK, check_digits
from domain.kernel.actors import Permission
from tests.http.desk import Caller, Desk, problem

pytestmark = pytest.mark.anyio

TILL: dict[str, Any] = {"name": "Till 2", "mode": "test", "scopes": ["events:read", "keys:write"]}
ANY = {"If-Match": "*"}


async def created(caller: Caller, **changes: Any) -> httpx.Response:
    answer = await caller.post("/v1/api-keys", {**TILL, **changes})
    assert answer.status_code == 201, answer.text
    return answer


def who_shows(desk: Desk, secret: str) -> Caller:
    return Caller(http=desk.http, headers={"Authorization": f"Bearer {secret}"})


async def works(desk: Desk, secret: str) -> bool:
    return (await who_shows(desk, secret).get("/v1/events")).status_code == 200


async def test_a_secret_is_shown_once(any_desk: Desk) -> None:
    one = await any_desk.post("/v1/api-keys", TILL, key="once")
    again = await any_desk.post("/v1/api-keys", TILL, key="once")
    shown = await any_desk.get(one.headers["Location"])
    secret, api_key = one.json()["secret"], one.json()["api_key"]

    assert await works(any_desk, secret)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json() == {"api_key": api_key, "secret": None}
    assert shown.json() == api_key
    assert api_key["hint"] == secret[:12]
    assert {name: api_key[name] for name in TILL} == TILL
    listed = (await any_desk.get("/v1/api-keys")).text
    assert secret not in listed + shown.text + again.text


async def test_the_list_tells_the_last_use(any_desk: Desk) -> None:
    api_key = (await created(any_desk)).json()
    await works(any_desk, api_key["secret"])
    await any_desk.container.identity.uses().write()
    listed = (await any_desk.get("/v1/api-keys")).json()["items"]

    assert [use["api_key"]["name"] for use in listed] == ["test", "Till 2"]
    assert {use["last_used_at"] for use in listed} == {"2027-03-01T12:00:00Z"}


async def test_nobody_gives_more_than_they_have(any_desk: Desk) -> None:
    keys = await any_desk.caller(frozenset({Permission.MANAGE_KEYS, Permission.READ_EVENTS}))
    refused = await keys.post("/v1/api-keys", {**TILL, "scopes": ["bookings:read"]})
    strong = (await created(any_desk, scopes=["bookings:write"])).json()["api_key"]
    path = f"/v1/api-keys/{strong['id']}"

    assert problem(refused) == (403, "scopes_beyond_own")
    assert refused.json()["scopes"] == ["bookings:read"]
    taken_over = await keys.post(f"{path}/rotate", headers=ANY)
    assert problem(taken_over) == (403, "scopes_beyond_own")
    raised = {"name": "x", "scopes": ["bookings:write", "participants:read"]}
    refused = await keys.send("PUT", path, json=raised, headers=ANY)
    assert refused.json()["scopes"] == ["participants:read"]
    renamed = {"name": "x", "scopes": ["bookings:write"]}
    assert (await keys.send("PUT", path, json=renamed, headers=ANY)).status_code == 200
    assert (await keys.post(f"{path}/revoke", headers=ANY)).status_code == 200


async def test_another_scope_holds_from_the_answer_on(any_desk: Desk) -> None:
    one = await created(any_desk)
    assert await works(any_desk, one.json()["secret"])
    changed = await any_desk.send(
        "PUT",
        one.headers["Location"],
        json={"name": "Till 2", "scopes": ["bookings:read"]},
        headers={"If-Match": one.headers["ETag"]},
    )
    stale = await any_desk.send(
        "PUT",
        one.headers["Location"],
        json={"name": "Till 3", "scopes": ["bookings:read"]},
        headers={"If-Match": one.headers["ETag"]},
    )

    assert changed.json()["scopes"] == ["bookings:read"]
    assert not await works(any_desk, one.json()["secret"])
    assert problem(stale) == (412, "version_changed")


async def test_both_secrets_work_while_they_overlap(any_desk: Desk) -> None:
    one = await created(any_desk)
    path, first = one.headers["Location"], one.json()["secret"]
    assert await works(any_desk, first)
    rotated = await any_desk.post(
        f"{path}/rotate", {"overlap_hours": 2}, headers=ANY, key="rotation"
    )
    again = await any_desk.post(
        f"{path}/rotate", {"overlap_hours": 2}, headers=ANY, key="rotation"
    )
    second = rotated.json()["secret"]

    assert rotated.json()["api_key"]["former_until"] == "2027-03-01T14:00:00Z"
    assert again.json() == {"api_key": rotated.json()["api_key"], "secret": None}
    assert [await works(any_desk, secret) for secret in (first, second)] == [True, True]
    any_desk.clock.passes(timedelta(hours=2))
    assert [await works(any_desk, secret) for secret in (first, second)] == [False, True]

    third = (await any_desk.post(f"{path}/rotate", {"overlap_hours": 0}, headers=ANY)).json()
    assert [await works(any_desk, secret) for secret in (second, third["secret"])] == [False, True]


async def test_what_has_ended_is_not_rotated(any_desk: Desk) -> None:
    one = await created(any_desk, good_for_days=1)
    path = one.headers["Location"]
    any_desk.clock.passes(timedelta(days=1))

    assert not await works(any_desk, one.json()["secret"])
    refused = await any_desk.post(f"{path}/rotate", headers=ANY)
    assert problem(refused) == (409, "api_key_ended")


async def test_a_revoked_key_ends_with_the_answer(any_desk: Desk) -> None:
    one = await created(any_desk)
    path, secret = one.headers["Location"], one.json()["secret"]
    assert await works(any_desk, secret)
    revoked = await any_desk.post(f"{path}/revoke", headers={"If-Match": one.headers["ETag"]})

    assert not await works(any_desk, secret)
    assert revoked.json()["revoked_at"] == "2027-03-01T12:00:00Z"
    again = await any_desk.post(f"{path}/revoke", headers={"If-Match": revoked.headers["ETag"]})
    assert again.json() == revoked.json()


def checked(start: str) -> str:
    return start + check_digits(start)


def forged(good: str, revoked: str, expired: str, replaced: str) -> Mapping[str, str]:
    """None of these opens anything."""
    last = "0" if good[-1] != "0" else "1"
    return {
        "nothing": "",
        "only a prefix": "fd_test_",
        "wrong check digits": good[:-1] + last,
        "check digits of another": good[:-CHECK] + revoked[-CHECK:],
        "one character changed": good[:10] + ("a" if good[10] != "a" else "b") + good[11:],
        "unknown, well made": checked("fd_test_" + "0" * 30),
        "another mode": checked("fd_live_" + good[8:-CHECK]),
        "same beginning": checked(good[:20] + "x" * 18),
        "too short": good[:-1],
        "too long": good + "0",
        "lower case": good.lower(),
        "upper case": good.upper(),
        "its letters swapped": "fd_test_" + good[8:].swapcase(),
        "full-width letters": good.replace("fd_", "ｆｄ_"),
        "full-width digits": good.translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
        "a space within": f"{good[:20]} {good[20:]}",
        "a line break behind": good + "\x85",
        "twice": f"{good} {good}",
        "two, with a comma": f"{good},{good}",
        "in quotation marks": f'"{good}"',
        "a null byte": good + "\x00",
        "huge": "fd_test_" + "A" * 7000,
        "the hint": good[:12],
        "SQL": "' OR '1'='1",
        "a path": "../../" + good,
        "revoked": revoked,
        "expired": expired,
        "replaced": replaced,
    }


async def test_no_forged_key_opens_anything_or_tells_why(any_desk: Desk) -> None:
    made = {name: await created(any_desk, good_for_days=9) for name in ("good", "gone", "new")}
    late = await created(any_desk, good_for_days=1)
    await any_desk.post(f"{made['gone'].headers['Location']}/revoke", headers=ANY)
    path = f"{made['new'].headers['Location']}/rotate"
    await any_desk.post(path, {"overlap_hours": 0}, headers=ANY)
    any_desk.clock.passes(timedelta(days=1))
    good, gone, new = (made[name].json()["secret"] for name in ("good", "gone", "new"))
    answers = set()
    for name, secret in forged(good, gone, late.json()["secret"], new).items():
        header = {"Authorization": f"Bearer {secret}".encode()}
        refused = await any_desk.nobody().get(
            "/v1/events", headers={**header, "X-Request-Id": "one"}
        )
        assert problem(refused) == (401, "unauthenticated"), name
        same = {*refused.headers.items()} - {
            (varies, refused.headers[varies]) for varies in ("ratelimit", "traceresponse")
        }
        answers.add((refused.content, frozenset(same)))

    assert len(answers) == 1
    assert await works(any_desk, good)


async def test_the_id_of_a_key_opens_nothing(any_desk: Desk) -> None:
    one = (await created(any_desk)).json()["api_key"]
    for shown in (one["id"], one["hint"], f"fd_test_{one['id'].replace('-', '')[:30]}"):
        assert not await works(any_desk, shown)
