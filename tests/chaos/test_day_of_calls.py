"""A day of calls through the simulator, with news astray and workers that die.

`pytest tests/chaos/test_day_of_calls.py --chaos-calls=2000 --chaos-database=postgres` is a whole
one.
"""

from collections.abc import Callable

import pytest

from tests.chaos.conftest import Place
from tests.chaos.day import Day

pytestmark = pytest.mark.anyio

KILLS = 1


async def test_every_call_ends_and_nobody_is_forgotten(
    chosen_place: Place, calls: int, seed: int, tell: Callable[[str], None]
) -> None:
    evening = await Day(site=chosen_place.site, calls=calls, kills=KILLS, seed=seed).run()

    tell(evening.report())
    assert not {name: wrong for name, wrong in evening.wrong.items() if wrong}
    assert evening.falls == []
    assert set(evening.exits) == {0}
