"""Who may do what."""

from uuid import UUID

import attrs
import pytest

from domain.kernel.actors import SYSTEM, Actor, NotPermitted, Permission
from domain.kernel.refusals import Category, Severity
from tests.samples import DESK


@pytest.mark.parametrize("permission", Permission)
def test_an_actor_may_do_what_is_permitted_and_no_more(permission: Permission) -> None:
    only = attrs.evolve(DESK, permissions=frozenset({permission}))
    others = attrs.evolve(DESK, permissions=frozenset(Permission) - {permission})

    only.must(permission)
    with pytest.raises(NotPermitted) as refused:
        others.must(permission)
    assert refused.value.permission is permission
    assert str(refused.value) == f"the permission {permission.value} is missing"
    assert refused.value.category is Category.AUTHORIZATION
    assert refused.value.severity is Severity.MEDIUM


def test_the_system_may_do_everything_in_one_organization() -> None:
    system = Actor.system(DESK.organization_id)

    assert system == Actor(
        organization_id=DESK.organization_id, id=SYSTEM, permissions=frozenset(Permission)
    )
    assert UUID(int=0) == SYSTEM
