"""Organizations: whose bookings they are."""

import re
from datetime import datetime
from typing import ClassVar

import attrs

from domain.kernel.identifiers import OrganizationId
from domain.kernel.refusals import Invalid

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


@attrs.frozen
class BadSlug(Invalid):
    code: ClassVar[str] = "bad_slug"
    field: ClassVar[str] = "slug"

    def __str__(self) -> str:
        return "a slug has 1 to 63 letters a-z, digits and hyphens, none of them at an end"


@attrs.frozen(kw_only=True)
class Organization:
    """`slug` is its short name among all organizations."""

    id: OrganizationId
    slug: str
    name: str
    created_at: datetime

    def __attrs_post_init__(self) -> None:
        if not SLUG.fullmatch(self.slug):
            raise BadSlug
