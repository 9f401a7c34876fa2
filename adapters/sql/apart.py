"""Savepoints: what is refused within one leaves no trace, and the transaction goes on."""

from collections.abc import Callable
from uuid import UUID

import attrs

from adapters.sql.failures import Duplicate, explained
from adapters.sql.scope import Scope
from application.kernel.apart import Apart
from domain.kernel.refusals import Category, Refusal

OF_THE_BUSINESS = frozenset({Category.VALIDATION, Category.BUSINESS_RULE})


@attrs.frozen
class SqlApart(Apart):
    scope: Scope

    def __call__(self, do: Callable[[], None], /) -> Refusal | None:
        scope = self.scope
        scope.begin()
        scope.send()
        keys, new_keys = dict(scope.data_keys), dict(scope.new_data_keys)
        scope.explanations.clear()  # of what has been sent without a word
        scope.connection.exec_driver_sql("SAVEPOINT apart")
        try:
            with explained():
                do()
                scope.send()
        except Refusal as refusal:
            if refusal.category not in OF_THE_BUSINESS:
                raise
            self._undo(keys, new_keys)
            return refusal
        except Duplicate as duplicate:
            self._undo(keys, new_keys)
            why = self._explained(duplicate)
            if why is None:
                raise
            return why
        scope.connection.exec_driver_sql("RELEASE SAVEPOINT apart")
        return None

    def _undo(self, keys: dict[UUID, str], new_keys: dict[UUID, str]) -> None:
        """Keys that were made for what is gone are gone as well."""
        scope = self.scope
        scope.changes.forget()
        for known, before in ((scope.data_keys, keys), (scope.new_data_keys, new_keys)):
            known.clear()
            known.update(before)
        scope.connection.exec_driver_sql("ROLLBACK TO SAVEPOINT apart")
        scope.connection.exec_driver_sql("RELEASE SAVEPOINT apart")

    def _explained(self, duplicate: Duplicate) -> Refusal | None:
        try:
            for explain in self.scope.explanations.get(duplicate.table, ()):
                explain(self.scope.connection)
        except Refusal as refusal:
            return refusal
        return None
