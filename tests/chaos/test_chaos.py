"""Processes die at any moment, and nothing that anybody was told becomes untrue."""

from collections.abc import Callable

import pytest

from tests.chaos.aftermath import Aftermath
from tests.chaos.conftest import Place
from tests.chaos.hotel import Hotel
from tests.chaos.run import Chaos

pytestmark = pytest.mark.anyio


async def test_what_was_acknowledged_survives(
    place: Place, kills: int, payments: int, seed: int, conclude: Callable[[str, Aftermath], None]
) -> None:
    hotel = await Hotel.opened(place.site, capacity=1)
    victims = ["server", "worker", "stalled server", "stalled worker"]
    victims += [] if place.database is None else ["database", "redis"]
    chaos = Chaos(
        site=place.site,
        hotel=hotel,
        seed=seed,
        kills=dict.fromkeys(victims, kills),
        database=place.database,
        redis=place.redis,
        payments=payments,
    )

    after = await chaos.run()

    conclude("SQLite" if place.database is None else "PostgreSQL", after)
    assert not {name: wrong for name, wrong in after.wrong.items() if wrong}
    # While the database is away a program does not start; otherwise none ends by itself.
    assert place.database is not None or after.falls == {"server": [], "worker": []}
    assert place.redis is None or place.redis.asked
    assert after.exits == {"server": 0, "worker": 0}
