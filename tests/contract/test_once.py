"""One key, one effect: the same answer to the byte, however often and from however many."""

from collections import Counter

import pytest

from application.bookings.hold_booking import HoldBooking
from application.kernel.once import Answer, KeyReused, Once, Replayed
from application.kernel.ports import Stale
from domain.bookings.booking import Booking
from domain.bookings.life import BookingNotFound
from domain.kernel.actors import Actor
from tests.contract.crowds import race, until_decided, use_cases
from tests.contract.storages import Storage, Work, put_on_sale, taken
from tests.samples import COLLEAGUE, DESK, OTHER_DESK, held, night, quote

pytestmark = pytest.mark.anyio

BYTES = bytes(range(256))


def in_words(booking: Booking) -> Answer:
    return Answer(
        status=201,
        headers=(("location", f"/bookings/{booking.id}"), ("etag", '"1"'), ("x-ö", "é\n")),
        body=BYTES + booking.reference.text.encode(),
    )


def once(key: str = "a key", fingerprint: bytes = b"0" * 32) -> Once[Booking]:
    return Once(key=key, fingerprint=fingerprint, answer=in_words)


def saving(number: int = 1) -> Booking:
    return held(id=number)


async def save(
    storage: Storage, number: int = 1, *, actor: Actor = DESK, under: Once[Booking] | None
) -> Booking:
    return await storage.work(actor, lambda work: work.bookings.save(saving(number)), once=under)


async def test_the_second_time_the_first_answer_is_replayed_to_the_byte(storage: Storage) -> None:
    first = await save(storage, under=once())

    for _ in range(2):
        with pytest.raises(Replayed) as replayed:
            await save(storage, 2, under=once())
        assert replayed.value.answer == in_words(first)
    assert await storage.events() == ["booking_held"]


async def test_a_key_stands_for_one_request(storage: Storage) -> None:
    await save(storage, under=once())

    with pytest.raises(KeyReused):
        await save(storage, 2, under=once(fingerprint=b"1" * 32))
    with pytest.raises(Replayed):
        await save(storage, 2, under=once())


async def test_another_key_is_another_effect(storage: Storage) -> None:
    await save(storage, 1, under=once("one"))
    await save(storage, 2, under=once("One"))
    await save(storage, 3, under=once("one "))

    assert await storage.events() == ["booking_held"] * 3


async def test_the_same_key_of_somebody_else_is_another_key(storage: Storage) -> None:
    await save(storage, 1, actor=DESK, under=once())
    await save(storage, 2, actor=COLLEAGUE, under=once(fingerprint=b"1" * 32))
    await save(storage, 1, actor=OTHER_DESK, under=once(fingerprint=b"2" * 32))

    assert await storage.events() == ["booking_held"] * 2
    assert await storage.events(OTHER_DESK) == ["booking_held"]


async def test_work_without_a_key_is_done_again(storage: Storage) -> None:
    await save(storage, 1, under=None)
    await save(storage, 2, under=None)

    assert await storage.events() == ["booking_held"] * 2


async def test_a_decision_that_failed_leaves_its_key_free(storage: Storage) -> None:
    def save_and_fail(work: Work) -> Booking:
        work.bookings.save(saving())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await storage.work(DESK, save_and_fail, once=once())

    await save(storage, under=once(fingerprint=b"1" * 32))
    assert await storage.events() == ["booking_held"]


async def test_an_answer_that_cannot_be_put_into_words_undoes_the_effect(storage: Storage) -> None:
    def fail(_: Booking) -> Answer:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await save(storage, under=Once(key="a key", fingerprint=b"0" * 32, answer=fail))

    with pytest.raises(BookingNotFound):
        await storage.work(DESK, lambda work: work.bookings.get(saving().id))
    await save(storage, under=once())


@pytest.mark.usefixtures("crowded")
async def test_a_crowd_with_one_key_holds_one_room(storage: Storage) -> None:
    await put_on_sale(storage, capacity=20)
    hold = use_cases(storage.work).hold
    command = HoldBooking(actor=DESK, quote_id=quote().id, once=once())

    outcomes = await race([hold(command) for _ in range(16)])

    kinds = Counter(type(outcome) for outcome in outcomes)
    assert kinds[Booking] == 1
    assert kinds.keys() <= {Booking, Replayed}
    assert await taken(storage) == {night(1): 1, night(2): 1}
    (winner,) = (outcome for outcome in outcomes if isinstance(outcome, Booking))

    again = await race([hold(command) for _ in range(16)])

    answers = {outcome.answer for outcome in (*outcomes, *again) if isinstance(outcome, Replayed)}
    assert answers == {in_words(winner)}
    assert {type(outcome) for outcome in again} <= {Replayed}
    with pytest.raises(Replayed):
        await hold(command)
    assert await taken(storage) == {night(1): 1, night(2): 1}


@pytest.mark.usefixtures("crowded")
async def test_of_many_requests_under_one_key_one_is_carried_out(storage: Storage) -> None:
    async def ask(number: int) -> Booking:
        under = once(fingerprint=bytes([number % 4]) * 32)
        return await until_decided(lambda: save(storage, number, under=under))

    outcomes = await race([ask(number) for number in range(1, 17)])

    kinds = Counter(type(outcome) for outcome in outcomes)
    assert kinds[Booking] == 1
    assert kinds.keys() <= {Booking, Replayed, KeyReused}
    assert await storage.events() == ["booking_held"]


async def test_overtaken_work_leaves_its_key_free(storage: Storage) -> None:
    await save(storage, under=None)

    with pytest.raises(Stale):
        await save(storage, under=once())

    assert (await save(storage, 2, under=once())).version == 1
