"""`python -m benchmarks.vouchers`: from asking to pay, by way of 3-D Secure, to a voucher in hand.

A server and a worker, each a process; the customers are those of the simulated provider, who prove
at once who they are. It ends when the voucher is there as PDF.
"""

import argparse
import asyncio
import time
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import attrs
import httpx
import uvloop

from application.bookings.hold_booking import HoldBooking
from benchmarks.serving import NotMeasured
from benchmarks.stages import Stage, fresh_folder, fresh_postgres, settings_for, stage
from benchmarks.tables import Cell, heading, table
from benchmarks.webhooks import program
from domain.kernel.identifiers import BookingId
from entrypoints.wiring.container import Container
from tests.servers import at_the_desk, free_port, postgres_server

CUSTOMERS = 20
BAR, PATIENCE = 5.0, 60.0  # seconds
BETWEEN_LOOKS = 0.02
SHOP = {"return_url": "https://shop.example.com/thanks"}


@attrs.frozen
class Customer:
    http: httpx.AsyncClient

    async def buys(self, booking_id: BookingId) -> float:
        """How long it took."""
        began = time.perf_counter()
        begun = await self._sends(f"/v1/bookings/{booking_id}/payments", 201, SHOP)
        page = urlsplit(begun["next_action"]["redirect_url"]).path
        for choice in ("three_d_secure", "confirm"):
            await self.http.post(f"{page}/{choice}")
        paid = await self._sends(f"/v1/payments/{begun['payment']['id']}/continue", 200)
        if paid["payment"]["state"] != "captured":
            raise NotMeasured(str(paid))
        await self._is_given_the_voucher(booking_id, until=began + PATIENCE)
        return time.perf_counter() - began

    async def _is_given_the_voucher(self, booking_id: BookingId, *, until: float) -> None:
        while time.perf_counter() < until:
            papers = (await self.http.get(f"/v1/bookings/{booking_id}/papers")).json()["items"]
            for paper in papers:
                if paper["kind"] == "voucher":
                    printed = await self.http.get(f"/v1/papers/{paper['id']}/pdf")
                    if printed.content.startswith(b"%PDF-"):
                        return
            await asyncio.sleep(BETWEEN_LOOKS)
        raise NotMeasured(f"no voucher for {booking_id}")

    async def _sends(
        self, path: str, status: int, body: object = None
    ) -> dict[str, dict[str, str]]:
        headers = {"Idempotency-Key": str(uuid4())}
        answer = await self.http.post(path, json=body, headers=headers)
        if answer.status_code != status:
            raise NotMeasured(answer.text)
        told: dict[str, dict[str, str]] = answer.json()
        return told


async def held(on: Stage, number: int) -> list[BookingId]:
    room = (await on.add_nights(1)).id
    hold = on.container.bookings.hold_booking()
    quotes = [await on.quote(room) for _ in range(number)]
    return [(await hold(HoldBooking(actor=on.actor, quote_id=one))).id for one in quotes]


async def measure(name: str, url: str, folder: Path, number: int) -> list[Cell]:
    settings = attrs.evolve(settings_for(url), payments="simulator", data_dir=folder)
    async with stage(url, Container(settings=settings)) as on:
        bookings, port = await held(on, number + 1), free_port()
        options = {
            "FRONTDESK_DATABASE_URL": at_the_desk(url),
            "FRONTDESK_DATA_DIR": str(folder),
            "FRONTDESK_HTTP_PORT": str(port),
            "FRONTDESK_LOG_LEVEL": "ERROR",
            "FRONTDESK_PAYMENTS": "simulator",
            "FRONTDESK_PAYMENTS_PER_HOUR": "1000000",
        }
        headers = {"Authorization": f"Bearer {await on.key()}"}
        at = f"http://127.0.0.1:{port}"
        async with program(options, port), httpx.AsyncClient(base_url=at, headers=headers) as http:
            await Customer(http).buys(bookings[0])  # by then the worker has begun
            took = sorted([await Customer(http).buys(one) for one in bookings[1:]])
    return [name, number, took[len(took) // 2], took[-1], sum(one <= BAR for one in took)]


async def run(number: int) -> None:
    rows = []
    with fresh_folder() as folder:
        rows.append(
            await measure("SQLite", f"sqlite:///{folder / 'frontdesk.db'}", folder, number)
        )
    with postgres_server(durable=True) as admin_url, fresh_folder() as folder:
        async with fresh_postgres(admin_url) as url:
            rows.append(await measure("PostgreSQL", url, folder, number))
    heading("From asking to pay, by way of 3-D Secure, to the voucher")
    table(["", "customers", "p50 s", "longest s", f"within {BAR:.0f} s"], rows)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.vouchers", description=__doc__)
    parser.add_argument("--number", type=int, default=CUSTOMERS)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run(parser.parse_args().number))


if __name__ == "__main__":
    main()
