"""Reports: the rows there are, as tables, for whoever may see them and nobody else."""

import csv
import json
from io import StringIO
from typing import Any

import httpx
import pytest

from domain.kernel.actors import Permission
from tests.http.desk import Desk, problem

pytestmark = pytest.mark.anyio

MARCH = {"from": "2027-03-01T00:00:00Z", "until": "2027-04-01T00:00:00Z"}


def rows(answer: httpx.Response) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(StringIO(answer.text, newline="")))


OF_ROWS = {
    *("audit", "bookings", "calls", "escalations", "evaluations", "ledger", "payments"),
    # By currency, by what was booked, by agent: where there is nothing, there is none of them.
    *("booking_value", "booking_offerings", "booking_yield", "call_agents"),
    *("revenue", "revenue_offerings", "revenue_overview"),
}
WORDS = {"direction": "inbound", "by": "starts"}


async def booked(desk: Desk, number: int) -> list[str]:
    room = await desk.rooms(capacity=number, name="=1+1")
    return [(await desk.hold(room)).json()["reference"] for _ in range(number)]


async def test_bookings_are_a_table_and_say_the_same_as_lines(any_desk: Desk) -> None:
    references = await booked(any_desk, 3)

    table = await any_desk.get("/v1/reports/bookings", params=MARCH)
    assert table.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert table.headers["Content-Disposition"] == 'attachment; filename="bookings.csv"'
    shown = rows(table)
    assert sorted(row["reference"] for row in shown) == sorted(references)
    assert {(row["title"], row["total_minor"], row["currency"]) for row in shown} == {
        ("'=1+1", "9900", "EUR")
    }

    lines = await any_desk.get("/v1/reports/bookings", params={**MARCH, "format": "jsonl"})
    objects = [json.loads(line) for line in lines.text.splitlines()]
    assert [one["id"] for one in objects] == [row["id"] for row in shown]
    assert {(one["title"], one["total_minor"]) for one in objects} == {("=1+1", 9900)}
    assert [one["starts_at"] for one in objects] == [row["starts_at"] for row in shown]


async def test_moments_are_as_the_clock_of_the_zone_shows_them(desk: Desk) -> None:
    await booked(desk, 1)
    asked = {**MARCH, "zone": "America/New_York"}
    (row,) = rows(await desk.get("/v1/reports/bookings", params=asked))
    assert row["starts_at"].endswith("-05:00")
    lines = await desk.get("/v1/reports/bookings", params={**asked, "format": "jsonl"})
    assert json.loads(lines.text)["starts_at"] == row["starts_at"]


async def test_rows_are_chosen_by_what_they_have_in_common(any_desk: Desk) -> None:
    await booked(any_desk, 2)
    held = await any_desk.get("/v1/reports/bookings", params={**MARCH, "filter": "state:held"})
    none = await any_desk.get(
        "/v1/reports/bookings", params={**MARCH, "filter": "state:confirmed,kind:hotel"}
    )
    assert (len(rows(held)), rows(none)) == (2, [])
    for wrong, code in (("colour:red", "unknown_filter"), ("resource_id:x", "bad_filter")):
        refused = await any_desk.get("/v1/reports/bookings", params={"filter": wrong})
        assert problem(refused) == (422, code)


async def test_every_report_can_be_read_and_chosen_from(any_desk: Desk) -> None:
    listed = (await any_desk.get("/v1/reports")).json()["items"]
    names = {one["name"] for one in listed}
    assert names >= OF_ROWS
    for described in listed:
        path = f"/v1/reports/{described['name']}"
        for filter in described["filters"]:
            value = "00000000-0000-7000-8000-000000000000" if filter.endswith("_id") else "true"
            value = WORDS.get(filter, value)
            chosen = await any_desk.get(path, params={**MARCH, "filter": f"{filter}:{value}"})
            # Of figures there are as many rows as ever: none is counted is a figure too.
            assert (rows(chosen) == []) is (described["name"] in OF_ROWS)
        table = await any_desk.get(path, params=MARCH)
        head = table.text.splitlines()[0]
        assert head == ",".join(column["name"] for column in described["columns"])


async def test_it_takes_the_permission_to_export_and_those_of_the_report(desk: Desk) -> None:
    seeing = await desk.caller(frozenset({Permission.READ_BOOKINGS}))
    assert problem(await seeing.get("/v1/reports/bookings")) == (403, "not_permitted")
    exporting = await desk.caller(frozenset({Permission.EXPORT, Permission.READ_BOOKINGS}))
    assert rows(await exporting.get("/v1/reports/bookings")) == []
    refused = await exporting.get("/v1/reports/calls")
    assert problem(refused) == (403, "not_permitted")
    assert refused.json()["permission"] == "calls:read"


async def test_who_took_what_is_on_the_audit_trail(desk: Desk) -> None:
    assert problem(await desk.get("/v1/reports/nothing")) == (404, "report_not_found")
    await desk.get("/v1/reports/bookings", params={**MARCH, "filter": "state:held"})
    await desk.relay()
    trail: Any = (await desk.get("/v1/audit", params={"kind": "report_taken"})).json()["items"]
    (record,) = trail
    assert record["changes"]["report"] == "bookings"
    assert record["changes"]["filters"] == ["state"]
    (kept,) = rows(
        await desk.get("/v1/reports/audit", params={**MARCH, "filter": "kind:report_taken"})
    )
    assert kept["subject"] == record["subject"]
