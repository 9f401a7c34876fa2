"""Six ways to tamper with the log of an organization behind the program's back."""

from collections.abc import Callable
from datetime import datetime, timezone
from uuid import UUID, uuid4

from sqlalchemy import Connection, delete, insert, select, update

from adapters.schema.events import event_heads, event_log
from adapters.sql.chain import START, link
from tests.samples import DESK

OURS, EVENTS = DESK.organization_id, 12
LONG_AGO = datetime(2020, 1, 1, tzinfo=timezone.utc)
FORGER = UUID(int=666)

log = event_log.c
is_ours = log.organization_id == OURS

Tampering = Callable[[Connection], None]


def change(connection: Connection) -> None:
    connection.execute(
        update(event_log).where(is_ours, log.position == 5).values(origin="198.51.100.0/24")
    )


def cut_out(connection: Connection) -> None:
    connection.execute(delete(event_log).where(is_ours, log.position == 5))


def slip_in(connection: Connection) -> None:
    """Before the sixth, which moves on by one as all that follow do, and the head with them."""
    for position in range(EVENTS, 5, -1):
        _move(connection, position, position + 1)
    connection.execute(
        insert(event_log).values(
            organization_id=OURS,
            id=uuid4(),
            arrival=10**6,
            position=6,
            link=bytes(32),
            name="api_key_revoked",
            subject=UUID(int=1),
            payload={},
            actor_id=FORGER,
            occurred_at=LONG_AGO,
        )
    )
    connection.execute(
        update(event_heads)
        .where(event_heads.c.organization_id == OURS)
        .values(position=EVENTS + 1)
    )


def swap(connection: Connection) -> None:
    for now, then in ((5, -5), (6, 5), (-5, 6)):
        _move(connection, now, then)


def cut_off(connection: Connection) -> None:
    """And make the head fit, so that nothing inside the database tells."""
    connection.execute(delete(event_log).where(is_ours, log.position > EVENTS - 2))
    last = connection.execute(
        select(log.link).where(is_ours, log.position == EVENTS - 2)
    ).scalar_one()
    _make_head(connection, EVENTS - 2, bytes(last))


def rewrite(connection: Connection) -> None:
    """Everything, with links that follow from each other, and a head that fits."""
    previous = START
    ours = select(event_log).where(is_ours).order_by(log.position)
    for event in connection.execute(ours).all():
        this = is_ours & (log.id == event.id)
        connection.execute(update(event_log).where(this).values(actor_id=FORGER))
        rewritten = connection.execute(select(event_log).where(this)).one()
        previous = link(previous, event.position, rewritten)
        connection.execute(update(event_log).where(this).values(link=previous))
    _make_head(connection, EVENTS, previous)


def _move(connection: Connection, now: int, then: int) -> None:
    connection.execute(update(event_log).where(is_ours, log.position == now).values(position=then))


def _make_head(connection: Connection, position: int, last: bytes) -> None:
    connection.execute(
        update(event_heads)
        .where(event_heads.c.organization_id == OURS)
        .values(position=position, link=last)
    )


# Each with the position at which it is found.
SEEN_INSIDE: tuple[tuple[Tampering, int], ...] = (
    (change, 5),
    (cut_out, 5),
    (slip_in, 6),
    (swap, 5),
)
SEEN_BY_ANCHORS: tuple[tuple[Tampering, int], ...] = ((cut_off, EVENTS), (rewrite, EVENTS))
