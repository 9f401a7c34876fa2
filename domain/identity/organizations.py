"""Organizations: whose bookings they are."""

import re
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import ClassVar

import attrs

from domain.identity.events import (
    OrganizationMetadataChanged,
    OrganizationRenamed,
    OrganizationStatusChanged,
    OrganizationTierChanged,
)
from domain.identity.tiers import Tier
from domain.kernel.actors import Actor
from domain.kernel.events import Event
from domain.kernel.identifiers import OrganizationId
from domain.kernel.refusals import Conflict, Forbidden, Invalid, NotFound

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
UNPROVED = "unproved-"
LONGEST_NAME = 100
METADATA_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,39}")
MOST_METADATA = 50
LONGEST_METADATA = 500


@attrs.frozen
class BadSlug(Invalid):
    code: ClassVar[str] = "bad_slug"
    field: ClassVar[str] = "slug"

    def __str__(self) -> str:
        return "a slug has 1 to 63 letters a-z, digits and hyphens, none of them at an end"


@attrs.frozen
class BadOrganizationName(Invalid):
    code: ClassVar[str] = "bad_organization_name"
    field: ClassVar[str] = "name"

    def __str__(self) -> str:
        return f"a name has 1 to {LONGEST_NAME} characters and no spaces at its ends"


@attrs.frozen
class BadMetadata(Invalid):
    code: ClassVar[str] = "bad_metadata"
    field: ClassVar[str] = "metadata"

    def __str__(self) -> str:
        return (
            f"at most {MOST_METADATA} members, each once, called 1 to 40 of a-z, 0-9, _, . and - "
            f"and saying 1 to {LONGEST_METADATA} printable characters"
        )


@attrs.frozen
class SlugTaken(Conflict):
    """Another organization has it."""

    code: ClassVar[str] = "slug_taken"
    slug: str

    def __str__(self) -> str:
        return f"there is an organization with the slug {self.slug} already"


@attrs.frozen
class OrganizationNotFound(NotFound):
    code: ClassVar[str] = "organization_not_found"

    def __str__(self) -> str:
        return "no such organization"


@attrs.frozen
class OrganizationDeactivated(Forbidden):
    """Nothing is done for it any more, and nothing is shown."""

    code: ClassVar[str] = "organization_deactivated"

    def __str__(self) -> str:
        return "the organization is deactivated"


class OrganizationStatus(Enum):
    """A suspended one sees what it has and sells nothing; a deactivated one does neither."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    DEACTIVATED = "deactivated"

    def admitted(self, actor: Actor) -> Actor:
        """The actor, as far as it may act now. Raises OrganizationDeactivated."""
        if self is OrganizationStatus.DEACTIVATED:
            raise OrganizationDeactivated
        return actor.only_reading() if self is OrganizationStatus.SUSPENDED else actor


@attrs.frozen(kw_only=True)
class Organization:
    """`slug` is its short name among all organizations, and does not change once it is its own.

    Until somebody has proved to be its owner, it goes by a name that nobody wants, and has only
    said which one it would like (`wanted_slug`): others may prove faster.

    `metadata` is what it notes about itself: the program keeps it and reads nothing into it.
    """

    id: OrganizationId
    slug: str
    name: str
    created_at: datetime
    status: OrganizationStatus = OrganizationStatus.ACTIVE
    tier: Tier = Tier.ENTERPRISE
    metadata: Mapping[str, str] = attrs.field(factory=dict)
    version: int = 1
    wanted_slug: str | None = None
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if not all(SLUG.fullmatch(slug) for slug in (self.slug, self.wanted_slug or self.slug)):
            raise BadSlug

    @classmethod
    def registered(
        cls, id: OrganizationId, *, slug: str, name: str, now: datetime
    ) -> "Organization":
        """By somebody whose address is not proved yet. Raises BadSlug."""
        return cls(id=id, slug=f"{UNPROVED}{id.hex}", wanted_slug=slug, name=name, created_at=now)

    def proved(self) -> "Organization":
        """By the short name it wants, unless it has its own."""
        return attrs.evolve(self, slug=self.wanted_slug or self.slug, wanted_slug=None)

    def renamed(self, name: str, *, now: datetime) -> "Organization":
        """Raises BadOrganizationName."""
        if not 1 <= len(name) <= LONGEST_NAME or name != name.strip():
            raise BadOrganizationName
        renamed = OrganizationRenamed(organization_id=self.id, occurred_at=now)
        return attrs.evolve(self, name=name, events=(*self.events, renamed))

    def noting(self, metadata: Mapping[str, str], *, now: datetime) -> "Organization":
        """This, and nothing that was noted before. Raises BadMetadata."""
        fit = all(
            METADATA_NAME.fullmatch(name)
            and 1 <= len(said) <= LONGEST_METADATA
            and said.isprintable()
            for name, said in metadata.items()
        )
        if not fit or len(metadata) > MOST_METADATA:
            raise BadMetadata
        before, after = set(self.metadata.items()), set(metadata.items())
        changed = OrganizationMetadataChanged(
            organization_id=self.id,
            members=tuple(sorted({name for name, _ in before ^ after})),
            occurred_at=now,
        )
        return attrs.evolve(self, metadata=metadata, events=(*self.events, changed))

    def become(self, status: OrganizationStatus, *, now: datetime) -> "Organization":
        changed = OrganizationStatusChanged(
            organization_id=self.id, before=self.status.value, after=status.value, occurred_at=now
        )
        return attrs.evolve(self, status=status, events=(*self.events, changed))

    def move_to(self, tier: Tier, *, now: datetime) -> "Organization":
        """What it has beyond the limits of a lower tier stays; there is just no more of it, and
        its histories become shorter."""
        changed = OrganizationTierChanged(
            organization_id=self.id, before=self.tier.value, after=tier.value, occurred_at=now
        )
        return attrs.evolve(self, tier=tier, events=(*self.events, changed))
