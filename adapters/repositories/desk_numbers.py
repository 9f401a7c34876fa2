"""Telephone numbers of the desk in SQL, and their transaction."""

import attrs
from sqlalchemy import ColumnElement, Connection, and_, or_, select

from adapters.mapping.phone_numbers import (
    columns_of_desk_number,
    desk_number_of,
    one_desk_number,
)
from adapters.repositories.agents import SqlAgents, SqlQueues
from adapters.repositories.known_numbers import SqlKnownNumbers
from adapters.repositories.seals import Seals
from adapters.schema.calls import OPEN, calls
from adapters.schema.phone_numbers import phone_numbers
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.calls.desk_number_ports import DeskNumbers, DeskNumberWork
from domain.calls.desk_numbers import DeskNumber, PhoneNumberNotFound, PhoneNumberTaken
from domain.kernel.identifiers import DeskNumberId


@attrs.frozen
class SqlDeskNumbers(SqlKnownNumbers, DeskNumbers):
    def get(self, desk_number_id: DeskNumberId) -> DeskNumber:
        key = {"p_organization_id": self.scope.organization_id, "p_id": desk_number_id}
        row = self.scope.ask(one_desk_number(), key).one_or_none()
        if row is None:
            raise PhoneNumberNotFound(desk_number_id)
        return desk_number_of(row)

    def called(self, number: str) -> DeskNumber | None:
        kept = phone_numbers.c.deleted_at.is_(None)
        return self._one(and_(phone_numbers.c.number == number, kept))

    def primary(self) -> DeskNumber | None:
        return self._one(phone_numbers.c.is_primary)

    def is_on_a_call(self, number: str) -> bool:
        index = Seals(self.scope).index(number)
        question = (
            select(calls.c.id)
            .where(
                self.scope.owns(calls),
                OPEN,
                or_(calls.c.caller == index, calls.c.called == index),
            )
            .limit(1)
        )
        return self.scope.ask(question).first() is not None

    def save(self, number: DeskNumber) -> DeskNumber:
        self._explain_duplicate(number)
        if number.terms.primary:
            self.scope.send()  # whichever steps back does so first
        columns = columns_of_desk_number(number)
        version = store(self.scope, phone_numbers, number.id, number.version, **columns)
        EventLog(self.scope).publish(number.events)
        return attrs.evolve(number, version=version, events=())

    def _one(self, such: ColumnElement[bool]) -> DeskNumber | None:
        question = select(phone_numbers).where(self.scope.owns(phone_numbers), such)
        row = self.scope.ask(question).one_or_none()
        return None if row is None else desk_number_of(row)

    def _explain_duplicate(self, number: DeskNumber) -> None:
        question = select(phone_numbers.c.id).where(
            self.scope.owns(phone_numbers),
            phone_numbers.c.id != number.id,
            phone_numbers.c.number == number.number,
            phone_numbers.c.deleted_at.is_(None),
        )

        def taken(connection: Connection) -> None:
            if connection.execute(question).first() is not None:
                raise PhoneNumberTaken

        self.scope.explain(phone_numbers, taken)


@attrs.frozen(kw_only=True)
class SqlDeskNumberWork(DeskNumberWork):
    desk_numbers: SqlDeskNumbers
    agents: SqlAgents
    queues: SqlQueues

    @classmethod
    def on(cls, scope: Scope) -> "SqlDeskNumberWork":
        return cls(
            desk_numbers=SqlDeskNumbers(scope), agents=SqlAgents(scope), queues=SqlQueues(scope)
        )
