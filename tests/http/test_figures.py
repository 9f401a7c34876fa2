"""What requests leave on the page of figures: routes, and never what was in an address."""

from collections.abc import AsyncIterator

import pytest
from prometheus_client import generate_latest

from tests.fakes.time import Time
from tests.http.desk import NOW, Desk, program
from tests.unit.test_page_of_figures import samples

pytestmark = pytest.mark.anyio

REQUESTS = "http_server_request_duration_seconds_count"
NOWHERE = "01940000-0000-7000-8000-000000000000"


@pytest.fixture
async def watched(sqlite_url: str) -> AsyncIterator[Desk]:
    """Nobody reads the page, so its port is never opened."""
    clock = Time(NOW)
    async with program(sqlite_url, clock, metrics_port=1) as container:
        yield await Desk.opened(container, clock)


async def test_requests_are_told_by_route_and_use_cases_by_outcome(watched: Desk) -> None:
    await watched.get("/v1/resources")
    await watched.get(f"/v1/bookings/{NOWHERE}")
    await watched.get(f"/nowhere/{NOWHERE}")

    page = generate_latest(watched.container.telemetry.page().registry).decode()

    told = samples(page)
    assert told[REQUESTS, ("GET", "200", "/v1/resources")] == 1
    assert told[REQUESTS, ("GET", "404", "/v1/bookings/{booking_id}")] == 1
    assert told[REQUESTS, ("GET", "404", "no route")] == 1
    assert told["frontdesk_http_request_statements_sum", ("/v1/resources",)] >= 1
    assert told["frontdesk_use_cases_total", ("done", "CreateOrganization")] == 1
    assert told["frontdesk_cache_lookups_total", ("credentials", "hit")] >= 1
    assert NOWHERE not in page
    assert str(watched.actor.organization_id) not in page
