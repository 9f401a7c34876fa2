"""Run only if the actor may."""

import attrs
import pytest

from application.bookings.expire_holds import ExpireHolds
from application.kernel.permitted import Permitted
from domain.kernel.actors import NotPermitted, Permission
from tests.samples import DESK

pytestmark = pytest.mark.anyio


@attrs.frozen
class Counted:
    calls: list[ExpireHolds] = attrs.field(factory=list)

    async def __call__(self, command: ExpireHolds, /) -> int:
        self.calls.append(command)
        return command.limit


async def test_only_whoever_has_the_permission_gets_through() -> None:
    use_case = Counted()
    permitted = Permitted(use_case, Permission.WRITE_BOOKINGS)
    reader = attrs.evolve(DESK, permissions=frozenset({Permission.READ_BOOKINGS}))

    assert await permitted(ExpireHolds(actor=DESK, limit=7)) == 7
    with pytest.raises(NotPermitted):
        await permitted(ExpireHolds(actor=reader))

    assert use_case.calls == [ExpireHolds(actor=DESK, limit=7)]
