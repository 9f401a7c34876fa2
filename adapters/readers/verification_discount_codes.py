"""The uses of every discount code are counted."""

from collections.abc import Sequence

from sqlalchemy import select

from adapters.readers.discount_codes import USES
from adapters.readers.verification_checks import Check
from adapters.schema.discount_codes import discount_codes
from adapters.schema.inventory import pools


def discount_code_checks() -> Sequence[Check]:
    return (_codes_are_counted(),)


def _codes_are_counted() -> Check:
    return Check(
        name="codes_are_counted",
        question=select(
            discount_codes.c.organization_id,
            discount_codes.c.id.label("subject"),
            discount_codes.c.code,
        )
        .outerjoin_from(discount_codes, pools, USES)
        .where(pools.c.id.is_(None)),
        detail="nobody counts the uses of {code}",
    )
