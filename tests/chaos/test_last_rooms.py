"""Four processes sell the last fifty rooms of a night to whoever asks first."""

from collections import Counter

import pytest

from tests.chaos import checks
from tests.chaos.conftest import Place
from tests.chaos.hotel import Hotel
from tests.chaos.programs import COMMAND, Program, supervised
from tests.chaos.stampede import stampede

pytestmark = pytest.mark.anyio

PROCESSES, CLIENTS, ATTEMPTS, CAPACITY = 4, 64, 500, 50


async def test_exactly_what_there_is_is_sold(place: Place) -> None:
    hotel = await Hotel.opened(place.site, capacity=CAPACITY)
    server = Program(place.site, "serve", module=COMMAND, HTTP_PROCESSES=str(PROCESSES))
    async with supervised(server):
        journal = await stampede(place.site, hotel, clients=CLIENTS, attempts=ATTEMPTS)

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
    assert checks.oversold(journal, hotel) == []
    code, said = place.site.run("verify")
    assert code == 0, said
