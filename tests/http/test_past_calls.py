"""Calls of the past are imported once; rows that are refused keep none of the others out."""

import pytest

from domain.kernel.actors import Permission
from tests.http.calling import listed
from tests.http.desk import Desk, problem
from tests.http.test_imports import bring, run

pytestmark = pytest.mark.anyio

CALLS = "key,direction,status,started_at,answered_at,ended_at,agent\n" + "".join(
    f"{key},inbound,completed,2027-01-01T09:00:00Z,2027-01-01T09:00:05Z,{ended},Mira\n"
    for key, ended in (
        ("one", "2027-01-01T09:01:00Z"),
        ("two", "2027-01-01T08:59:00Z"),
        ("one", "2027-01-01T09:01:00Z"),
        ("three", "2027-01-01T09:02:00Z"),
        ("four", "yesterday"),
    )
)


ON = "2027-01-01T09:00:"


async def test_calls_of_the_past_are_taken_once(any_desk: Desk) -> None:
    first = await bring(any_desk, "past_calls", CALLS)
    done = await run(any_desk, first)
    again = await run(any_desk, await bring(any_desk, "past_calls", CALLS))
    refusals = f"{first.headers['Location']}/refusals"
    every = (await any_desk.get(refusals)).json()["items"]
    by_rule = (await any_desk.get(refusals, params={"code": "call_imported_before"})).json()

    assert (done["state"], done["rows"], done["taken"], done["refused"]) == ("completed", 5, 2, 3)
    assert (again["taken"], again["refused"]) == (0, 5)
    assert [(row["line"], row["code"]) for row in every] == [
        (3, "begins_before_it_ends"),
        (4, "call_imported_before"),
        (6, "malformed_row"),
    ]
    assert [row["line"] for row in by_rule["items"]] == [4]
    assert sorted(await listed(any_desk)) == ["one", "three"]
    findings = {finding.check for finding in await any_desk.container.verification()()}
    assert findings == {"jobs_are_handed_over"}  # no worker is at work


async def test_an_agent_of_the_desk_has_the_calls_they_answered(any_desk: Desk) -> None:
    agents = {}
    for name in ("Mira", "Noor", "Noor"):
        added = await any_desk.post("/v1/agents", {"name": name, "kind": "person"})
        assert added.status_code == 201, added.text
        agents[name] = added.json()["id"]
    content = "key,direction,status,started_at,answered_at,ended_at,agent,template\n" + "".join(
        f"{name},inbound,completed,{{0}}00Z,{{0}}05Z,{{0}}30Z,{name},sales\n".format(ON)
        for name in ("Mira", "Noor", "Olga")
    )
    assert (await run(any_desk, await bring(any_desk, "past_calls", content)))["taken"] == 3

    listed = (await any_desk.get("/v1/calls")).json()["items"]

    theirs = {call["provider_call"]: call["handler"] for call in listed}
    assert theirs["Mira"]["agent_id"] == agents["Mira"]
    assert (theirs["Noor"], theirs["Olga"]) == (None, None)
    assert {call["template"] for call in listed} == {"sales"}


async def test_it_takes_the_permission_to_write_calls(desk: Desk) -> None:
    cataloguer = await desk.caller(frozenset({Permission.WRITE_CATALOGUE}))

    refused = await cataloguer.post(
        "/v1/imports", {"target": "past_calls", "format": "csv", "content": CALLS}
    )

    assert problem(refused) == (403, "not_permitted")


async def test_however_many_rows_it_asks_which_are_known_once(desk: Desk) -> None:
    for rows in (1, 20):
        content = CALLS.splitlines()[0] + "".join(
            f"\n{rows}-{row},inbound,busy,2027-01-01T09:00:00Z,,2027-01-01T09:00:05Z,"
            for row in range(rows)
        )
        started = await bring(desk, "past_calls", content)
        with desk.statements() as seen:
            await run(desk, started)
        assert len([one for one in seen if "wanted" in one]) == 1, seen


async def test_a_file_may_be_larger_than_other_bodies(desk: Desk) -> None:
    rows = (f"{n:090}" for n in range(12_000))
    content = "key\n" + "\n".join(rows)

    started = await bring(desk, "past_calls", content)

    assert len(content) > desk.container.settings().http_body_bytes
    assert (started.json()["state"], started.json()["refused"]) == ("completed", 12_000)


async def test_chunks_with_refused_rows_do_not_wait_for_each_other(any_desk: Desk) -> None:
    started = await bring(any_desk, "past_calls", CALLS)
    with any_desk.statements() as seen:
        await run(any_desk, started)

    locks = {
        one.rpartition(" FOR ")[2] for one in seen if "FROM imports" in one and " FOR " in one
    }
    on_postgres = any_desk.container.database().engine.dialect.name == "postgresql"
    assert locks == ({"NO KEY UPDATE"} if on_postgres else set())
