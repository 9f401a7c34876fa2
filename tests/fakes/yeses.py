"""What customers have agreed to in calls, in memory."""

from collections import Counter
from collections.abc import Sequence
from itertools import chain, repeat

import attrs

from adapters.repositories.yeses import USES
from application.bookings.yes_ports import ASKING, Yeses
from domain.bookings.yeses import Sensitive, YesMissing
from domain.kernel.actors import Actor
from domain.kernel.desk_kinds import of_its_kind
from domain.kernel.identifiers import BookingId
from tests.fakes.rows import Rows


@attrs.frozen
class MemoryYeses(Yeses):
    rows: Rows
    actor: Actor

    def must_cover(self, action: Sensitive, booking_ids: Sequence[BookingId]) -> None:
        if self.actor.call_id is None or not of_its_kind(self.rows.settings).get(ASKING):
            return
        call = self.rows.calls[self.actor.call_id]
        given = Counter(yes.booking_id for yes in call.yeses if yes.action.value == action.value)
        for booking_id in booking_ids:
            if given[booking_id] <= self._used(action, booking_id):
                raise YesMissing(booking_id, action)

    def _used(self, action: Sensitive, booking_id: BookingId) -> int:
        """In the same call; what is done by now is done in it."""
        done_in = chain(self.rows.done_in, repeat(self.actor.call_id))
        return sum(
            event.name in USES[action] and event.subject == booking_id
            for event, call_id in zip(self.rows.events, done_in, strict=False)
            if call_id == self.actor.call_id
        )
