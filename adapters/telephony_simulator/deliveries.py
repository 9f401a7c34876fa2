"""News of calls on their way to the desk: tried again until taken, and not always in order."""

import sqlite3
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime, timedelta, timezone

import attrs

from adapters.signing.posting import Post, Signed, is_taken
from adapters.telephony_simulator.exchange import Exchange, catch_up
from adapters.telephony_simulator.messages import SIGNATURE, News, message_of
from adapters.telephony_simulator.straying import Astray, astray_of
from application.kernel.secrets import Secret

AT_ONCE = 50
LEASE = timedelta(seconds=30)
AGAIN = timedelta(seconds=1)
LATE = timedelta(seconds=5)
MOST_TRIES = 10
TAKEN = (
    "UPDATE news SET deliver_at = ?, tries = tries + 1 WHERE number IN"
    " (SELECT number FROM news WHERE deliver_at <= ? ORDER BY number LIMIT ?)"
    " RETURNING number, account, id, event, sequence, at, tries"
)
WHOSE = (
    "SELECT call, inbound, caller, called, of FROM calls LEFT JOIN legs USING (account, id)"
    " WHERE account = ? AND id = ?"
)


@attrs.frozen(kw_only=True)
class Parcel:
    """`other` is the number of whoever is not at the desk."""

    number: int
    account: str
    news: News
    tries: int
    other: str | None = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class Deliveries:
    """Any number may run at once: what one has taken, the others leave for a while.

    An account without an address is nobody's any more, and is told nothing. `astray` says, now and
    then, that news comes later than other news, once more, or never.
    """

    exchange: Exchange
    address_of: Callable[[str], Awaitable[str | None]]
    secrets: Callable[[], Iterable[Secret]] = attrs.field(repr=False)
    post: Post
    astray: Callable[[], Astray | None]

    async def __call__(self) -> int:
        """What was due; how much of it there was."""
        parcels = await self.exchange.book.transact(self._taken)
        for parcel in parcels:
            await self._due_again(parcel, await self._delivered(parcel))
        return len(parcels)

    async def _delivered(self, parcel: Parcel) -> timedelta | None:
        """When it is due once more, if at all."""
        address = await self.address_of(parcel.account)
        if address is None:
            return None
        first = parcel.tries == 1
        astray = self.astray() or (astray_of(parcel.other, parcel.news.event) if first else None)
        if astray is Astray.LOST:
            return None
        if astray is Astray.LATE:
            return LATE
        if not await self._is_taken(parcel, address):
            return AGAIN * (1 << parcel.tries)
        return AGAIN if astray is Astray.TWICE else None

    def _taken(self, connection: sqlite3.Connection) -> Sequence[Parcel]:
        now = self.exchange.clock()
        catch_up(connection, now)
        rows = connection.execute(
            TAKEN, ((now + LEASE).timestamp(), now.timestamp(), AT_ONCE)
        ).fetchall()
        return [_parcel(connection, row) for row in sorted(rows)]

    async def _is_taken(self, parcel: Parcel, address: str) -> bool:
        signed = Signed(body=message_of(parcel.news), header=SIGNATURE, at=self.exchange.clock())
        return await is_taken(signed, self.secrets(), post=self.post, address=address)

    async def _due_again(self, parcel: Parcel, pause: timedelta | None) -> None:
        """Or never, without a pause: what is lost for good is for others to find out."""
        given_up = pause is None or parcel.tries >= MOST_TRIES
        at = None if given_up or pause is None else (self.exchange.clock() + pause).timestamp()
        await self.exchange.book.transact(
            lambda connection: connection.execute(
                "UPDATE news SET deliver_at = ? WHERE number = ?", (at, parcel.number)
            )
        )


def _parcel(connection: sqlite3.Connection, row: Sequence[object]) -> Parcel:
    number, account, id, event, sequence, at, tries = row
    call, inbound, caller, called, of = connection.execute(WHOSE, (account, id)).fetchone()
    news = News(
        provider_call=str(id if of is None else of),
        leg=None if of is None else str(id),
        event=str(event),
        sequence=int(str(sequence)),
        at=datetime.fromtimestamp(float(str(at)), timezone.utc),
        call=call,
        inbound=bool(inbound),
        caller=caller if inbound else None,
        called=called if inbound else None,
    )
    return Parcel(
        number=int(str(number)),
        account=str(account),
        news=news,
        tries=int(str(tries)),
        other=caller if inbound else called,
    )
