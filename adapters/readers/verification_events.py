"""The event log is complete, unchanged and as long as everybody believes."""

from collections.abc import Sequence

from sqlalchemy import and_, func, literal, or_, select, union_all

from adapters.readers.verification_checks import Check
from adapters.schema.events import event_heads, event_log, receipts


def event_checks() -> Sequence[Check]:
    return (_heads_are_last(), _heads_are_linked(), _receipts_are_within_the_log())


def _heads_are_last() -> Check:
    nothing = literal(0)
    both = union_all(
        select(
            event_heads.c.organization_id,
            event_heads.c.position.label("head"),
            nothing.label("last"),
        ),
        select(event_log.c.organization_id, nothing, func.max(event_log.c.position))
        .where(event_log.c.position.is_not(None))
        .group_by(event_log.c.organization_id),
    ).subquery()
    head, last = func.sum(both.c.head), func.sum(both.c.last)
    return Check(
        name="heads_are_last",
        question=select(
            both.c.organization_id, head.label("subject"), head.label("head"), last.label("last")
        )
        .group_by(both.c.organization_id)
        .having(head != last),
        detail="the log should end at {head} and ends at {last}",
    )


def _heads_are_linked() -> Check:
    last = and_(
        event_log.c.organization_id == event_heads.c.organization_id,
        event_log.c.position == event_heads.c.position,
    )
    return Check(
        name="heads_are_linked",
        question=select(event_heads.c.organization_id, event_heads.c.position.label("subject"))
        .join_from(event_heads, event_log, last)
        .where(or_(event_log.c.link.is_(None), event_log.c.link != event_heads.c.link)),
        detail="the link of the last event is not the one that was noted as the last",
    )


def _receipts_are_within_the_log() -> Check:
    theirs = event_heads.c.organization_id == receipts.c.organization_id
    head = func.coalesce(event_heads.c.position, 0)
    return Check(
        name="receipts_are_within_the_log",
        question=select(
            receipts.c.organization_id,
            receipts.c.subscriber.label("subject"),
            receipts.c.position,
            head.label("head"),
        )
        .outerjoin_from(receipts, event_heads, theirs)
        .where(receipts.c.position > head),
        detail="has heard {position} events of {head}",
    )
