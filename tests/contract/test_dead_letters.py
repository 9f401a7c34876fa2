"""Events that a subscriber gave up on are heard after all once its trouble is cured."""

from uuid import uuid4

import attrs
import pytest

from adapters.repositories.dead_letters import SqlDeadLetters
from application.kernel.dead_letters import DeadLetter
from domain.kernel.identifiers import EventId
from tests.contract.crowds import at_the_doors, race, until_decided
from tests.contract.relays import Broken, Notes, numbered, relay_on, until_quiet
from tests.contract.storages import SqlStorage
from tests.fakes.time import Time
from tests.samples import DESK, NOW, OTHER_DESK

pytestmark = pytest.mark.anyio

MANY = 100


async def given_up(sql: SqlStorage, notes: Notes) -> SqlDeadLetters:
    time = Time(NOW)
    await numbered(sql, 3)
    await until_quiet(relay_on(sql.database, time), notes, time)
    return SqlDeadLetters(database=sql.database, new_id=uuid4)


async def letters_in(letters: SqlDeadLetters) -> list[DeadLetter]:
    assert await letters.of(OTHER_DESK.organization_id, limit=MANY) == []
    return list(await letters.of(DESK.organization_id, limit=MANY))


async def test_what_is_heard_at_last_has_its_effect_and_is_gone(sql: SqlStorage) -> None:
    notes = Notes(fails_at={1, 3})
    letters = await given_up(sql, notes)
    first, second = await letters_in(letters)
    assert (first.subscriber, first.event, first.error) == (
        "notes",
        next(iter(notes.hears)),
        "Broken",
    )
    assert await sql.jobs() == ["002"]

    notes.fails_at.clear()
    assert await letters.hear_again(first, notes)
    assert await letters_in(letters) == [second]
    assert await sql.jobs() == ["001", "002"]
    assert not await letters.hear_again(first, notes)
    assert await sql.jobs() == ["001", "002"]


async def test_what_fails_again_stays_without_any_effect(sql: SqlStorage) -> None:
    notes = Notes(fails_at={2})
    letters = await given_up(sql, notes)
    (letter,) = await letters_in(letters)

    with pytest.raises(Broken):
        await letters.hear_again(letter, notes)

    assert await letters_in(letters) == [letter]
    assert await sql.jobs() == ["001", "003"]


async def test_what_was_never_given_up_is_not_heard(sql: SqlStorage) -> None:
    notes = Notes(fails_at={2})
    letters = await given_up(sql, notes)
    (letter,) = await letters_in(letters)

    for stranger in (
        attrs.evolve(letter, event_id=EventId(uuid4())),
        attrs.evolve(letter, subscriber="others"),
        attrs.evolve(letter, organization_id=OTHER_DESK.organization_id),
    ):
        assert not await letters.hear_again(stranger, notes)
    assert await letters_in(letters) == [letter]


async def test_two_at_once_have_it_heard_once(sql: SqlStorage) -> None:
    notes = Notes(fails_at={2})
    letters = await given_up(sql, notes)
    (letter,) = await letters_in(letters)
    notes.fails_at.clear()

    await at_the_doors(sql.database)
    heard = await race(
        [until_decided(lambda: letters.hear_again(letter, notes)) for _ in range(2)]
    )
    assert sorted(map(bool, heard)) == [False, True]
    assert await sql.jobs() == ["001", "002", "003"]
