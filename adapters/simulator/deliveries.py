"""Events on their way out: signed, tried again until they are taken, and not always in order."""

import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime, timedelta

import attrs

from adapters.signing.posting import Post, Signed, is_taken
from adapters.simulator.books import event_of
from adapters.simulator.gateway import SimulatedProvider
from adapters.simulator.messages import message_of
from application.kernel.secrets import Secret
from domain.payments.provider import ProviderEvent

SIGNATURE = "Stripe-Signature"
AT_ONCE = 20
LEASE = timedelta(seconds=30)
AGAIN = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(hours=1)
MOST_DOUBLINGS = 20
GIVEN_UP_AFTER = timedelta(days=3)


@attrs.frozen(kw_only=True)
class Parcel:
    number: int
    account: str
    event: ProviderEvent
    tries: int


@attrs.frozen(kw_only=True)
class Deliveries:
    """Any number may run at once: what one has taken, the others leave for a while.

    An account without an address is nobody's any more, and is told nothing. `astray` says, now and
    then, that an event comes later than others, or once more.
    """

    of: SimulatedProvider
    address_of: Callable[[str], Awaitable[str | None]]
    secrets: Callable[[], Iterable[Secret]] = attrs.field(repr=False)
    post: Post
    astray: Callable[[], bool]

    async def __call__(self) -> int:
        """What was due; how much of it there was."""
        parcels = await self.of.file.transact(self._taken)
        for parcel in parcels:
            address = await self.address_of(parcel.account)
            if address is None:
                await self._due_again(parcel, None)
            elif self.astray():
                await self._due_again(parcel, AGAIN)
            elif await self._is_taken(parcel, address):
                await self._due_again(parcel, AGAIN if self.astray() else None)
            else:
                await self._due_again(parcel, self._pause(parcel))
        return len(parcels)

    def _taken(self, connection: sqlite3.Connection) -> Sequence[Parcel]:
        now = self.of.clock()
        self._catch_up(connection, now)
        rows = connection.execute(
            "UPDATE events SET deliver_at = ?, deliveries = deliveries + 1 WHERE number IN"
            " (SELECT number FROM events WHERE deliver_at <= ? ORDER BY number LIMIT ?)"
            " RETURNING number, id, type, subject, reference, created_at, account, deliveries",
            ((now + LEASE).timestamp(), now.timestamp(), AT_ONCE),
        ).fetchall()
        return [
            Parcel(number=row[0], account=row[6], event=event_of(row[:6]), tries=row[7])
            for row in sorted(rows)
        ]

    def _catch_up(self, connection: sqlite3.Connection, now: datetime) -> None:
        """What happens by itself is told as well, though nobody has looked."""
        accounts = connection.execute(
            "SELECT DISTINCT account FROM happenings WHERE at <= ?", (now.timestamp(),)
        ).fetchall()
        for (account,) in accounts:
            self.of.bank(connection, account)

    async def _is_taken(self, parcel: Parcel, address: str) -> bool:
        signed = Signed(body=message_of(parcel.event), header=SIGNATURE, at=self.of.clock())
        return await is_taken(signed, self.secrets(), post=self.post, address=address)

    def _pause(self, parcel: Parcel) -> timedelta | None:
        if self.of.clock() - parcel.event.created_at > GIVEN_UP_AFTER:
            return None
        doublings = min(parcel.tries - 1, MOST_DOUBLINGS)
        return min(AGAIN * (1 << doublings), LONGEST_PAUSE)

    async def _due_again(self, parcel: Parcel, pause: timedelta | None) -> None:
        """Or never, without a pause."""
        at = None if pause is None else (self.of.clock() + pause).timestamp()
        await self.of.file.transact(
            lambda connection: connection.execute(
                "UPDATE events SET deliver_at = ? WHERE number = ?", (at, parcel.number)
            )
        )
