"""`python -m benchmarks.rush_hotel PATH --month 2016-07`: a month's bookings, all at once.

In random order, over many connections to a server of several processes; the dates are moved by
whole weeks into the future. Whoever is too late is refused, and nothing else may go wrong.
"""

import argparse
import asyncio
import random
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import uuid4

import attrs
import httpx
import uvloop

from benchmarks.counted import Sold, findings, sold
from benchmarks.hotel_oracle import expected
from benchmarks.hotel_rows import BadRow, Row, rows_of
from benchmarks.races import ENGINES, database
from benchmarks.replay_hotel import BEDS, PERCENT, put_on_sale, scarce
from benchmarks.serving import served
from benchmarks.stages import stage
from benchmarks.tables import heading, say
from domain.kernel.identifiers import ResourceId

WEEK = timedelta(weeks=1)
PATIENCE = 60.0  # seconds


@attrs.frozen(kw_only=True)
class Guest:
    """Asks on a connection of its own; `told` counts the answers, and the nights promised."""

    http: httpx.AsyncClient
    resources: Mapping[str, ResourceId]
    told: Counter[str] = attrs.field(factory=Counter)

    async def book_all(self, waiting: list[Row]) -> None:
        while waiting:
            row = waiting.pop()
            outcome = await self._book(row)
            self.told[outcome] += 1
            if outcome == "accepted":
                self.told["nights"] += (row.check_out - row.check_in).days

    async def _book(self, row: Row) -> str:
        request = {
            "kind": "hotel",
            "resource_id": str(self.resources[row.room_type]),
            "contact": {"name": f"Guest {row.line}", "email": f"guest-{row.line}@example.com"},
            "check_in": row.check_in.isoformat(),
            "check_out": row.check_out.isoformat(),
            "rooms": 1,
            "guests": row.guests,
            "children": row.children,
        }
        quoted = await self._post("/v1/quotes", json=request)
        if quoted.status_code == httpx.codes.UNPROCESSABLE_ENTITY:
            return "invalid"
        if quoted.status_code != httpx.codes.CREATED:
            return _failed(quoted)
        held = await self._post("/v1/holds", json={"quote_id": quoted.json()["id"]})
        if held.status_code != httpx.codes.CREATED:
            return "sold_out" if held.json().get("code") == "sold_out" else _failed(held)
        confirmed = await self._post(
            f"/v1/bookings/{held.json()['id']}/confirm", headers={"If-Match": held.headers["etag"]}
        )
        return "accepted" if confirmed.status_code == httpx.codes.OK else _failed(confirmed)

    async def _post(self, path: str, **more: Any) -> httpx.Response:
        headers = {"Idempotency-Key": str(uuid4()), **more.pop("headers", {})}
        return await self.http.post(path, headers=headers, **more)


def _failed(answer: httpx.Response) -> str:
    return f"failed with {answer.status_code} {answer.text[:200]}"


def moved(rows: Sequence[Row]) -> Sequence[Row]:
    """All by the same number of weeks, so that nobody arrives before tomorrow."""
    first = min(row.check_in for row in rows)
    tomorrow = date.today() + timedelta(days=1)  # noqa: DTZ011  (any day that is not over)
    by = -((first - tomorrow) // WEEK) * WEEK
    return [
        attrs.evolve(row, check_in=row.check_in + by, check_out=row.check_out + by) for row in rows
    ]


async def rush(options: argparse.Namespace, engine: str) -> bool:
    found = list(rows_of(options.path, options.month))
    rows = [one for one in found if isinstance(one, Row)]
    rooms = scarce(rows, options.percent)
    outcomes = expected(options.path, rooms, BEDS, options.month)
    valid = [told for told in outcomes.values() if told[0] in {"accepted", "sold_out"}]
    async with database(engine) as url, stage(url) as on:
        resources = await put_on_sale(on, moved(rows), rooms)
        headers = {"Authorization": f"Bearer {await on.key()}"}
        async with served(url, processes=options.processes) as port:
            began = perf_counter()
            told = await _crowd(f"http://127.0.0.1:{port}", headers, resources, rows, options)
            passed = perf_counter() - began
        kept = await sold(on.container.database(), on.actor.organization_id, *resources.values())
        broken = await findings(on.container)
    told["invalid"] += sum(isinstance(one, BadRow) for one in found)
    heading(f"{len(found):,} bookings at once, {options.clients} connections, {engine}")
    say(f"  {options.processes} processes, {passed:,.0f} s, {len(rows) / passed:,.0f} rows/s")
    right = _is_right(told, kept, offered=len(found), valid=len(valid)) and not broken
    say(
        f"  {dict(sorted(told.items()))}; valid {len(valid):,}; nights taken {kept.taken:,}, "
        f"claimed {kept.claimed:,}, over capacity {kept.over}, other findings {len(broken)}"
        + ("" if right else "  <-- WRONG")
    )
    return right


async def _crowd(
    address: str,
    headers: Mapping[str, str],
    resources: Mapping[str, ResourceId],
    rows: Sequence[Row],
    options: argparse.Namespace,
) -> Counter[str]:
    waiting = list(moved(rows))
    random.shuffle(waiting)

    async def come() -> Counter[str]:
        limits = httpx.Limits(max_connections=1)
        async with httpx.AsyncClient(
            base_url=address, headers=headers, limits=limits, timeout=PATIENCE
        ) as http:
            guest = Guest(http=http, resources=resources)
            await guest.book_all(waiting)
            return guest.told

    return sum(await asyncio.gather(*(come() for _ in range(options.clients))), Counter())


def _is_right(told: Counter[str], kept: Sold, *, offered: int, valid: int) -> bool:
    accepted, refused = told["accepted"], told["sold_out"] + told["invalid"]
    return (
        accepted + refused == offered
        and accepted + told["sold_out"] == valid
        and kept.is_right
        and kept.taken == told["nights"]
    )


async def run(options: argparse.Namespace) -> bool:
    return all([await rush(options, engine) for engine in options.engine or ENGINES])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rush_hotel", description=__doc__)
    parser.add_argument("path", type=Path, help="resort_hotel.csv.gz")
    parser.add_argument("--month", required=True, metavar="YYYY-MM", help="of arrival")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument(
        "--percent", type=int, default=PERCENT, help="of the rooms wanted for the fullest night"
    )
    parser.add_argument("--engine", action="append", choices=ENGINES)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return 0 if runner.run(run(parser.parse_args())) else 1


if __name__ == "__main__":
    sys.exit(main())
