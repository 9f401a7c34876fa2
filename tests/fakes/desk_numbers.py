"""Telephone numbers of the desk in memory."""

import attrs

from application.calls.desk_number_ports import DeskNumbers
from application.calls.known_numbers import Rung
from domain.calls.call import Handler
from domain.calls.desk_numbers import (
    DeskNumber,
    NumberStatus,
    PhoneNumberNotFound,
    PhoneNumberTaken,
)
from domain.calls.status import CallStatus
from domain.kernel.identifiers import AgentId, DeskNumberId
from tests.fakes.rows import Dangling, Impossible, Rows, next_version


@attrs.frozen
class MemoryDeskNumbers(DeskNumbers):
    rows: Rows

    def get(self, desk_number_id: DeskNumberId) -> DeskNumber:
        for number in self._kept():
            if number.id == desk_number_id:
                return number
        raise PhoneNumberNotFound(desk_number_id)

    def called(self, number: str) -> DeskNumber | None:
        return next((one for one in self._kept() if one.number == number), None)

    def primary(self) -> DeskNumber | None:
        return next((one for one in self._kept() if one.terms.primary), None)

    def is_on_a_call(self, number: str) -> bool:
        return any(
            number in (call.numbers.caller, call.numbers.called)
            for call in self.rows.calls.values()
            if call.status is CallStatus.WRAPPING or not call.status.is_over
        )

    def rung(self, number: str) -> Rung | None:
        for one in self._active():
            if one.number == number:
                return Rung(rings_for=one.terms.rings_for, handler=self._handler(one))
        return None

    def shown(self, agent_id: AgentId | None) -> str | None:
        own = [
            one
            for one in self._active()
            if agent_id is not None and one.terms.rings_for.agent_id == agent_id
        ]
        primary = self.primary()
        if own:
            return min(own, key=lambda one: (one.terms.primary, one.id)).number
        return None if primary is None else primary.number

    def save(self, number: DeskNumber) -> DeskNumber:
        version = next_version(self.rows.desk_numbers.get(number.id), number.version)
        self._check(number)
        saved = attrs.evolve(number, version=version, events=())
        self.rows.desk_numbers[number.id] = saved
        self.rows.events.extend(number.events)
        return saved

    def _check(self, number: DeskNumber) -> None:
        rings_for = number.terms.rings_for
        if rings_for.agent_id is not None and rings_for.agent_id not in self.rows.agents:
            raise Dangling(f"agent {rings_for.agent_id}")
        if rings_for.queue_id is not None and rings_for.queue_id not in self.rows.queues:
            raise Dangling(f"queue {rings_for.queue_id}")
        if number.deleted_at is not None:
            return
        others = [other for other in self._kept() if other.id != number.id]
        if number.number in {other.number for other in others}:
            raise PhoneNumberTaken
        if number.terms.primary and any(other.terms.primary for other in others):
            raise Impossible("two primary numbers")

    def _handler(self, number: DeskNumber) -> Handler | None:
        agent_id = number.terms.rings_for.agent_id
        agent = None if agent_id is None else self.rows.agents[agent_id]
        if agent is None or agent.deleted_at is not None or agent.details.acts_as is None:
            return None
        return Handler(actor_id=agent.details.acts_as, agent_id=agent.id)

    def _active(self) -> list[DeskNumber]:
        return [one for one in self._kept() if one.terms.status is NumberStatus.ACTIVE]

    def _kept(self) -> list[DeskNumber]:
        return [one for one in self.rows.desk_numbers.values() if one.deleted_at is None]
