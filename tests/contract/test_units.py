"""Single units: nobody has one at the same time as somebody else, and none is left over."""

from collections import Counter
from collections.abc import Sequence
from random import Random

import attrs
import pytest
from sqlalchemy import Connection, insert, update
from sqlalchemy.exc import IntegrityError

from adapters.schema.units import unit_claims
from application.kernel.ports import Stale
from domain.inventory.units import Minutes, NoUnitFree, UnitNotFound
from domain.kernel.claims import IntervalClaim
from domain.kernel.identifiers import HoldId, UnitId
from tests.contract.crowds import race, until_decided
from tests.contract.fleets import (
    FLEET,
    claimed,
    hold,
    hours,
    overlaps,
    put_in_use,
    some,
    unit_id,
)
from tests.contract.storages import SqlStorage, Storage, Work
from tests.samples import DESK, FIRST_AID, NOW, OTHER_DESK

pytestmark = pytest.mark.anyio

HOURS = 200
"""In the benchmark there are 1,600: `python -m benchmarks units`."""


async def take(storage: Storage, number: int, first: float, until: float) -> None:
    await storage.work(
        DESK, lambda work: work.inventory.take_any(hold(number), some(first, until))
    )


async def choose(
    storage: Storage, who: HoldId, *unit_ids: UnitId, first: float
) -> Sequence[UnitId]:
    """For two hours; those that could not be had."""
    period = hours(first, first + 2)
    return await storage.work(DESK, lambda work: work.units.claim(who, unit_ids, period))


async def test_a_unit_is_had_by_one_after_the_other(storage: Storage) -> None:
    await put_in_use(storage)
    for number in range(3):
        await take(storage, number, number, number + 1)

    assert [claim.hold_id for claim in await claimed(storage)] == [hold(n) for n in range(3)]


@pytest.mark.parametrize(
    ("first", "until"), [(2, 4), (1, 3), (3, 5), (2.5, 3.5), (1, 5), (3.99, 9)]
)
async def test_whoever_comes_second_is_refused(
    storage: Storage, first: float, until: float
) -> None:
    await put_in_use(storage)
    await take(storage, 1, 2, 4)

    with pytest.raises(NoUnitFree) as refused:
        await take(storage, 2, first, until)

    wanted = hours(first, until)
    assert attrs.astuple(refused.value) == (FLEET, wanted.starts_at, wanted.ends_at)
    assert [claim.hold_id for claim in await claimed(storage)] == [hold(1)]


async def test_all_of_a_fleet_is_given_out(storage: Storage) -> None:
    await put_in_use(storage, units=5)
    for number in range(5):
        await take(storage, number, 0, 1)
    with pytest.raises(NoUnitFree):
        await take(storage, 5, 0, 1)

    assert {claim.unit_id for claim in await claimed(storage)} == {unit_id(n) for n in range(5)}


async def test_one_hold_may_have_several_all_or_none(storage: Storage) -> None:
    await put_in_use(storage, units=2)
    other = IntervalClaim(resource_id=FIRST_AID.id, period=hours(0, 1))
    await storage.work(
        DESK, lambda work: work.inventory.take_units(hold(1), (*some(0, 1), other, *some(0, 1)))
    )
    assert len(await claimed(storage)) == 3

    with pytest.raises(NoUnitFree):
        await storage.work(
            DESK, lambda work: work.inventory.take_any(hold(2), (*some(1, 2), other))
        )
    assert len(await claimed(storage)) == 3


async def test_what_is_out_of_use_is_given_to_nobody_else(storage: Storage) -> None:
    await put_in_use(storage)
    await take(storage, 1, 0, 1)

    def retire(work: Work) -> None:
        work.units.save(work.units.get(unit_id(0)).retire(now=NOW))

    await storage.work(DESK, retire)

    with pytest.raises(NoUnitFree):
        await take(storage, 2, 5, 6)
    refused = await choose(storage, hold(2), unit_id(0), first=5)
    assert refused == [unit_id(0)]
    assert [claim.hold_id for claim in await claimed(storage)] == [hold(1)]


async def test_a_unit_may_be_chosen(storage: Storage) -> None:
    await put_in_use(storage, units=3)
    await choose(storage, hold(1), unit_id(2), first=0)

    refused = await choose(storage, hold(2), unit_id(77), unit_id(2), unit_id(0), first=1)

    assert refused == [unit_id(2), unit_id(77)]
    assert {(claim.hold_id, claim.unit_id) for claim in await claimed(storage)} == {
        (hold(1), unit_id(2)),
        (hold(2), unit_id(0)),
    }
    two = [unit_id(2), unit_id(0)]
    found = await storage.work(DESK, lambda work: work.units.several(two))
    assert [unit.id for unit in found] == two
    with pytest.raises(UnitNotFound):
        await storage.work(DESK, lambda work: work.units.several([unit_id(0), unit_id(77)]))


async def test_what_is_given_back_can_be_had_again(storage: Storage) -> None:
    await put_in_use(storage)
    await take(storage, 1, 0, 2)
    await take(storage, 2, 2, 4)
    for _ in range(2):
        await storage.work(DESK, lambda work: work.inventory.give_back([hold(1)]))
    await take(storage, 3, 1, 2)
    await storage.work(DESK, lambda work: work.units.release(hold(3)))
    await take(storage, 4, 0, 2)

    assert [claim.hold_id for claim in await claimed(storage)] == [hold(4), hold(2)]


async def test_a_hold_may_move_within_one_transaction(storage: Storage) -> None:
    await put_in_use(storage)
    await take(storage, 1, 0, 2)

    def move(work: Work) -> None:
        work.units.release(hold(1))
        work.inventory.take_units(hold(1), some(1, 3))

    await storage.work(DESK, move)

    assert [claim.minutes for claim in await claimed(storage)] == [Minutes.of(hours(1, 3))]


async def test_units_are_kept_with_what_happened_to_them(storage: Storage) -> None:
    await put_in_use(storage)

    def look(work: Work) -> None:
        unit = work.units.get(unit_id(0))
        assert (unit.label, unit.resource_id, unit.retired, unit.version) == ("0", FLEET, False, 1)
        retired = work.units.save(unit.retire(now=NOW))
        assert retired.version == 2
        with pytest.raises(UnitNotFound):
            work.units.get(unit_id(5))

    await storage.work(DESK, look)
    unit = await storage.work(DESK, lambda work: work.units.get(unit_id(0)))
    assert unit.retired
    with pytest.raises(Stale):
        await storage.work(DESK, lambda work: work.units.save(attrs.evolve(unit, version=1)))
    assert (await storage.events())[-1] == "unit_withdrawn"


async def test_organizations_do_not_share_units(storage: Storage) -> None:
    await put_in_use(storage)

    with pytest.raises(NoUnitFree):
        await storage.work(OTHER_DESK, lambda work: work.inventory.take_units(hold(1), some(0, 1)))
    with pytest.raises(UnitNotFound):
        await storage.work(OTHER_DESK, lambda work: work.units.get(unit_id(0)))
    theirs = await storage.work(
        OTHER_DESK, lambda work: work.units.claim(hold(1), [unit_id(0)], hours(0, 1))
    )
    assert theirs == [unit_id(0)]


async def test_one_car_is_sold_for_every_hour_there_is(storage: Storage) -> None:
    """Passing over what somebody else is about to claim would leave most of them unsold."""
    await put_in_use(storage)
    wanted = list(range(HOURS))
    Random(1).shuffle(wanted)

    async def customer(number: int) -> None:
        for hour in wanted[number::16]:
            await take(storage, hour, hour, hour + 1)

    assert await race([customer(number) for number in range(16)]) == [None] * 16
    claims = await claimed(storage)
    assert len(claims) == HOURS
    assert overlaps(claims) == 0


@pytest.mark.parametrize("seed", range(2))
async def test_whatever_is_asked_for_nothing_overlaps(storage: Storage, seed: int) -> None:
    await put_in_use(storage, units=3)

    async def customer(number: int) -> Counter[type]:
        chance, came = Random(seed * 100 + number), Counter[type]()
        for place in range(12):
            first = chance.randrange(48)
            until = first + chance.randint(1, 6)
            try:
                await until_decided(
                    lambda: take(storage, number * 100 + place, first, until)  # noqa: B023
                )
            except NoUnitFree:
                came[NoUnitFree] += 1
            else:
                came[type(None)] += 1
        return came

    outcomes = await race([customer(number) for number in range(16)])

    came = sum((each for each in outcomes if isinstance(each, Counter)), Counter[type]())
    claims = await claimed(storage)
    assert came.total() == 16 * 12
    assert came[type(None)] == len(claims) > 0
    assert overlaps(claims) == 0


async def test_whoever_is_refused_really_found_nothing(storage: Storage) -> None:
    """As many as there are units ask for the same hour, many times at once: nobody is refused."""
    await put_in_use(storage, units=8)
    for hour in range(5):
        outcomes = await race(
            [
                until_decided(lambda n=number: take(storage, n, hour, hour + 1))  # type: ignore[misc]  # noqa: B023
                for number in range(hour * 8, hour * 8 + 8)
            ]
        )
        assert outcomes == [None] * 8


async def test_the_table_refuses_whoever_does_not_look(sql: SqlStorage) -> None:
    await put_in_use(sql, units=2)
    await take(sql, 1, 2, 4)
    (first,) = await claimed(sql)
    number = await sql.database.read(
        lambda it: (
            it.execute(
                unit_claims.select().where(unit_claims.c.organization_id == DESK.organization_id)
            )
            .one()
            .number
        ),
        of=DESK.organization_id,
    )
    values = {
        "organization_id": DESK.organization_id,
        "unit_id": first.unit_id,
        "number": number,
        "hold_id": hold(2),
    }

    def claim(minutes: Minutes) -> object:
        def run(connection: Connection) -> None:
            connection.execute(
                insert(unit_claims).values(
                    **values, first_minute=minutes.first, until_minute=minutes.until
                )
            )

        return run

    with pytest.raises(IntegrityError):
        await sql.database.write(claim(Minutes.of(hours(3, 5))), of=DESK.organization_id)  # type: ignore[arg-type]
    await sql.database.write(claim(Minutes.of(hours(4, 5))), of=DESK.organization_id)  # type: ignore[arg-type]
    theirs = (
        unit_claims.c.organization_id == DESK.organization_id,
        unit_claims.c.hold_id == hold(2),
    )
    earlier = update(unit_claims).where(*theirs).values(first_minute=Minutes.of(hours(3, 5)).first)
    with pytest.raises(IntegrityError):
        await sql.database.write(
            lambda connection: connection.execute(earlier), of=DESK.organization_id
        )
    assert overlaps(await claimed(sql)) == 0
