"""A transaction, as far as one actor may reach."""

from collections.abc import Mapping, Sequence
from typing import Any

import attrs
from sqlalchemy import ColumnElement, Connection, CursorResult, Executable, Table

from adapters.sql.inserts import Inserts
from application.kernel.ports import NewId
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId


@attrs.frozen
class Scope:
    """Statements run in order; new rows are collected and sent together before the next one."""

    connection: Connection
    actor: Actor
    new_id: NewId
    inserts: Inserts = attrs.field(factory=Inserts)

    @property
    def organization_id(self) -> OrganizationId:
        return self.actor.organization_id

    def owns(self, table: Table) -> ColumnElement[bool]:
        """The condition that every statement carries, once for each table it names."""
        return table.c.organization_id == self.organization_id

    def add(self, table: Table, **values: Any) -> None:
        """A new row of the organization."""
        self.inserts.add(table, {"organization_id": self.organization_id, **values})

    def execute(
        self,
        statement: Executable,
        parameters: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
    ) -> CursorResult[Any]:
        self.flush()
        return self.connection.execute(statement, parameters)

    def flush(self) -> None:
        self.inserts.send(self.connection)
