"""What one request sets up: a desk that sells, and one that answers calls."""

from typing import Any

from entrypoints.http.queue_shapes import ROUND_THE_CLOCK
from entrypoints.http.scorecard_shapes import MANNERS
from entrypoints.http.site_shapes import GUIDE
from entrypoints.http.trainer_shapes import EXAMPLE as TRAINER
from entrypoints.http.venue_shapes import EXAMPLE as VENUE
from tests.http.desk import NIGHTS, ROOMS, SESSION, TERMS, Desk

BERT: dict[str, Any] = {"email": "bert@example.com", "name": "Bert Brecht", "role": "viewer"}
TILL: dict[str, Any] = {"name": "Till", "mode": "live", "scopes": ["bookings:write"]}
TRAVEL_DESK: dict[str, Any] = {
    "organization": {"name": "Seaside"},
    "resources": [
        {**ROOMS, "sales_terms": TERMS, "openings": [{**NIGHTS, "capacity": 2}]},
        {**SESSION, "sales_terms": TERMS, "openings": [{"capacity": 12}]},
        {**ROOMS, "name": "Not on sale yet", "state": "draft"},
        {**ROOMS, "name": "With breakfast", "stock_of": 0, "sales_terms": TERMS},
    ],
    "venues": [VENUE],
    "trainers": [TRAINER],
    "members": [BERT],
    "api_keys": [TILL],
}
ANA: dict[str, Any] = {
    "name": "Ana Sousa",
    "kind": "person",
    "member": 0,
    "extension": "101",
    "skills": ["german"],
    "departments": ["billing"],
    "level": 2,
}
BOT: dict[str, Any] = {"name": "Night desk", "kind": "bot", "api_key": 0, "extension": "102"}
CALL_DESK: dict[str, Any] = {
    "members": [{"email": "ana@example.com", "name": "Ana Sousa", "role": "viewer"}],
    "api_keys": [{"name": "Bot", "mode": "live", "scopes": ["calls:own"]}],
    "settings": [
        {"key": "holds.minutes", "value": 30},
        {"key": "calls.wrap_up", "value": True},
        {"key": "holds.minutes", "value": 20},
    ],
    "agents": [ANA, BOT],
    "queues": [ROUND_THE_CLOCK],
    "dispositions": [{"label": "Booked"}, {"label": "Wants to be rung back"}],
    "scorecards": [MANNERS, {**MANNERS, "title": "To come", "active": False}],
    "sites": [GUIDE, {**GUIDE, "title": "At once", "crawl": True}],
}
LISTS = ("agents", "queues", "dispositions", "scorecards", "sites")


def changed(whole: dict[str, Any], part: str, place: int, **changes: Any) -> dict[str, Any]:
    """The whole, with one thing different."""
    parts = list(whole[part])
    parts[place] = {**parts[place], **changes}
    return {**whole, part: parts}


def twice(whole: dict[str, Any], part: str) -> dict[str, Any]:
    """The whole, with the first of that part once more at the end."""
    return {**whole, part: [*whole[part], whole[part][0]]}


async def there(desk: Desk) -> dict[str, int]:
    """How much there is of each part."""
    counted = {part: len((await desk.get(f"/v1/{part}")).json()["items"]) for part in LISTS}
    settings = (await desk.get("/v1/settings")).json()["items"]
    own = [one for one in settings if one["source"] == "organization"]
    members = (await desk.get("/v1/members")).json()["items"]
    return {**counted, "settings": len(own), "members": len(members)}
