"""Who booked, sealed as it is saved; the key comes along with the booking, and goes with it."""

from typing import Any

import attrs
from sqlalchemy import Row, delete

from adapters.mapping.kinds import converter
from adapters.mapping.sealed_agreements import SEALED, Stored, place_of, stored
from adapters.schema.data_keys import data_keys
from adapters.sql.scope import Scope
from domain.bookings.booking import Booking
from domain.bookings.contacts import NOBODY


@attrs.frozen
class SealedAgreements:
    """A booking has one key as long as it is known whose it is, however often it is saved.

    It is made beside the booking, not before it, so that holding one asks nothing more.
    """

    scope: Scope

    def remember(self, row: Row[Any]) -> None:
        if row.data_key is not None:
            self.scope.data_keys[row.id] = row.data_key

    def _forgets(self, booking: Booking) -> bool:
        return self.scope.data_keys.pop(booking.id, None) is not None

    def document_of(self, booking: Booking) -> Stored:
        if not self.scope.vault.is_set_up:
            whole: Stored = converter.unstructure(booking.agreement)
            return whole
        document, hidden = stored(booking.agreement)
        if hidden is None:
            return document
        place = place_of(self.scope.organization_id, booking.id)
        known = self.scope.data_keys.get(booking.id)
        key = known or self.scope.vault.new_data_key(place)
        if known is None:
            self.scope.new_data_keys[booking.id] = key
        return {**document, SEALED: self.scope.vault.seal(key, hidden, place)}

    def keep_key_of(self, booking: Booking) -> None:
        """After the booking itself. Whose it was is forgotten: then there is none any longer."""
        new = self.scope.new_data_keys.pop(booking.id, None)
        if new is not None:
            self.scope.data_keys[booking.id] = new
            self.scope.add(data_keys, id=booking.id, wrapped=new)
        elif booking.agreement.request.contact == NOBODY and self._forgets(booking):
            self.scope.execute(
                delete(data_keys).where(self.scope.owns(data_keys), data_keys.c.id == booking.id)
            )
