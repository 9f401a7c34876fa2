"""Telephone numbers of the desk: each once, and one of them primary."""

from typing import Any
from uuid import UUID

import attrs
import pytest

from application.calls.known_numbers import Rung
from application.kernel.ports import Stale
from domain.calls.agents import Agent, AgentDetails, AgentKind
from domain.calls.call import Handler
from domain.calls.desk_numbers import (
    DeskNumber,
    NumberStatus,
    NumberTerms,
    PhoneNumberNotFound,
    PhoneNumberTaken,
    RingsFor,
)
from domain.kernel.actors import Actor
from domain.kernel.identifiers import AgentId, DeskNumberId
from tests.contract.storages import Storage
from tests.samples import DESK, NOW, OTHER_DESK
from tests.samples_of_calls import OUR_NUMBER, call

pytestmark = pytest.mark.anyio

ANOTHER = "+442079460001"
ANA = AgentId(UUID(int=9))


def number(id: int = 1, number: str = OUR_NUMBER, **terms: Any) -> DeskNumber:
    return DeskNumber.add(
        DeskNumberId(UUID(int=id)),
        number,
        NumberTerms(label="Desk", **terms),
        provider=None,
        now=NOW,
    )


def ana() -> Agent:
    details = AgentDetails(name="Ana", kind=AgentKind.PERSON, acts_as=DESK.id)
    return Agent.add(ANA, details, now=NOW)


async def saved(storage: Storage, number: DeskNumber, actor: Actor = DESK) -> DeskNumber:
    return await storage.work(actor, lambda work: work.desk_numbers.save(number))


async def rung(storage: Storage, number: str) -> Rung | None:
    return await storage.work(DESK, lambda work: work.desk_numbers.rung(number))


async def test_numbers_come_back_as_they_were_saved(storage: Storage) -> None:
    rings_for = RingsFor(department="billing", template="sales")
    new = number(primary=True, rings_for=rings_for)
    first = await saved(storage, new)
    pending = first.change(NumberTerms(label="New", status=NumberStatus.PENDING), now=NOW)
    second = await saved(storage, pending)

    assert attrs.evolve(new, version=1, events=()) == first
    assert attrs.evolve(pending, version=2, events=()) == second
    assert await storage.work(DESK, lambda work: work.desk_numbers.get(new.id)) == second
    with pytest.raises(Stale):
        await saved(storage, pending)
    with pytest.raises(PhoneNumberNotFound):
        await storage.work(OTHER_DESK, lambda work: work.desk_numbers.get(new.id))


async def test_a_number_is_there_once_until_it_is_deleted(storage: Storage) -> None:
    first = await saved(storage, number())
    with pytest.raises(PhoneNumberTaken):
        await saved(storage, number(2))

    await saved(storage, first.delete(now=NOW))
    await saved(storage, number(2))
    await saved(storage, number(3), OTHER_DESK)
    with pytest.raises(PhoneNumberNotFound):
        await storage.work(DESK, lambda work: work.desk_numbers.get(first.id))


async def test_one_that_is_active_says_for_whom_it_rings(storage: Storage) -> None:
    await storage.work(DESK, lambda work: work.agents.save(ana()))
    hers = RingsFor(agent_id=ANA, department="billing")
    active = await saved(storage, number(rings_for=hers))
    known = await rung(storage, OUR_NUMBER)
    released = attrs.evolve(active.terms, status=NumberStatus.RELEASED)
    await saved(storage, active.change(released, now=NOW))

    assert known == Rung(rings_for=hers, handler=Handler(actor_id=DESK.id, agent_id=ANA))
    assert await rung(storage, OUR_NUMBER) is None
    assert await rung(storage, ANOTHER) is None


async def test_an_agents_own_number_is_shown_before_the_primary_one(storage: Storage) -> None:
    await storage.work(DESK, lambda work: work.agents.save(ana()))

    async def shown(agent_id: AgentId | None) -> str | None:
        return await storage.work(DESK, lambda work: work.desk_numbers.shown(agent_id))

    assert await shown(ANA) is None
    await saved(storage, number(primary=True))
    await saved(storage, number(2, ANOTHER, rings_for=RingsFor(agent_id=ANA)))
    assert (await shown(ANA), await shown(None)) == (ANOTHER, OUR_NUMBER)
    assert await shown(AgentId(UUID(int=10))) == OUR_NUMBER


async def test_whether_a_call_goes_on_at_it_is_known(storage: Storage) -> None:
    async def busy(one: str) -> bool:
        return await storage.work(DESK, lambda work: work.desk_numbers.is_on_a_call(one))

    assert not await busy(OUR_NUMBER)
    await storage.work(DESK, lambda work: work.calls.save(call()))
    assert (await busy(OUR_NUMBER), await busy(ANOTHER)) == (True, False)
