"""What the roles of members add up to."""

from itertools import pairwise

import pytest

from domain.identity.roles import PERMISSIONS, Role
from domain.kernel.actors import Permission

UPWARDS = [Role.AGENT, Role.MANAGER, Role.ADMIN, Role.OWNER]


def test_every_role_has_its_line() -> None:
    assert list(PERMISSIONS) == list(Role)


@pytest.mark.parametrize(
    ("below", "above"), [*pairwise(UPWARDS), (Role.VIEWER, Role.MANAGER)], ids=str
)
def test_whoever_is_more_may_do_all_that_others_may(below: Role, above: Role) -> None:
    assert below.permissions < above.permissions


def test_owners_may_do_everything() -> None:
    assert Role.OWNER.permissions == frozenset(Permission)


def test_viewers_only_look_at_the_business_and_take_nothing_away() -> None:
    writing = {one for one in Role.VIEWER.permissions if not one.value.endswith(":read")}

    assert writing == {Permission.USE_ACCOUNT}
    assert Permission.EXPORT not in Role.VIEWER.permissions
    assert Permission.READ_PARTICIPANTS not in Role.VIEWER.permissions


def test_agents_have_calls_of_their_own_only() -> None:
    assert Permission.HANDLE_OWN_CALLS in Role.AGENT.permissions
    assert not {Permission.READ_CALLS, Permission.WRITE_CALLS} & Role.AGENT.permissions


@pytest.mark.parametrize("role", Role)
def test_whoever_may_write_something_may_read_it(role: Role) -> None:
    values = {permission.value for permission in Permission}
    held = {permission.value for permission in role.permissions}
    readable = {value.replace(":write", ":read") for value in held} & values

    assert readable <= held


@pytest.mark.parametrize("role", Role)
def test_everybody_has_an_account(role: Role) -> None:
    assert Permission.USE_ACCOUNT in role.permissions
