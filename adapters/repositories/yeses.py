"""What customers have agreed to in calls, in SQL."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

import attrs
from sqlalchemy import func, select

from adapters.mapping.calls import CallDetails, converter
from adapters.repositories.organization_settings import SqlOwnSettings
from adapters.schema.calls import calls
from adapters.schema.events import event_log
from adapters.sql.scope import Scope
from application.bookings.yes_ports import ASKING, Yeses
from domain.bookings.events import (
    BookingCancelled,
    BookingChanged,
    BookingConfirmed,
    BookingRescheduled,
)
from domain.bookings.yeses import Sensitive, YesMissing
from domain.kernel.identifiers import BookingId, CallId

USES = {
    Sensitive.BOOK: (BookingConfirmed.name,),
    Sensitive.CHANGE: (BookingRescheduled.name, BookingChanged.name),
    Sensitive.CANCEL: (BookingCancelled.name,),
}


@attrs.frozen
class SqlYeses(Yeses):
    """What has been done in the call says how often a yes was made use of."""

    scope: Scope

    def must_cover(self, action: Sensitive, booking_ids: Sequence[BookingId]) -> None:
        call_id = self.scope.actor.call_id
        if call_id is None or not SqlOwnSettings(self.scope).values().get(ASKING):
            return
        given, used = self._given(call_id, action), self._used(call_id, action, booking_ids)
        for booking_id in booking_ids:
            if given[booking_id] <= used.get(booking_id, 0):
                raise YesMissing(booking_id, action)

    def _given(self, call_id: CallId, action: Sensitive) -> Counter[BookingId]:
        """The call is locked, so that nobody else makes use of the same yes."""
        details = self.scope.execute(
            select(calls.c.details)
            .where(self.scope.owns(calls), calls.c.id == call_id)
            .with_for_update()
        ).scalar_one()
        yeses = converter.structure(details, CallDetails).yeses
        return Counter(yes.booking_id for yes in yeses if yes.action.value == action.value)

    def _used(
        self, call_id: CallId, action: Sensitive, booking_ids: Sequence[BookingId]
    ) -> Mapping[UUID, int]:
        rows = self.scope.ask(
            select(event_log.c.subject, func.count().label("uses"))
            .where(
                self.scope.owns(event_log),
                event_log.c.call_id == call_id,
                event_log.c.subject.in_(booking_ids),
                event_log.c.name.in_(USES[action]),
            )
            .group_by(event_log.c.subject)
        )
        return {row.subject: row.uses for row in rows}
