"""`python -m benchmarks.reconciliation`: a day of a hundred thousand payments, compared.

The provider is a double that answers at once, a hundred movements a page: what is measured is our
own work, and how much memory it takes. Some of what it tells differs, and has to be found.
"""

import argparse
import asyncio
import time
import tracemalloc
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import attrs
import uvloop
from dependency_injector import providers
from sqlalchemy import Connection, insert

from adapters.schema.ledger import journals, transfers
from adapters.schema.payments import payments
from application.bookings.hold_booking import HoldBooking
from application.payments.gateway import (
    BalanceChange,
    PageOfChanges,
    PageOfEvents,
    UnknownToProvider,
)
from application.payments.reconcile import Reconcile
from benchmarks.serving import NotMeasured
from benchmarks.stages import Stage, fresh_folder, fresh_postgres, settings_for, stage
from benchmarks.tables import Cell, heading, table
from domain.kernel.money import Money
from domain.payments.provider import Subject
from entrypoints.wiring.ambient import utc_now
from entrypoints.wiring.container import Container
from tests.fakes.gateway import FakeGateway, FakeGateways
from tests.servers import postgres_server

PAYMENTS, AT_ONCE, PRICE, FEE = 100_000, 5_000, 9_900, 170
MEBIBYTE = 1 << 20


@attrs.define(kw_only=True)
class ToldAtOnce(FakeGateway):
    """Has one we do not know for the last of ours, and another amount of the first."""

    begin: datetime
    number: int
    pages: int = 0

    async def events(
        self, *, after: str | None, since: datetime, limit: int = 100
    ) -> PageOfEvents:
        return PageOfEvents(events=[], next=None)

    async def look(self, reference: str, /) -> Any:
        raise UnknownToProvider(reference)

    async def balance_changes(
        self, *, since: datetime, until: datetime, after: str | None = None, limit: int = 100
    ) -> PageOfChanges:
        self.pages += 1
        first = 0 if after is None else int(after)
        upto = min(first + limit, self.number)
        return PageOfChanges(
            changes=[self._change(place) for place in range(first, upto)],
            next=str(upto) if upto < self.number else None,
        )

    def _change(self, place: int) -> BalanceChange:
        is_last = place == self.number - 1
        return BalanceChange(
            reference=f"txn_{place:08}",
            subject=Subject.PAYMENT,
            source="pi_stranger" if is_last else reference(place),
            amount=Money(PRICE + (not place), "EUR"),
            fee=Money(FEE, "EUR"),
            created_at=self.begin,
        )


EXPECTED = ["amount_differs", "unknown_there", "unknown_here"]
"""In the order of names: of the first, of the last, of the stranger."""


def reference(place: int) -> str:
    return f"pi_{place:024}"


def rows_of(
    organization: UUID, booking: UUID, places: Sequence[int], at: datetime
) -> Sequence[tuple[Any, list[dict[str, Any]]]]:
    """Of payments that came, by table."""
    ids = [(place, uuid4(), uuid4()) for place in places]
    ours: dict[str, Any] = {"organization_id": organization}
    of_booking: dict[str, Any] = {**ours, "booking_id": booking, "currency": "EUR"}
    paid: dict[str, Any] = {
        **of_booking,
        "version": 1,
        "method": "online",
        "state": "captured",
        "provider": "fake",
        "amount_minor": PRICE,
        "captured_minor": PRICE,
        "refunding_minor": 0,
        "disputed": False,
        "created_at": at,
        "heard_at": at,
        "details": {},
    }
    written = {**ours, "cause": "captured", "booking_id": booking, "occurred_at": at}
    moved = {**of_booking, "number": 1, "debit": "clearing", "credit": "deposits"}
    named = [
        {"id": id, "reference": f"P{place}", "provider_reference": reference(place)}
        for place, id, _ in ids
    ]
    return (
        (payments, [{**paid, **one} for one in named]),
        (journals, [{**written, "id": journal, "about": str(id)} for _, id, journal in ids]),
        (
            transfers,
            [{**moved, "journal_id": journal, "amount_minor": PRICE} for *_, journal in ids],
        ),
    )


async def fill(on: Stage, number: int, at: datetime) -> None:
    organization = on.actor.organization_id
    quote_id = await on.quote((await on.add_nights(1)).id)
    hold = on.container.bookings.hold_booking()
    booking = await hold(HoldBooking(actor=on.actor, quote_id=quote_id))
    for first in range(0, number, AT_ONCE):
        places = range(first, min(first + AT_ONCE, number))
        rows = rows_of(organization, booking.id, places, at)

        def store(connection: Connection, rows: Any = rows) -> None:
            for into, values in rows:
                connection.execute(insert(into), values)

        await on.container.database().write(store, of=organization)
    await on.analyze()


async def measure(name: str, url: str, number: int) -> list[Cell]:
    until = utc_now()
    since = until - timedelta(days=1)
    told = FakeGateways(ToldAtOnce(begin=since, number=number))
    container: Any = Container(settings=settings_for(url))
    container.payment_providers.gateways.override(providers.Object(told))
    async with stage(url, container) as on:
        await fill(on, number, since + timedelta(hours=1))
        reconcile = container.payments.reconcile()
        command = Reconcile(actor=on.actor, since=since, until=until)
        began, worked = time.perf_counter(), time.process_time()
        made = await reconcile(command)
        took, work = time.perf_counter() - began, time.process_time() - worked
        if [one.kind.value for one in made.findings] != EXPECTED:
            raise NotMeasured(str(made.findings))
        tracemalloc.start()  # it makes everything slow: not while time is taken
        await reconcile(command)
        peak = tracemalloc.get_traced_memory()[1] / MEBIBYTE
        tracemalloc.stop()
    return [name, number, took, work, number / took, peak]


async def run(number: int) -> None:
    rows = []
    with fresh_folder() as folder:
        rows.append(await measure("SQLite", f"sqlite:///{folder / 'account.db'}", number))
    with postgres_server(durable=True) as admin_url:
        async with fresh_postgres(admin_url) as url:
            rows.append(await measure("PostgreSQL", url, number))
    heading("Reconciliation of a day")
    table(["", "payments", "s", "s of CPU", "per s", "peak MiB"], rows)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reconciliation")
    parser.add_argument("--number", type=int, default=PAYMENTS)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run(parser.parse_args().number))


if __name__ == "__main__":
    main()
