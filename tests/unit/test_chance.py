"""Names made by chance: drawn many at a time, and none given out twice."""

import os

import pytest

from entrypoints.wiring.ambient import Chance, TimeOrderedIds

LENGTH = 16
MANY = 3 * Chance.AT_ONCE // LENGTH


def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many bytes the system was asked for, each time."""
    asked: list[int] = []
    real = os.urandom

    def urandom(size: int) -> bytes:
        asked.append(size)
        return real(size)

    monkeypatch.setattr(os, "urandom", urandom)
    return asked


def test_nothing_is_given_out_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, chance = drawn(monkeypatch), Chance()
    given = [chance(LENGTH) for _ in range(MANY)]
    assert {len(one) for one in given} == {LENGTH}
    assert len(set(given)) == MANY
    assert asked == [Chance.AT_ONCE] * 3


def test_as_much_as_is_asked_for_at_once() -> None:
    assert len(Chance()(2 * Chance.AT_ONCE)) == 2 * Chance.AT_ONCE


def test_a_process_that_is_forked_is_given_other_ones() -> None:
    chance = Chance()
    chance(LENGTH)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, chance(LENGTH))
        os._exit(0)
    ours = chance(LENGTH)
    os.waitpid(child, 0)
    theirs = os.read(reading, LENGTH)
    os.close(reading)
    os.close(writing)
    assert len(theirs) == LENGTH
    assert ours != theirs


def test_identifiers_ascend_and_say_what_they_are() -> None:
    new_id = TimeOrderedIds()
    ids = [new_id() for _ in range(10_000)]
    assert ids == sorted(set(ids))
    assert {id.version for id in ids} == {7}
    assert {id.variant for id in ids} == {"specified in RFC 4122"}
