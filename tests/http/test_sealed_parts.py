"""Whoever waits, has a block, was quoted something or is imported: sealed as bookings are."""

from typing import Any

import attrs
import pytest
from sqlalchemy import Connection, delete, insert

from adapters.schema.blocks import blocks
from adapters.schema.bookings import quotes
from adapters.schema.call_quality import call_lines, call_quality, evaluations
from adapters.schema.calls import call_facts, call_notes, calls
from adapters.schema.data_keys import data_keys
from adapters.schema.escalations import escalations
from adapters.schema.idempotency import answers
from adapters.schema.metadata import metadata
from adapters.schema.payments import payments, refunds
from adapters.schema.promises import change_quotes
from adapters.schema.waiting import waiting_entries
from entrypoints.wiring.sensitive import Sensitive
from tests.fakes.time import Time
from tests.http.desk import Desk, program, stay
from tests.http.keys import Keys
from tests.http.test_customers import AFTERWARDS, CONTACT, EMAIL, erase, known, traces
from tests.http.test_imports import bring, lines, past, run
from tests.http.test_sealed import rows

pytestmark = pytest.mark.anyio

OF_CALLS = (calls, call_facts, call_notes, call_lines, evaluations, call_quality, escalations)
SEALED = (waiting_entries, blocks, quotes, change_quotes)


async def everything(desk: Desk) -> str:
    """All that is stored, but answers, which are left out of copies, and words about money."""
    left_out = (answers, payments, refunds)
    tables = [table for table in metadata.sorted_tables if table not in left_out]
    return "".join([str(await rows(desk, table)) for table in tables])


async def restore(desk: Desk, copies: dict[Any, list[dict[str, Any]]]) -> None:
    def put(connection: Connection) -> None:
        for table, copy in copies.items():
            theirs = table.c.organization_id == desk.actor.organization_id
            connection.execute(delete(table).where(theirs))
            connection.execute(insert(table), copy)

    await desk.container.database().write(put, of=desk.actor.organization_id)


async def test_nothing_that_is_stored_says_who_it_is(sealed_desk: Desk) -> None:
    desk = sealed_desk
    await known(desk)

    assert traces(await everything(desk)) == set()
    shown = (await desk.post("/v1/customers/export", EMAIL)).json()
    assert len(shown["bookings"]) == 2
    assert [one["contact"] for one in shown["waiting_entries"]] == [CONTACT]
    assert [one["note"] for one in shown["blocks"]] == ["Qanari wants a quiet room"]
    listed = (await desk.get("/v1/blocks")).json()["items"]
    assert [one["contact"] for one in listed] == [CONTACT]
    assert await desk.container.verification()() == []


async def test_copies_of_before_say_nothing_of_whoever_was_forgotten(sealed_desk: Desk) -> None:
    desk = sealed_desk
    await known(desk)
    copies = {table: await rows(desk, table) for table in SEALED}
    desk.clock.now += AFTERWARDS
    erased = await erase(desk)

    assert erased.status_code == 200, erased.text
    await desk.relay()
    assert await desk.container.verification()() == []
    left = {one["id"] for one in await rows(desk, data_keys)}
    for table in (waiting_entries, blocks):
        assert left.isdisjoint(one["id"] for one in await rows(desk, table))
    await restore(desk, copies)
    assert traces(await everything(desk)) == set()
    listed = (await desk.get("/v1/blocks")).json()["items"]
    assert [one["contact"]["name"] for one in listed] == ["Erased"]


async def test_nobody_waits_twice_under_the_same_address(sealed_desk: Desk) -> None:
    desk = sealed_desk
    house = await desk.rooms(capacity=1)
    await desk.hold(house)
    first = await desk.post("/v1/waiting-list", stay(house, contact=CONTACT))
    again = await desk.post("/v1/waiting-list", stay(house, contact=CONTACT))

    assert (first.status_code, again.status_code) == (201, 409)
    seen = (await desk.get(first.headers["Location"])).json()
    assert seen["entry"]["contact"] == CONTACT


async def test_quotes_go_with_their_keys(sealed_desk: Desk) -> None:
    desk = sealed_desk
    await desk.quote(await desk.rooms(), contact=CONTACT)
    assert len(await rows(desk, data_keys)) == 1
    retention = desk.container.schedules.retention()
    later = desk.clock.now + AFTERWARDS

    assert await retention.forget_quotes(desk.actor, before=later, limit=9) == 1
    assert await rows(desk, data_keys) == []


async def test_what_is_to_be_imported_is_sealed_until_it_is_taken(sealed_desk: Desk) -> None:
    desk = sealed_desk
    house = await desk.rooms()
    whose = past(house)["request"] | {"contact": CONTACT}
    started = await bring(desk, "past_bookings", lines(past(house, request=whose)), "jsonl")
    before = await everything(desk)
    done = await run(desk, started)

    assert traces(before) == set()
    assert (done["state"], done["taken"]) == ("completed", 1)
    assert len(await rows(desk, data_keys)) == 1  # that of the booking
    assert traces(await everything(desk)) == set()


async def test_whoever_waits_or_has_a_block_is_sealed_afterwards(
    any_url: str, clock: Time, keys: Keys
) -> None:
    async with program(any_url, clock) as container:
        desk = await Desk.opened(container, clock)
        await known(desk)
    async with program(any_url, clock, personal_keys=Sensitive(keys)) as container:
        later = attrs.evolve(desk, container=container, http=Desk.http_of(container))
        resealing = container.customers.resealing()
        while await resealing.seal(desk.actor.organization_id, limit=1):
            pass
        for table in (waiting_entries, blocks, *OF_CALLS):
            assert traces(str(await rows(later, table))) == set(), table.name
        call_id = str((await later.get("/v1/calls")).json()["items"][0]["id"])
        call = (await later.get(f"/v1/calls/{call_id}")).json()
        assert (call["caller"], call["metadata"]) == (CONTACT["phone"], {"about": "Qanari"})
        said = (await later.get(f"/v1/calls/{call_id}/lines")).json()["items"]
        assert said[-1]["text"] == "Qanari speaking, I need a quiet room"
        [note] = (await later.get(f"/v1/calls/{call_id}/notes")).json()["items"]
        assert note["text"] == "Qanari asks for a quiet room"
        shown = (await later.post("/v1/customers/export", EMAIL)).json()
        assert [one["contact"] for one in shown["waiting_entries"]] == [CONTACT]
        assert [one["note"] for one in shown["blocks"]] == ["Qanari wants a quiet room"]
        later.clock.now += AFTERWARDS
        assert (await erase(later)).json()["waiting_entries"] == 1
        assert traces(await everything(later)) == set()
        await later.relay()
        assert await container.verification()() == []
