"""Organizations: what their status lets through, and what is on record of their changes."""

from datetime import datetime, timezone
from itertools import pairwise
from uuid import UUID

import attrs
import pytest

from domain.identity.events import OrganizationStatusChanged, OrganizationTierChanged
from domain.identity.organizations import (
    BadOrganizationName,
    BadSlug,
    Organization,
    OrganizationDeactivated,
    OrganizationStatus,
)
from domain.identity.tiers import LIMITS, Limits, Tier
from domain.kernel.actors import READING, Actor, NotPermitted, OrganizationSuspended, Permission
from domain.kernel.identifiers import ActorId, OrganizationId

NOW = datetime(2027, 3, 1, 12, tzinfo=timezone.utc)
OURS = Organization(
    id=OrganizationId(UUID(int=1)), slug="seaside", name="Seaside Hotel", created_at=NOW
)
CLERK = Actor(
    organization_id=OURS.id,
    id=ActorId(UUID(int=2)),
    permissions=frozenset({Permission.READ_BOOKINGS, Permission.WRITE_BOOKINGS}),
)


def test_an_active_organization_holds_nothing_back() -> None:
    assert OrganizationStatus.ACTIVE.admitted(CLERK) == CLERK


def test_a_suspended_organization_reads_and_changes_nothing() -> None:
    clerk = OrganizationStatus.SUSPENDED.admitted(CLERK)

    clerk.must(Permission.READ_BOOKINGS)
    with pytest.raises(OrganizationSuspended):
        clerk.must(Permission.WRITE_BOOKINGS)
    with pytest.raises(NotPermitted):
        clerk.must(Permission.WRITE_CATALOGUE)


def test_nobody_acts_for_a_deactivated_organization() -> None:
    with pytest.raises(OrganizationDeactivated):
        OrganizationStatus.DEACTIVATED.admitted(CLERK)


def test_the_program_itself_goes_on_in_any_case() -> None:
    assert Actor.system(OURS.id).permissions == frozenset(Permission)


def test_permissions_that_change_something_are_withheld_unless_listed() -> None:
    writing = {one for one in Permission if one.value.endswith(":write")}
    writing.remove(Permission.USE_ACCOUNT)

    assert not writing & READING
    assert {one for one in Permission if one.value.endswith(":read")} <= READING


@pytest.mark.parametrize("slug", ["", "-a", "a-", "A", "a_b", "a" * 64, "ä"])
def test_slugs_are_plain(slug: str) -> None:
    with pytest.raises(BadSlug):
        attrs.evolve(OURS, slug=slug)


@pytest.mark.parametrize("name", ["", " Seaside", "Seaside ", "x" * 101])
def test_names_have_no_loose_ends(name: str) -> None:
    with pytest.raises(BadOrganizationName):
        OURS.renamed(name, now=NOW)


def test_what_became_of_it_is_on_record() -> None:
    suspended = OURS.become(OrganizationStatus.SUSPENDED, now=NOW)
    moved = suspended.move_to(Tier.FREE, now=NOW)

    assert (moved.status, moved.tier) == (OrganizationStatus.SUSPENDED, Tier.FREE)
    assert moved.events == (
        OrganizationStatusChanged(
            organization_id=OURS.id, before="active", after="suspended", occurred_at=NOW
        ),
        OrganizationTierChanged(
            organization_id=OURS.id, before="enterprise", after="free", occurred_at=NOW
        ),
    )
    assert {event.subject for event in moved.events} == {OURS.id}


def test_a_higher_tier_never_allows_less() -> None:
    assert list(LIMITS) == list(Tier)
    for lower, higher in pairwise(LIMITS.values()):
        for field in attrs.fields(Limits):
            less, more = getattr(lower, field.name), getattr(higher, field.name)
            fewer = less is not None and more is not None and less < more
            same = field.name == "features" and less == more
            assert more is None or fewer or same, field.name
