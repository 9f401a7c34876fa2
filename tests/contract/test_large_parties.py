"""Large parties who want the same places at once: one has them, and nobody waits in a circle."""

from collections import Counter
from collections.abc import Awaitable, Sequence
from random import Random

import pytest
from sqlalchemy import literal_column, select

from adapters.schema.inventory import exclusive_claims
from domain.inventory.pools import AlreadyTaken
from domain.kernel.claims import ExclusiveClaim
from domain.kernel.identifiers import HoldId
from tests.contract.crowds import race
from tests.contract.storages import SqlStorage, Storage, Work, put_on_sale
from tests.samples import DESK, FIRST_AID, held

pytestmark = pytest.mark.anyio

ROUNDS = 5


def party(number: int) -> HoldId:
    return held(id=number).hold_id


def places(number: int, *, row: int) -> list[ExclusiveClaim]:
    return [
        ExclusiveClaim(resource_id=FIRST_AID.id, what="seat", name=f"{row}-{place:02}")
        for place in range(number)
    ]


async def take(storage: Storage, hold_id: HoldId, wanted: Sequence[ExclusiveClaim]) -> None:
    def take(work: Work) -> None:
        work.inventory.take_exclusively(hold_id, wanted)

    await storage.work(DESK, take)


@pytest.mark.parametrize("number", [2, 25, 60])
async def test_places_are_written_in_one_order(sql: SqlStorage, number: int) -> None:
    await put_on_sale(sql)
    wanted = places(number, row=1)
    await take(sql, party(1), Random(number).sample(wanted, number))

    sqlite = sql.database.engine.dialect.name == "sqlite"
    written = (
        select(exclusive_claims.c.name)
        .where(exclusive_claims.c.organization_id == DESK.organization_id)
        .order_by(literal_column("rowid" if sqlite else "ctid"))
    )
    found = await sql.database.read(
        lambda connection: connection.execute(written).scalars().all(), of=DESK.organization_id
    )

    assert found == [claim.name for claim in wanted]


@pytest.mark.usefixtures("crowded")
async def test_parties_of_all_sizes_want_the_same_places(storage: Storage) -> None:
    await put_on_sale(storage)
    chance = Random(3)
    for row in range(ROUNDS):
        parties = [places(number, row=row) for number in (60, 25, 60, 25, 60, 25)]
        for wanted in parties:
            chance.shuffle(wanted)
        outcomes = await race(
            [take(storage, party(place), wanted) for place, wanted in enumerate(parties, 1)]
        )
        assert Counter(map(type, outcomes)) == {type(None): 1, AlreadyTaken: 5}


@pytest.mark.usefixtures("crowded")
async def test_two_bookings_of_one_party_are_taken_in_the_order_of_everybody_else(
    storage: Storage,
) -> None:
    await put_on_sale(storage)

    def both(
        first: int, second: int, wanted: Sequence[Sequence[ExclusiveClaim]]
    ) -> Awaitable[None]:
        def take(work: Work) -> None:
            work.inventory.take_exclusively(party(first), wanted[0])
            work.inventory.take_exclusively(party(second), wanted[1])

        return storage.work(DESK, take)

    for row in range(ROUNDS):
        half, other = places(30, row=2 * row), places(30, row=2 * row + 1)
        outcomes = await race([both(1, 2, (half, other)), both(3, 4, (other, half))])
        assert Counter(map(type, outcomes)) == {type(None): 1, AlreadyTaken: 1}


@pytest.mark.usefixtures("crowded")
async def test_two_parties_of_sixty_want_each_others_places(storage: Storage) -> None:
    await put_on_sale(storage)
    theirs = {party(number): places(60, row=number) for number in (1, 2)}
    for hold_id, had in theirs.items():
        await take(storage, hold_id, had)

    async def swap(hold_id: HoldId, wanted: Sequence[ExclusiveClaim]) -> None:
        def swap(work: Work) -> None:
            work.inventory.swap_exclusively(hold_id, before=theirs[hold_id], after=wanted)

        await storage.work(DESK, swap)

    one, two = theirs
    free = places(60, row=3)
    for _ in range(ROUNDS):
        outcomes = await race([swap(one, theirs[two]), swap(two, theirs[one][::-1])])
        assert [type(outcome) for outcome in outcomes] == [AlreadyTaken] * 2
    outcomes = await race([swap(one, free), swap(two, free[::-1])])
    assert Counter(map(type, outcomes)) == {type(None): 1, AlreadyTaken: 1}
