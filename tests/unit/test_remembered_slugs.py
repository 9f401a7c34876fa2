"""Whose a slug is is asked once; what is nobody's is asked for each time."""

from typing import Any

import attrs
import pytest

from adapters.cache.remembered_slugs import RememberedSlugs
from domain.kernel.identifiers import OrganizationId
from tests.samples import DESK, OTHER_DESK

pytestmark = pytest.mark.anyio


@attrs.define
class Views:
    known: dict[str, OrganizationId]
    asked: list[str] = attrs.field(factory=list)

    async def organization_called(self, slug: str) -> OrganizationId | None:
        self.asked.append(slug)
        return self.known.get(slug)


def remembering(views: Any, **members: int) -> RememberedSlugs:
    return RememberedSlugs(views=views, **members)


async def test_what_is_somebodys_is_asked_once() -> None:
    views = Views({"desk": DESK.organization_id})
    slugs = remembering(views)

    assert [await slugs("desk") for _ in range(3)] == [DESK.organization_id] * 3
    assert views.asked == ["desk"]


async def test_what_is_nobodys_may_become_somebodys() -> None:
    views = Views({})
    slugs = remembering(views)

    assert await slugs("desk") is None
    views.known["desk"] = DESK.organization_id
    assert await slugs("desk") == DESK.organization_id


async def test_no_more_is_kept_than_there_is_room_for() -> None:
    views = Views({"a": DESK.organization_id, "b": OTHER_DESK.organization_id})
    slugs = remembering(views, most=1)

    for slug in ("a", "b", "b", "a"):
        await slugs(slug)

    assert views.asked == ["a", "b", "a"]
