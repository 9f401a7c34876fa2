"""A desk whose bookings are counted, as the worker counts them."""

from typing import Any

from application.analytics.booking_facts import CountBookings
from application.kernel.subscribers import Subscriber
from tests.http.desk import Desk

OVERVIEW = "/v1/analytics/bookings/overview"
TIMELINE = "/v1/analytics/bookings/timeline"
BEHIND = "/v1/analytics/bookings/behind"
REVENUE = "/v1/analytics/revenue/overview"
REVENUE_TIMELINE = "/v1/analytics/revenue/timeline"
MARCH = {"from": "2027-03-01T00:00:00Z", "until": "2027-04-01T00:00:00Z", "zone": "Europe/Lisbon"}


async def hear(desk: Desk, *subscribers: Subscriber) -> None:
    """What has happened is heard by those, and then by whoever counts."""
    for subscriber in (*subscribers, CountBookings()):
        await desk.relay()
        organization_id = desk.actor.organization_id
        await desk.container.event_relay().deliver(subscriber, organization_id, limit=1000)


async def asked(desk: Desk, path: str, **changes: str) -> Any:
    answer = await desk.get(path, params={**MARCH, **changes})
    assert answer.status_code == 200, answer.text
    return answer.json()
