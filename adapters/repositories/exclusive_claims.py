"""Who has what only one booking may have."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Executable, Select, delete, select, tuple_

from adapters.schema.inventory import exclusive_claims
from adapters.sql.scope import Scope
from domain.inventory.pools import AlreadyTaken
from domain.kernel.claims import ExclusiveClaim
from domain.kernel.identifiers import HoldId, OrganizationId, ResourceId


def require_untaken(
    connection: Connection, organization_id: OrganizationId, claims: Sequence[ExclusiveClaim]
) -> None:
    """Raises AlreadyTaken if somebody has one of them."""
    found = connection.execute(taken_among(organization_id, claims)).all()
    if found:
        first = found[0].what
        raise AlreadyTaken(first, tuple(row.name for row in found if row.what == first))


def taken_among(organization_id: OrganizationId, claims: Sequence[ExclusiveClaim]) -> Select[Any]:
    """Those of the claims that somebody has."""
    columns = exclusive_claims.c
    return (
        select(columns.resource_id, columns.what, columns.name)
        .where(
            columns.organization_id == organization_id,
            tuple_(columns.resource_id, columns.what, columns.name).in_(
                [(claim.resource_id, claim.what, claim.name) for claim in claims]
            ),
        )
        .order_by(columns.what, columns.name)
    )


def giving_back_exclusively(
    scope: Scope, hold_id: HoldId, claims: Sequence[ExclusiveClaim]
) -> Executable:
    """Deletes these, as far as the hold has them."""
    columns = exclusive_claims.c
    return delete(exclusive_claims).where(
        scope.owns(exclusive_claims),
        columns.hold_id == hold_id,
        tuple_(columns.resource_id, columns.what, columns.name).in_(
            [(claim.resource_id, claim.what, claim.name) for claim in claims]
        ),
    )


def taken_of(scope: Scope, resource_id: ResourceId) -> Executable:
    columns = exclusive_claims.c
    return select(columns.what, columns.name).where(
        scope.owns(exclusive_claims), columns.resource_id == resource_id
    )
