"""One payment for several bookings is the sum of their shares, and of one state."""

from sqlalchemy import case, distinct, func, or_, select

from adapters.readers.verification_checks import Check
from adapters.schema.payments import payments


def shares_add_up() -> Check:
    amounts = func.sum(payments.c.amount_minor)
    whole = payments.c.details["joint"]["total"]["minor"].as_integer()
    leads = func.sum(case((payments.c.id == payments.c.lead_id, 1), else_=0))
    return Check(
        name="shares_add_up",
        question=select(
            payments.c.organization_id,
            payments.c.lead_id.label("subject"),
            amounts.label("amounts"),
            func.max(whole).label("whole"),
            func.count(distinct(payments.c.state)).label("states"),
        )
        .where(payments.c.lead_id.is_not(None))
        .group_by(payments.c.organization_id, payments.c.lead_id)
        .having(
            or_(
                amounts.is_distinct_from(func.max(whole)),
                func.min(whole) != func.max(whole),
                func.count(distinct(payments.c.state)) > 1,
                leads != 1,
            )
        ),
        detail="leads shares of {amounts} in {states} states, of {whole} in all",
    )
