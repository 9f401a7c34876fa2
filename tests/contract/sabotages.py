"""Rows changed behind the program's back, and the promise that each change breaks."""

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    create_engine,
    delete,
    insert,
    select,
    text,
    update,
)

from adapters.schema.bookings import bookings, itineraries
from adapters.schema.events import event_heads, event_log, receipts
from adapters.schema.inventory import claims, pools
from adapters.schema.jobs import queued_jobs
from adapters.sql.database import EVERYBODY, Database
from tests.contract.desks import Business

LONG_AGO = datetime(2020, 1, 1, tzinfo=timezone.utc)
DRAWN_LONG_AGO = UUID("016f5e66-e800-7000-8000-00000000cafe")
FORGED = bytes(31) + b"!"


@attrs.frozen(kw_only=True)
class Saboteur:
    """Changes rows of one organization behind the program's back."""

    connection: Connection
    business: Business

    @property
    def of(self) -> UUID:
        return self.business.desk.actor.organization_id

    def pool(self, night: int) -> str:
        return self.business.desk.pool(night)

    def update(self, table: Table, *where: ColumnElement[bool], **values: Any) -> None:
        self.connection.execute(
            update(table).where(table.c.organization_id == self.of, *where).values(**values)
        )

    def delete(self, table: Table, *where: ColumnElement[bool]) -> None:
        self.connection.execute(delete(table).where(table.c.organization_id == self.of, *where))

    def insert(self, table: Table, **values: Any) -> None:
        self.connection.execute(insert(table).values(organization_id=self.of, **values))

    def take(self, night: int, units: int) -> None:
        self.update(pools, pools.c.id == self.pool(night), taken=pools.c.taken + units)

    def head(self) -> int:
        heads = select(event_heads.c.position).where(event_heads.c.organization_id == self.of)
        position: int = self.connection.execute(heads).scalar_one()
        return position

    def forge_event(self, **values: Any) -> UUID:
        self.insert(
            event_log,
            id=DRAWN_LONG_AGO,
            name="forged",
            subject=DRAWN_LONG_AGO,
            payload={},
            actor_id=self.of,
            occurred_at=LONG_AGO,
            **values,
        )
        return DRAWN_LONG_AGO


Sabotage = Callable[[Saboteur], object]
"""Returns the subject that is to be named."""
SABOTAGES: list[tuple[str, Sabotage]] = []


def breaks(check: str) -> Callable[[Sabotage], Sabotage]:
    def register(sabotage: Sabotage) -> Sabotage:
        SABOTAGES.append((check, sabotage))
        return sabotage

    return register


@breaks("taken_is_claimed")
def units_nobody_claims(saboteur: Saboteur) -> object:
    saboteur.take(9, 1)
    return saboteur.pool(9)


@breaks("taken_is_claimed")
def units_lost(saboteur: Saboteur) -> object:
    saboteur.take(1, -1)
    return saboteur.pool(1)


@breaks("taken_within_limits")
def sold_twice(saboteur: Saboteur) -> object:
    saboteur.update(pools, pools.c.id == saboteur.pool(1), capacity=1)
    return saboteur.pool(1)


@breaks("claims_have_pools")
def pool_gone(saboteur: Saboteur) -> object:
    saboteur.delete(pools, pools.c.id == saboteur.pool(6))
    return saboteur.pool(6)


@breaks("claims_match_agreements")
def claim_gone(saboteur: Saboteur) -> object:
    confirmed = saboteur.business.confirmed
    saboteur.delete(claims, claims.c.hold_id == confirmed, claims.c.pool_id == saboteur.pool(2))
    saboteur.take(2, -1)
    return confirmed


@breaks("claims_match_agreements")
def all_claims_gone(saboteur: Saboteur) -> object:
    saboteur.delete(claims, claims.c.hold_id == saboteur.business.held)
    saboteur.take(1, -1)
    return saboteur.business.held


@breaks("claims_match_agreements")
def more_claimed_than_agreed(saboteur: Saboteur) -> object:
    held = saboteur.business.held
    saboteur.update(claims, claims.c.hold_id == held, units=2)
    saboteur.take(1, 1)
    return held


@breaks("claims_match_agreements")
def another_pool_claimed(saboteur: Saboteur) -> object:
    confirmed = saboteur.business.confirmed
    saboteur.insert(claims, hold_id=confirmed, pool_id=saboteur.pool(9), units=1)
    saboteur.take(9, 1)
    return confirmed


@breaks("claims_match_agreements")
def nothing_agreed(saboteur: Saboteur) -> object:
    held = saboteur.business.held
    all_claims_gone(saboteur)
    saboteur.update(bookings, bookings.c.id == held, agreement={"claims": []})
    return held


@breaks("ended_bookings_claim_nothing")
def units_kept(saboteur: Saboteur) -> object:
    saboteur.update(bookings, bookings.c.id == saboteur.business.held, state="released")
    return saboteur.business.held


@breaks("claims_have_bookings")
def claim_of_nobody(saboteur: Saboteur) -> object:
    saboteur.insert(claims, hold_id=DRAWN_LONG_AGO, pool_id=saboteur.pool(9), units=1)
    saboteur.take(9, 1)
    return DRAWN_LONG_AGO


@breaks("changes_are_recorded")
def changed_in_silence(saboteur: Saboteur) -> object:
    changed = saboteur.business.changed
    saboteur.update(bookings, bookings.c.id == changed, version=bookings.c.version + 1)
    return changed


@breaks("bookings_are_kept")
def booking_gone(saboteur: Saboteur) -> object:
    saboteur.delete(bookings, bookings.c.id == saboteur.business.cancelled)
    return saboteur.business.cancelled


@breaks("positions_are_gapless")
def event_cut_out(saboteur: Saboteur) -> object:
    saboteur.delete(event_log, event_log.c.position == 2)
    return 2


@breaks("links_are_intact")
def event_rewritten(saboteur: Saboteur) -> object:
    saboteur.update(event_log, event_log.c.position == 2, payload={"capacity": 1000})
    return 2


@breaks("links_are_intact")
def events_swapped(saboteur: Saboteur) -> object:
    for old, new in ((3, -3), (4, 3), (-3, 4)):
        saboteur.update(event_log, event_log.c.position == old, position=new)
    return 3


@breaks("links_are_intact")
def event_slipped_in(saboteur: Saboteur) -> object:
    position = saboteur.head() + 1
    saboteur.forge_event(arrival=position, position=position, link=FORGED)
    saboteur.update(event_heads, position=position, link=FORGED)
    return position


@breaks("heads_are_last")
def tail_cut_off(saboteur: Saboteur) -> object:
    head = saboteur.head()
    saboteur.delete(event_log, event_log.c.position == head)
    return head


@breaks("heads_are_linked")
def head_rewritten(saboteur: Saboteur) -> object:
    saboteur.update(event_heads, link=FORGED)
    return saboteur.head()


@breaks("receipts_are_within_the_log")
def events_heard_that_never_happened(saboteur: Saboteur) -> object:
    saboteur.update(receipts, position=saboteur.head() + 1)
    return "listener"


@breaks("events_are_numbered")
def event_left_lying(saboteur: Saboteur) -> object:
    return saboteur.forge_event(arrival=10**9)


@breaks("held_together_confirmed_together")
def confirm_one_of_two(saboteur: Saboteur) -> UUID:
    itinerary_id = UUID(int=77)
    of_two = (saboteur.business.held, saboteur.business.confirmed)
    for booking_id in of_two:
        saboteur.update(bookings, bookings.c.id == booking_id, itinerary_id=itinerary_id)
    saboteur.insert(
        itineraries,
        id=itinerary_id,
        version=1,
        reference="FD00000000",
        pending=[str(booking_id) for booking_id in of_two],
        standing=[],
    )
    return itinerary_id


@breaks("jobs_are_handed_over")
def job_left_lying(saboteur: Saboteur) -> object:
    saboteur.insert(queued_jobs, id=DRAWN_LONG_AGO, name="send_mail", payload={})
    return DRAWN_LONG_AGO


async def defenceless(database: Database, plant: Callable[[Connection], Any]) -> Any:
    """Runs `plant` while constraints are not looked at."""

    def run(connection: Connection) -> Any:
        look_away(connection)
        return plant(connection)

    if database.engine.dialect.name == "postgresql":
        return await database.write(run, of=EVERYBODY)
    engine = create_engine(database.engine.url)  # its connections do not ask for foreign keys
    with engine.begin() as connection:
        subject = run(connection)
    engine.dispose()
    return subject


def look_away(connection: Connection) -> None:
    """For the rest of the transaction; foreign keys of SQLite are not for it to forget."""
    for statement in AWAY[connection.dialect.name]:
        connection.execute(text(statement))


AWAY = {
    "postgresql": (
        "SET LOCAL session_replication_role = replica",
        "ALTER TABLE pools DROP CONSTRAINT ck_pools_taken",
        "ALTER TABLE unit_claims DROP CONSTRAINT ex_unit_claims_minutes",
        "DROP INDEX uq_payments_open",
    ),
    "sqlite": (
        "PRAGMA ignore_check_constraints = ON",
        "DROP TRIGGER tr_unit_claims_insert",
        "DROP INDEX uq_payments_open",
    ),
}
