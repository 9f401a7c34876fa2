"""A unit of work, as far as one actor may reach."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, Connection, CursorResult, Executable, FromClause, Table

from adapters.sealing.vault import Vault
from adapters.sql.bulk import Bulk, Key, Row
from adapters.sql.changes import Changes, Guard
from adapters.sql.vaults import vault_of
from application.kernel.ports import NewId
from application.kernel.tracing import Trace
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId

Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None
Explanation = Callable[[Connection], None]


@attrs.frozen
class Scope:
    """Changes are collected, and sent before the next statement or at the end.

    `begin` begins the transaction, unless that is done. A unit that asks some questions and then
    makes changes that fit one statement never needs it: at READ COMMITTED every question has a
    snapshot of its own anyway.
    """

    connection: Connection
    actor: Actor
    new_id: NewId
    begin: Callable[[], None]
    changes: Changes = attrs.field(factory=Changes)
    explanations: dict[str, list[Explanation]] = attrs.field(factory=dict)
    data_keys: dict[UUID, str] = attrs.field(factory=dict, repr=False)
    new_data_keys: dict[UUID, str] = attrs.field(factory=dict, repr=False)
    trace: Trace | None = None

    @property
    def vault(self) -> Vault:
        return vault_of(self.connection)

    @property
    def organization_id(self) -> OrganizationId:
        return self.actor.organization_id

    @property
    def traceparent(self) -> str | None:
        """By which whatever follows from this finds the trace it belongs to."""
        return None if self.trace is None else str(self.trace)

    def owns(self, table: FromClause) -> ColumnElement[bool]:
        """The condition that every statement carries, once for each table it names."""
        return table.c.organization_id == self.organization_id

    def add(self, table: Table, **values: Any) -> None:
        """A new row of the organization."""
        self.changes.rows.append((table, {"organization_id": self.organization_id, **values}))

    def change(self, guard: Guard) -> None:
        """Raises what the guard says, now or when the changes are sent."""
        if self.changes.rows:
            self.send()  # those rows do not depend on this guard
        self.changes.guards.append(guard)

    def explain(self, table: Table, why: Explanation) -> None:
        """`why` raises what there is to say if a new row of the table turns out to be a duplicate.

        It is asked once this unit has been undone.
        """
        self.explanations.setdefault(table.name, []).append(why)

    def ask(self, question: Executable, parameters: Parameters = None) -> CursorResult[Any]:
        """A question that locks nothing; it sees what this unit has changed."""
        self.send()
        return self.connection.execute(question, parameters)

    def execute(self, statement: Executable, parameters: Parameters = None) -> CursorResult[Any]:
        """A statement that changes or locks something."""
        self.begin()
        self.send()
        return self.connection.execute(statement, parameters)

    def write(self, bulk: Bulk, rows: Sequence[Row]) -> set[Key]:
        """Many rows of the organization; the primary keys of those that were written."""
        self.begin()
        self.send()
        owned = [{"organization_id": self.organization_id, **row} for row in rows]
        return bulk.run(self.connection, owned)

    def send(self) -> None:
        """What has been collected, with more to come."""
        if self.changes:
            self.begin()
            self.changes.send(self.connection)

    def send_in_bulk(self) -> None:
        """New rows that have been collected, as many as they are.

        One statement for all of them would have to be built anew for each number of rows.
        """
        if self.changes.rows:
            self.begin()
            self.changes.send_in_bulk(self.connection)

    def finish(self) -> None:
        """What has been collected, with nothing to come."""
        if self.changes and not self.changes.fit_one_statement(self.connection):
            self.begin()
        self.changes.send(self.connection)
