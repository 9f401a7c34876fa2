"""Owners are counted as they are, and every organization that had one has one."""

from collections.abc import Sequence

from sqlalchemy import and_, func, literal, select, union_all

from adapters.readers.verification_checks import Check
from adapters.schema.people import members, ownership
from domain.identity.members import MemberState
from domain.identity.roles import Role


def people_checks() -> Sequence[Check]:
    return (_owners_are_counted(),)


def _owners_are_counted() -> Check:
    is_owner = and_(
        members.c.role == Role.OWNER.value, members.c.state == MemberState.ACTIVE.value
    )
    both = union_all(
        select(
            members.c.organization_id, literal(1).label("there"), literal(0).label("counted")
        ).where(is_owner),
        select(ownership.c.organization_id, literal(0), ownership.c.owners),
    ).subquery()
    there, counted = func.sum(both.c.there), func.sum(both.c.counted)
    return Check(
        name="owners_are_counted",
        question=select(
            both.c.organization_id,
            both.c.organization_id.label("subject"),
            there.label("there"),
            counted.label("counted"),
        )
        .group_by(both.c.organization_id)
        .having(there != counted),
        detail="has {there} active owners and counts {counted}",
    )
