"""Who it was, sealed as it is saved; the key comes along with the row, and goes with it."""

from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Row, delete

from adapters.mapping.kinds import converter
from adapters.mapping.sealed_agreements import stored
from adapters.mapping.sealed_parts import SEALED, Stored, apart, place_of
from adapters.schema.data_keys import data_keys
from adapters.sql.scope import Scope
from domain.bookings.agreement import Agreement


@attrs.frozen
class Seals:
    """A row has one key as long as it is known whose it is, however often it is saved.

    It is made beside the row, not before it, so that saving one asks nothing more.
    """

    scope: Scope

    def remember(self, row: Row[Any]) -> None:
        if row.data_key is not None:
            self.scope.data_keys[row.id] = row.data_key

    def sealed(self, id: UUID, whole: Stored, nobodys: Stored) -> Stored:
        """`whole`, or what is left of it without who it was, and that beside it, sealed."""
        if not self.scope.vault.is_set_up:
            return whole
        return self._with(id, *apart(whole, nobodys))

    def shared(self, id: UUID, whole: Stored, nobodys: Stored) -> Stored:
        """As `sealed`, where other rows are sealed with the same key: only `forget` loses it."""
        if not self.scope.vault.is_set_up:
            return whole
        document, hidden = apart(whole, nobodys)
        return document if hidden is None else {**document, SEALED: self.whole(id, hidden)}

    def agreement(self, id: UUID, agreement: Agreement) -> Stored:
        if not self.scope.vault.is_set_up:
            whole: Stored = converter.unstructure(agreement)
            return whole
        return self._with(id, *stored(agreement))

    def index(self, email: str) -> str:
        return self.scope.vault.index(self.scope.organization_id, email)

    def whole(self, id: UUID, plain: bytes) -> str:
        """All of it, for what says nothing without who it is about."""
        place = place_of(self.scope.organization_id, id)
        known = self.scope.data_keys.get(id)
        key = known or self.scope.vault.new_data_key(place)
        if known is None:
            self.scope.data_keys[id] = self.scope.new_data_keys[id] = key
        return self.scope.vault.seal(key, plain, place)

    def keep_key(self, id: UUID) -> None:
        """After the row itself."""
        new = self.scope.new_data_keys.pop(id, None)
        if new is not None:
            self.scope.add(data_keys, id=id, wrapped=new)

    def forget(self, *ids: UUID) -> None:
        """Nothing that was sealed for these opens again."""
        for id in ids:
            self.scope.data_keys.pop(id, None)
        self.scope.execute(
            delete(data_keys).where(self.scope.owns(data_keys), data_keys.c.id.in_(ids))
        )

    def _with(self, id: UUID, document: Stored, hidden: bytes | None) -> Stored:
        if hidden is not None:
            return {**document, SEALED: self.whole(id, hidden)}
        if id in self.scope.data_keys:
            self.forget(id)
        return document
