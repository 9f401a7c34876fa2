"""What the simulated provider has written down for one account, within one transaction."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timezone
from typing import Any, TypeVar

import attrs
import msgspec

from adapters.simulator.claims_back import SimulatedDispute, SimulatedRefund
from adapters.simulator.intents import Intent
from application.payments.gateway import BalanceChange, UnknownToProvider
from domain.kernel.money import Money
from domain.payments.provider import ProviderEvent, Subject

Kept = TypeVar("Kept", Intent, SimulatedRefund, SimulatedDispute)

REFERENCES = {Intent: "pi_", SimulatedRefund: "re_", SimulatedDispute: "dp_"}


def moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, timezone.utc)


@attrs.frozen(kw_only=True)
class Happening:
    """Something that is to come of an object, by itself."""

    what: str
    object: str
    at: datetime


@attrs.frozen
class Books:
    connection: sqlite3.Connection
    account: str

    def get(self, kind: type[Kept], id: str) -> Kept:
        """Raises UnknownToProvider."""
        row = self.connection.execute(
            "SELECT document FROM objects WHERE account = ? AND id = ?", (self.account, id)
        ).fetchone()
        if row is None or not id.startswith(REFERENCES[kind]):
            raise UnknownToProvider("resource_missing")
        return msgspec.json.decode(row[0], type=kind)

    def put(self, kept: Intent | SimulatedRefund | SimulatedDispute) -> None:
        self.connection.execute(
            "INSERT INTO objects VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET document = excluded.document",
            (self.account, kept.id, msgspec.json.encode(kept)),
        )

    def put_page(self, intent: Intent) -> None:
        self.connection.execute(
            "INSERT INTO pages VALUES (?, ?, ?)", (intent.token, self.account, intent.id)
        )

    def plan(self, what: str, object: str, *, at: datetime) -> None:
        self.connection.execute(
            "INSERT INTO happenings (account, at, what, object) VALUES (?, ?, ?, ?)",
            (self.account, at.timestamp(), what, object),
        )

    def due(self, now: datetime) -> Sequence[Happening]:
        """What should have happened by now, which is then no longer planned."""
        rows = self.connection.execute(
            "DELETE FROM happenings WHERE account = ? AND at <= ? RETURNING what, object, at",
            (self.account, now.timestamp()),
        ).fetchall()
        found = [Happening(what=what, object=object, at=moment(at)) for what, object, at in rows]
        return sorted(found, key=lambda happening: happening.at)

    def tell(self, event: ProviderEvent, subject: Subject) -> None:
        at = event.created_at.timestamp()
        self.connection.execute(
            "INSERT INTO events (account, id, type, subject, reference, created_at, deliver_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (self.account, event.id, event.type, subject.value, event.reference, at, at),
        )

    def events(
        self, *, after: int, since: datetime, limit: int
    ) -> Sequence[tuple[int, ProviderEvent]]:
        rows = self.connection.execute(
            "SELECT number, id, type, subject, reference, created_at FROM events"
            " WHERE account = ? AND number > ? AND created_at >= ? ORDER BY number LIMIT ?",
            (self.account, after, since.timestamp() if not after else 0, limit),
        )
        return [(row[0], event_of(row)) for row in rows]

    def move(self, subject: Subject, source: str, amount: Money, fee: int, at: datetime) -> None:
        self.connection.execute(
            "INSERT INTO movements (account, subject, source, amount, fee, currency, created_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                self.account,
                subject.value,
                source,
                amount.minor,
                fee,
                amount.currency,
                at.timestamp(),
            ),
        )

    def movements(
        self, *, since: datetime, until: datetime, after: int, limit: int
    ) -> Sequence[tuple[int, BalanceChange]]:
        """Behind that number, with their own."""
        rows = self.connection.execute(
            "SELECT number, subject, source, amount, fee, currency, created_at FROM movements"
            " WHERE account = ? AND created_at >= ? AND created_at < ? AND number > ?"
            " ORDER BY number LIMIT ?",
            (self.account, since.timestamp(), until.timestamp(), after, limit),
        )
        return [
            (
                number,
                BalanceChange(
                    reference=f"txn_{number:08}",
                    subject=Subject(subject),
                    source=source,
                    amount=Money(amount, currency),
                    fee=Money(fee, currency),
                    created_at=moment(created_at),
                ),
            )
            for number, subject, source, amount, fee, currency, created_at in rows
        ]

    def fee_of(self, intent: Intent) -> Money | None:
        """What was kept of a payment that was captured."""
        row = self.connection.execute(
            "SELECT fee FROM movements WHERE account = ? AND subject = ? AND source = ?"
            " AND amount > 0 ORDER BY number LIMIT 1",
            (self.account, Subject.PAYMENT.value, intent.id),
        ).fetchone()
        return None if row is None else intent.money(row[0])


def event_of(row: Sequence[Any]) -> ProviderEvent:
    _, id, type, subject, reference, created_at = row
    return ProviderEvent(
        id=id,
        type=type,
        subject=Subject(subject),
        reference=reference,
        created_at=moment(created_at),
    )


def account_of_page(connection: sqlite3.Connection, token: str) -> tuple[str, str] | None:
    """The account and the payment."""
    row = connection.execute(
        "SELECT account, intent FROM pages WHERE token = ?", (token,)
    ).fetchone()
    return None if row is None else (row[0], row[1])
