"""What the simulated provider sends arrives, signed, in the end; not always once, or in order."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

import attrs
import pytest

from adapters.signing.signatures import SignedNotifications
from adapters.simulator.deliveries import SIGNATURE, Deliveries
from adapters.simulator.messages import event_in
from adapters.simulator.whims import Fault, Whims, WhimsicalGateway
from application.kernel.secrets import Secret
from application.payments.gateway import PaymentGateway, ProviderUnavailable
from tests.simulators import NOON, Simulation
from tests.unit.test_simulator import ask

pytestmark = pytest.mark.anyio

SECRETS = [Secret("whsec_new"), Secret("whsec_old")]


class Killed(BaseException):
    """Nothing that anybody catches."""


@attrs.define
class Door:
    """Answers what it is told to, and keeps what it was sent."""

    statuses: list[int | None] = attrs.field(factory=list)
    taken: list[tuple[str, bytes, str]] = attrs.field(factory=list)
    killed: bool = False

    async def __call__(self, url: str, body: bytes, headers: Mapping[str, str], /) -> int:
        status = self.statuses.pop(0) if self.statuses else 200
        if status is None:
            raise Killed if self.killed else ConnectionRefusedError
        if status == 200:
            self.taken.append((url, body, headers[SIGNATURE]))
        return status

    @property
    def ids(self) -> list[str]:
        return [event_in(body).id for _, body, _ in self.taken]


async def address_of(account: str) -> str:
    return f"https://desk.example.com/v1/provider-events/simulator/{account}"


def never() -> bool:
    return False


def deliveries(
    simulation: Simulation, door: Door, *, astray: Callable[[], bool] = never
) -> Deliveries:
    return Deliveries(
        of=simulation.provider,
        address_of=address_of,
        secrets=lambda: SECRETS,
        post=door,
        astray=astray,
    )


async def paid(simulation: Simulation, card: str = "success") -> None:
    payment = await simulation.gateway().start(ask(), key=str(uuid4()))
    await simulation.chooses(payment, card)


@pytest.fixture
def simulation(tmp_path: Path) -> Simulation:
    return Simulation.at(tmp_path)


async def test_events_come_once_signed_with_every_secret(simulation: Simulation) -> None:
    door = Door()
    await paid(simulation)
    deliver = deliveries(simulation, door)

    assert [await deliver(), await deliver()] == [2, 0]
    for url, body, signature in door.taken:
        assert url == "https://desk.example.com/v1/provider-events/simulator/one"
        for secret in SECRETS:
            known = SignedNotifications(secrets=partial(list, [secret]), read=event_in)
            assert known.event_of(body, signature, now=NOON).type.startswith("payment_intent.")


@pytest.mark.parametrize("status", [None, 302, 404, 503])
async def test_they_are_tried_again_less_and_less_often(
    simulation: Simulation, status: int | None
) -> None:
    door = Door([status] * 3)
    await simulation.gateway().start(ask(), key="1")
    deliver = deliveries(simulation, door)

    found = []
    for _ in range(9):
        found.append(await deliver())
        simulation.time.passes(timedelta(seconds=1))

    assert found == [1, 1, 0, 1, 0, 0, 0, 1, 0]
    assert len(door.taken) == 1


async def test_after_three_days_they_are_given_up(simulation: Simulation) -> None:
    await simulation.gateway().start(ask(), key="1")
    deliver = deliveries(simulation, Door([503] * 1000))

    tries = 0
    for _ in range(80):
        tries += await deliver()
        simulation.time.passes(timedelta(hours=1, seconds=1))

    assert tries == 73


async def test_who_is_gone_is_told_nothing(simulation: Simulation) -> None:
    await paid(simulation)
    door = Door()

    async def nowhere(_account: str) -> None:
        return None

    deliver = attrs.evolve(deliveries(simulation, door), address_of=nowhere)

    assert [await deliver(), await deliver()] == [2, 0]
    assert door.taken == []


async def test_what_one_has_taken_others_leave_unless_it_dies(simulation: Simulation) -> None:
    await simulation.gateway().start(ask(), key="1")
    door = Door()
    with pytest.raises(Killed):
        await deliveries(simulation, Door([None], killed=True))()
    deliver = deliveries(simulation, door)

    found = await deliver()
    simulation.time.passes(timedelta(seconds=30))
    assert [found, await deliver()] == [0, 1]


async def test_what_happens_by_itself_is_told_though_nobody_looks(simulation: Simulation) -> None:
    door = Door()
    await paid(simulation, "late")
    simulation.time.passes(timedelta(minutes=61))
    await deliveries(simulation, door)()

    assert [event_in(body).type for _, body, _ in door.taken][-1] == "payment_intent.succeeded"


async def test_they_may_come_twice_and_out_of_order(simulation: Simulation) -> None:
    door = Door()
    await paid(simulation)
    # The first event is put off; the second is taken, and will come again.
    astray = iter([True, False, True])
    deliver = deliveries(simulation, door, astray=lambda: next(astray, False))
    await deliver()
    simulation.time.passes(timedelta(seconds=1))
    await deliver()

    first, second = sorted(set(door.ids), key=door.ids.count)
    assert door.ids == [second, first, second]


@pytest.mark.parametrize(("fault", "done"), [(Fault.NOT_DONE, 0), (Fault.UNHEARD, 1)])
async def test_what_fails_was_done_or_not(simulation: Simulation, fault: Fault, done: int) -> None:
    gateway = whimsical(simulation, lambda: fault)
    with pytest.raises(ProviderUnavailable):
        await gateway.start(ask(), key="1")

    page = await simulation.gateway().events(after=None, since=NOON)
    assert len(page.events) == done


async def test_faults_come_as_often_as_they_should() -> None:
    numbers = iter([9, 0, 10, 9, 1, 9, 2])
    whims = Whims(chance=lambda _: next(numbers), percent=10)

    assert [whims() for _ in range(4)] == [Fault.NOT_DONE, None, Fault.UNHEARD, Fault.SLOW]


def whimsical(simulation: Simulation, whims: Callable[[], Fault | None]) -> PaymentGateway:
    async def linger() -> None:
        simulation.time.passes(timedelta(seconds=10))

    return WhimsicalGateway(gateway=simulation.gateway(), whims=whims, linger=linger)


async def test_slow_is_slow(simulation: Simulation) -> None:
    await whimsical(simulation, lambda: Fault.SLOW).start(ask(), key="1")

    assert simulation.time() == NOON + timedelta(seconds=10)
