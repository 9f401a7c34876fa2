"""Whoever is handed on over the simulated line is rung, and told of as a leg of the call."""

from pathlib import Path

import pytest

from application.calls.telephony import TelephonyRefused, Transfer
from domain.calls.ending import EndReason
from domain.calls.legs import Kind
from domain.calls.status import CallStatus
from tests.unit.test_telephony_simulator import NOON, Simulation, dial, passes

pytestmark = pytest.mark.anyio


@pytest.fixture
def simulation(tmp_path: Path) -> Simulation:
    return Simulation.at(tmp_path)


def legs(simulation: Simulation) -> list[tuple[str, str]]:
    """What is told of others than whoever called, and of what call."""
    return [
        (told.fact.provider_call, told.fact.event)
        for told in simulation.told()
        if told.fact.leg is not None
    ]


@pytest.mark.parametrize(
    ("kind", "after"), [(Kind.WARM, CallStatus.IN_PROGRESS), (Kind.COLD, CallStatus.COMPLETED)]
)
async def test_who_is_handed_on_is_a_leg_of_the_call(
    simulation: Simulation, kind: Kind, after: CallStatus
) -> None:
    """Whoever was handed on has nobody left when that one hangs up."""
    call = (await simulation.line.dial(dial("+15005550001"))).provider_call
    await passes(simulation, 5)
    handed = Transfer(to="+15005550008", kind=kind, key="once")
    for _ in range(2):
        await simulation.line.transfer(call, handed)
    await passes(simulation, 60)

    events = ["initiated", "ringing", "in-progress", "completed"]
    assert list(dict.fromkeys(legs(simulation))) == [(call, event) for event in events]
    assert f"transfer-{kind.value}" in simulation.events()
    (seen,) = await simulation.line.calls_since(NOON)
    assert (seen.fact.provider_call, seen.fact.status) == (call, after)


async def test_legs_end_with_their_call(simulation: Simulation) -> None:
    call = (await simulation.line.dial(dial("+15005550001"))).provider_call
    await passes(simulation, 5)
    for ending in ("0001", "0003"):
        to = Transfer(to=f"+1500555{ending}", kind=Kind.WARM)
        await simulation.line.transfer(call, to)
    await passes(simulation, 10)
    await simulation.line.hang_up(call, reason=EndReason.DONE)
    await passes(simulation, 60)

    assert sorted(event for _, event in legs(simulation)[-2:]) == ["canceled", "completed"]
    with pytest.raises(TelephonyRefused, match="not_in_progress"):
        await simulation.line.transfer(call, Transfer(to="+15005550002", kind=Kind.WARM))
