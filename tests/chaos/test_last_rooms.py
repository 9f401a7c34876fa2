"""Four processes sell the last fifty rooms of a night to whoever asks first."""

from collections import Counter

import httpx
import pytest
from anyio import to_thread

from tests.chaos import checks
from tests.chaos.conftest import Place
from tests.chaos.hotel import Hotel
from tests.chaos.programs import FreshProgram, supervised
from tests.chaos.stampede import stampede
from tests.servers import free_port
from tests.unit.test_page_of_figures import samples

pytestmark = pytest.mark.anyio

HOLDS = "http_server_request_duration_seconds_count"
PROCESSES, CLIENTS, ATTEMPTS, CAPACITY = 4, 64, 500, 50


async def test_exactly_what_there_is_is_sold(place: Place) -> None:
    hotel = await Hotel.opened(place.site, capacity=CAPACITY)
    port = free_port()
    server = FreshProgram(
        place.site,
        "serve",
        HTTP_PROCESSES=str(PROCESSES),
        METRICS_PORT=str(port),
    )
    async with supervised(server):
        journal = await stampede(place.site, hotel, clients=CLIENTS, attempts=ATTEMPTS)
        page = await to_thread.run_sync(httpx.get, f"http://127.0.0.1:{port}/metrics")

    answers = Counter(
        (write.told.status, write.told.body.get("state") or write.told.body.get("code"))
        for write in journal.writes[1:]
        if write.told
    )
    assert answers == {
        (201, "held"): CAPACITY,
        (200, "confirmed"): CAPACITY,
        (409, "sold_out"): ATTEMPTS - CAPACITY,
    }
    told = samples(page.text)
    holds = {labels: number for (name, labels), number in told.items() if name == HOLDS}
    assert holds["POST", "201", "/v1/holds"] == CAPACITY
    assert holds["POST", "409", "/v1/holds"] == ATTEMPTS - CAPACITY
    assert told["frontdesk_processes", ()] == PROCESSES
    assert checks.oversold(journal, hotel) == []
    code, said = place.site.run("verify")
    assert code == 0, said
