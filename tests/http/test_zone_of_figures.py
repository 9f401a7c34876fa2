"""One clock for all figures: that of the desk, unless another is named."""

from typing import Any

import pytest

from tests.http.desk import Desk

pytestmark = pytest.mark.anyio

MAY = {"from": "2027-05-01T00:00:00Z", "until": "2027-05-03T00:00:00Z", "interval": "day"}
SHOWN = (
    "calls/volume",
    "bookings/overview",
    "bookings/timeline",
    "revenue/overview",
    "revenue/timeline",
)


async def test_days_begin_when_they_do_at_the_desk(desk: Desk) -> None:
    said: dict[str, Any] = {"json": {"value": "Asia/Kathmandu"}, "headers": {"If-Match": "*"}}
    assert (await desk.send("PUT", "/v1/settings/desk.zone", **said)).status_code == 200

    for name in SHOWN:
        asked = MAY if "overview" not in name else {"from": MAY["from"]}
        path = f"/v1/analytics/{name}"
        usual = await desk.get(path, params={**asked, "until": MAY["until"]})
        other = await desk.get(path, params={**asked, "until": MAY["until"], "zone": "UTC"})
        assert (usual.json()["zone"], other.json()["zone"]) == ("Asia/Kathmandu", "UTC")

    exported = {"report": "call_volume", "format": "csv", **MAY}
    export = await desk.post("/v1/exports", exported)
    assert export.json()["zone"] == "Asia/Kathmandu"
