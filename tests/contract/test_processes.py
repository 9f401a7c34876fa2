"""Several processes sell the same rooms, as several hosts would."""

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import anyio
import pytest

from tests.contract.databases import opened
from tests.contract.storages import put_on_sale, sql_storage, taken
from tests.samples import night, quote

pytestmark = pytest.mark.anyio

PROCESSES, ATTEMPTS, CAPACITY = 4, 100, 50
ROOT = Path(__file__).parents[2]


def compete(url: str) -> list[tuple[int, int]]:
    """How many bookings each process got, and how often it was told that there are none."""
    command = [sys.executable, "-m", "tests.contract.customers"]
    arguments = [url, str(quote().id), str(ATTEMPTS)]
    with ExitStack() as running:
        processes = [
            running.enter_context(
                subprocess.Popen(  # noqa: S603
                    [*command, *arguments],
                    cwd=ROOT,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for _ in range(PROCESSES)
        ]
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        answers = [process.communicate(timeout=60)[0].split() for process in processes]
    assert [process.returncode for process in processes] == [0] * PROCESSES
    return [(int(held), int(sold_out)) for held, sold_out in answers]


async def test_four_processes_sell_fifty_rooms_once(storage_url: str) -> None:
    async with opened(storage_url) as database:
        storage = sql_storage(database)
        await put_on_sale(storage, capacity=CAPACITY)

        outcomes = await anyio.to_thread.run_sync(compete, storage_url)

        assert sum(held for held, _ in outcomes) == CAPACITY
        assert sum(sold_out for _, sold_out in outcomes) == PROCESSES * ATTEMPTS - CAPACITY
        assert await taken(storage) == {night(1): CAPACITY, night(2): CAPACITY}
        assert (await storage.events()).count("booking_held") == CAPACITY
