"""Telephone numbers of the simulator, which cost nothing, in a file that processes share."""

import sqlite3
from collections.abc import Mapping, Sequence

import attrs

from adapters.telephony_simulator.exchange import Book
from adapters.telephony_simulator.telephony import PROVIDER
from application.calls.number_market import (
    BoughtNumber,
    NumberKind,
    NumberMarket,
    NumberOffer,
    NumberWish,
    Purchase,
)
from application.calls.telephony import TelephonyRefused, TelephonyUnavailable
from application.kernel.ports import NewId
from domain.calls.desk_numbers import Capability

SCHEMA = """
CREATE TABLE IF NOT EXISTS numbers (
    number TEXT PRIMARY KEY, account TEXT NOT NULL, id TEXT NOT NULL, key TEXT NOT NULL,
    UNIQUE (account, id), UNIQUE (account, key)
) WITHOUT ROWID
"""

SHELVES: Mapping[str, Mapping[NumberKind, tuple[str, str | None]]] = {
    "GB": {
        NumberKind.LOCAL: ("+44207946", "London"),
        NumberKind.MOBILE: ("+44770090", None),
        NumberKind.TOLL_FREE: ("+44808157", None),
    },
    "PT": {
        NumberKind.LOCAL: ("+35121999", "Lisboa"),
        NumberKind.MOBILE: ("+35191999", None),
        NumberKind.TOLL_FREE: ("+35180099", None),
    },
    "US": {
        NumberKind.LOCAL: ("+1500555", "Nowhere"),
        NumberKind.TOLL_FREE: ("+1800555", None),
    },
}
"""How numbers begin, in ranges that belong to nobody."""
MOST = 200
REFUSED, UNHEARD = "0004", "0009"
"""How numbers end that are not sold, and those that are sold without a word."""
NOT_SOLD = "not_for_sale"


@attrs.frozen(kw_only=True)
class SimulatedNumbers(NumberMarket):
    book: Book
    new_id: NewId
    account: str

    @property
    def name(self) -> str:
        return PROVIDER

    async def offers(self, wish: NumberWish) -> Sequence[NumberOffer]:
        shelf = SHELVES.get(wish.country, {}).get(wish.kind)
        if shelf is None:
            return ()
        begins, locality = shelf
        numbers = [f"{begins}{at:04d}" for at in range(1, MOST)]
        asked = [one for one in numbers if (wish.contains or "") in one]

        def left(connection: sqlite3.Connection) -> Sequence[str]:
            sold = {number for (number,) in connection.execute("SELECT number FROM numbers")}
            return [one for one in asked if one not in sold][: wish.limit]

        return [
            NumberOffer(
                number=one,
                country=wish.country,
                kind=wish.kind,
                capabilities=_good_for(wish.kind),
                locality=locality,
            )
            for one in await self.book.transact(left)
            if set(wish.capabilities) <= set(_good_for(wish.kind))
        ]

    async def buy(self, purchase: Purchase) -> BoughtNumber:
        known = await self.find(purchase.key)
        if known is not None:
            return known
        if _kind_of(purchase.number) is None or purchase.number.endswith(REFUSED):
            raise TelephonyRefused(NOT_SOLD)

        def buy(connection: sqlite3.Connection) -> None:
            row = (purchase.number, self.account, f"PN{self.new_id().hex}", purchase.key)
            connection.execute(
                "INSERT INTO numbers VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", row
            )

        await self.book.transact(buy)
        bought = await self.find(purchase.key)
        if bought is None:
            raise TelephonyRefused(NOT_SOLD)
        if purchase.number.endswith(UNHEARD):
            raise TelephonyUnavailable
        return bought

    async def find(self, key: str) -> BoughtNumber | None:
        def found(connection: sqlite3.Connection) -> BoughtNumber | None:
            row = connection.execute(
                "SELECT id, number FROM numbers WHERE account = ? AND key = ?",
                (self.account, key),
            ).fetchone()
            if row is None:
                return None
            id, number = row
            kind = _kind_of(number) or NumberKind.LOCAL
            return BoughtNumber(reference=id, number=number, capabilities=_good_for(kind))

        return await self.book.transact(found)

    async def release(self, reference: str) -> None:
        def release(connection: sqlite3.Connection) -> None:
            connection.execute(
                "DELETE FROM numbers WHERE account = ? AND id = ?", (self.account, reference)
            )

        await self.book.transact(release)


def _kind_of(number: str) -> NumberKind | None:
    for shelves in SHELVES.values():
        for kind, (begins, _) in shelves.items():
            if number.startswith(begins):
                return kind
    return None


def _good_for(kind: NumberKind) -> tuple[Capability, ...]:
    if kind is NumberKind.MOBILE:
        return (Capability.VOICE, Capability.SMS)
    return (Capability.VOICE,)
