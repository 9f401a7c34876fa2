"""Owners are counted as they are, every organization that had one has one, and whoever signs in
with a second factor has one.
"""

from collections.abc import Sequence

from sqlalchemy import and_, exists, func, literal, not_, select, union_all

from adapters.readers.verification_checks import Check
from adapters.schema.people import members, ownership, second_factors
from domain.identity.members import MemberState
from domain.identity.roles import Role


def people_checks() -> Sequence[Check]:
    return (_owners_are_counted(), _second_factors_are_there())


def _second_factors_are_there() -> Check:
    theirs = exists().where(
        second_factors.c.organization_id == members.c.organization_id,
        second_factors.c.id == members.c.id,
    )
    return Check(
        name="second_factors_are_there",
        question=select(members.c.organization_id, members.c.id.label("subject")).where(
            members.c.second_factor_since.is_not(None), not_(theirs)
        ),
        detail="is asked for codes of a second factor that is not there",
    )


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
