"""What the log tells of those who come in, and of those who do not."""

import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import msgspec
import pytest

from domain.kernel.actors import Permission
from entrypoints.wiring.logs import configure_logs
from entrypoints.wiring.settings import Settings
from tests.contract.offices import PASSWORD
from tests.http.desk import Desk, problem
from tests.http.people import ADA, Staff

pytestmark = pytest.mark.anyio


@pytest.fixture
def log() -> Iterator[StringIO]:
    """As it is written with the options nobody has changed."""
    root, written = logging.getLogger(), StringIO()
    handlers, level = list(root.handlers), root.level
    configure_logs(Settings(log_format="json"), written)
    yield written
    root.handlers[:] = handlers
    root.setLevel(level)


def lines(log: StringIO) -> list[dict[str, Any]]:
    return [msgspec.json.decode(line) for line in log.getvalue().splitlines()]


async def test_who_signs_in_and_who_does_not_is_logged(desk: Desk, log: StringIO) -> None:
    staff = await Staff.of(desk)
    guessed = "a guess that is not the one"
    assert problem(await staff.sign_in(password=guessed)) == (401, "sign_in_refused")

    opened, refused = [line for line in lines(log) if line.get("route") == "/v1/sessions"]
    assert (opened["status"], opened["actor_id"]) == (201, str(staff.owner.id))
    assert opened["organization_id"] == str(desk.actor.organization_id)
    assert (refused["status"], "actor_id" in refused) == (401, False)
    (reason,) = [line for line in lines(log) if line.get("code") == "sign_in_refused"]
    assert (reason["category"], reason["request_id"]) == (
        "authentication",
        refused["request_id"],
    )
    for secret in (PASSWORD, guessed, ADA, "fd_session_"):
        assert secret not in log.getvalue()


async def test_who_may_not_is_logged_with_who_it_was(desk: Desk, log: StringIO) -> None:
    caller = await desk.caller(frozenset({Permission.READ_BOOKINGS}))

    assert problem(await caller.get("/v1/events")) == (403, "not_permitted")
    assert problem(await desk.nobody().get("/v1/events")) == (401, "unauthenticated")

    told = {line["code"]: line for line in lines(log) if "code" in line}
    assert told["not_permitted"]["category"] == "authorization"
    assert "actor_id" in told["not_permitted"]
    assert told["unauthenticated"]["category"] == "authentication"
    assert "actor_id" not in told["unauthenticated"]


async def test_what_was_tried_and_refused_is_logged_by_its_status(
    desk: Desk, log: StringIO
) -> None:
    await desk.post("/v1/holds", {"quote_id": "' OR 1=1 --"})
    await desk.get("/v1/bookings?limit=1&limit=2")

    told = [(one["route"], one["status"]) for one in lines(log) if "status" in one]
    assert told == [("/v1/holds", 400), ("/v1/bookings", 400)]
    assert "OR 1=1" not in log.getvalue()
