"""A provider in trouble is asked three times at most, with one key, and then left alone."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import attrs
import pytest

from adapters.resilience.boards import FileBoard
from adapters.resilience.breaker import Breaker, State
from adapters.resilience.payments import (
    PRESET,
    BreakingGateway,
    PaymentBreakers,
    is_outage,
)
from adapters.simulator.whims import Fault, WhimsicalGateway
from application.payments.gateway import (
    NotAdmitted,
    PageOfEvents,
    PaymentGateway,
    ProviderRefused,
    ProviderUnavailable,
)
from domain.kernel.identifiers import RefundId
from tests.simulators import NOON, Simulation
from tests.unit.test_simulator import ask, gbp

pytestmark = pytest.mark.anyio


@attrs.define
class Pauses:
    taken: list[int] = attrs.field(factory=list)

    async def __call__(self, tried: int) -> None:
        self.taken.append(tried)


@attrs.frozen
class Case:
    simulation: Simulation
    breakers: PaymentBreakers
    pauses: Pauses

    def gateway(self, *faults: Fault | None) -> BreakingGateway:
        """What befalls one call after the other; then all goes well."""
        coming = iter(faults)
        return self.around(
            WhimsicalGateway(
                gateway=self.simulation.gateway(),
                whims=lambda: next(coming, None),
                linger=nothing,
            )
        )

    def around(self, gateway: PaymentGateway) -> BreakingGateway:
        return BreakingGateway(gateway=gateway, breakers=self.breakers, pause=self.pauses)


async def nothing() -> None: ...


@pytest.fixture
def case(tmp_path: Path) -> Case:
    simulation = Simulation.at(tmp_path)

    def now() -> float:
        return simulation.time().timestamp()

    made: Callable[[str], Breaker] = lambda name: Breaker(  # noqa: E731
        name=name,
        preset=PRESET,
        seconds=now,
        fails=is_outage,
        board=FileBoard(tmp_path / "breakers", now),
    )
    breakers = PaymentBreakers(
        payments=made("payments"), refunds=made("refunds"), webhooks=made("webhooks")
    )
    return Case(simulation, breakers, Pauses())


@pytest.mark.parametrize("fault", [Fault.NOT_DONE, Fault.UNHEARD])
async def test_two_more_tries_end_in_one_payment(case: Case, fault: Fault) -> None:
    payment = await case.gateway(fault, fault).start(ask(), key="start")
    page = await case.simulation.gateway().events(after=None, since=NOON)

    assert [event.reference for event in page.events] == [payment.reference]
    assert case.pauses.taken == [1, 2]


async def test_the_third_failure_is_told(case: Case) -> None:
    gateway = case.gateway(*[Fault.UNHEARD] * 3)
    asked = ask()
    with pytest.raises(ProviderUnavailable):
        await gateway.start(asked, key="start")

    assert (await gateway.start(asked, key="start")).redirect_url
    assert len((await gateway.events(after=None, since=NOON)).events) == 1


async def test_a_refusal_is_not_tried_again(case: Case) -> None:
    gateway = case.gateway()
    payment = await gateway.start(ask(), key="start")
    with pytest.raises(ProviderRefused):
        await gateway.refund(RefundId(uuid4()), payment.reference, gbp(1), key="refund")

    assert not case.pauses.taken


async def test_each_use_has_a_breaker_of_its_own(case: Case) -> None:
    gateway = case.gateway(*[Fault.NOT_DONE] * 5)
    for _ in range(2):
        with pytest.raises(ProviderUnavailable):
            await gateway.refund(RefundId(uuid4()), "pi_1", gbp(1), key="refund")

    states = (
        case.breakers.payments.state,
        case.breakers.refunds.state,
        case.breakers.webhooks.state,
    )
    assert states == (State.CLOSED, State.OPEN, State.CLOSED)
    assert (await gateway.start(ask(), key="start")).redirect_url
    with pytest.raises(ProviderUnavailable, match="breaker_open"):
        await gateway.refund(RefundId(uuid4()), "pi_1", gbp(1), key="refund")


async def test_nobody_waits_for_what_is_open(case: Case) -> None:
    gateway = case.gateway(*[Fault.NOT_DONE] * 5)
    for _ in range(3):
        with pytest.raises(ProviderUnavailable):
            await gateway.start(ask(), key="start")

    # Three tries, then two more of which the last opens it, then none.
    assert case.pauses.taken == [1, 2, 1]


async def test_it_comes_back_by_itself(case: Case) -> None:
    gateway = case.gateway(*[Fault.NOT_DONE] * 5)
    for _ in range(2):
        with pytest.raises(ProviderUnavailable):
            await gateway.start(ask(), key="start")
    case.simulation.time.passes(timedelta(seconds=30))
    for _ in range(3):
        await gateway.start(ask(), key=str(uuid4()))

    assert case.breakers.payments.state is State.CLOSED


@attrs.frozen
class Locked:
    """Nobody is let in."""

    asked: list[None] = attrs.field(factory=list)
    provider: str = "stripe"

    async def events(
        self, *, after: str | None, since: datetime, limit: int = 100
    ) -> PageOfEvents:
        self.asked.append(None)
        raise NotAdmitted("AuthenticationError")


async def test_a_bad_key_of_one_is_no_outage_for_all(case: Case) -> None:
    locked = Locked()
    for _ in range(10):
        with pytest.raises(NotAdmitted):
            await case.around(locked).events(after=None, since=NOON)  # type: ignore[arg-type]

    assert len(locked.asked) == 10
    assert case.breakers.webhooks.state is State.CLOSED
