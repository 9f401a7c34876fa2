"""The checkers find what they are there to find."""

from collections.abc import Callable
from time import monotonic

import pytest

from adapters.sql.database import EVERYBODY
from tests.chaos import checks
from tests.chaos.conftest import Place
from tests.chaos.hotel import Hotel, program_at
from tests.chaos.journal import Journal, Kill, Told
from tests.chaos.planted import drop_second_wall
from tests.chaos.programs import Program, supervised
from tests.chaos.report import report
from tests.chaos.run import Chaos
from tests.chaos.stampede import stampede

pytestmark = pytest.mark.anyio

KILLS = {"server": 4}

Tell = Callable[[str], None]


def with_bug(bug: str) -> tuple[str, ...]:
    return ("tests.chaos.planted", bug)


async def found_by(place: Place, bug: str, seed: int, tell: Tell) -> set[str]:
    """The names of the checkers that found something."""
    hotel = await Hotel.opened(place.site, capacity=1)
    chaos = Chaos(site=place.site, hotel=hotel, seed=seed, kills=KILLS, serving=with_bug(bug))
    after = await chaos.run()
    tell(report(after))
    return {name for name, wrong in after.wrong.items() if wrong}


async def test_acknowledging_before_the_commit_is_found_by_the_set_checker(
    sqlite_place: Place, seed: int, tell: Tell
) -> None:
    assert "lost" in await found_by(sqlite_place, "acknowledges_before_commit", seed, tell)


async def test_answers_in_a_second_transaction_are_found_as_two_results_of_one_key(
    sqlite_place: Place, seed: int, tell: Tell
) -> None:
    assert "unexplained" in await found_by(sqlite_place, "stores_answers_later", seed, tell)


async def test_a_check_before_the_act_is_found_to_oversell(postgres_place: Place) -> None:
    site = postgres_place.site
    hotel = await Hotel.opened(site, capacity=20)
    container = program_at(site)
    async with container.owned_database()() as owner:
        await owner.write(drop_second_wall, of=EVERYBODY)
    server = Program(site, "serve", instead=with_bug("checks_then_acts"))
    async with supervised(server):
        journal = await stampede(site, hotel, clients=32, attempts=100)

    assert checks.oversold(journal, hotel)


def test_kills_without_anything_under_way_are_vacuous() -> None:
    journal = Journal()
    refused, done = journal.begin("/v1/holds", None), journal.begin("/v1/holds", None)
    journal.answered(refused, told(409), sent_at=monotonic())
    journal.answered(done, told(201), sent_at=monotonic())
    idle, harmless, harmful = (
        Kill(victim=name, at=0, in_flight=writes, letters=0)
        for name, writes in (("idle", ()), ("harmless", (refused,)), ("harmful", (refused, done)))
    )

    assert checks.vacuous([idle, harmless, harmful]) == checks.vacuous([idle, harmless])
    assert len(checks.vacuous([idle, harmless])) == 2


def told(status: int) -> Told:
    return Told(status=status, body={}, tag=None, replayed=False)
