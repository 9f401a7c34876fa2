"""Whether it is seen by which indexes statements go."""

import pytest

from tests.index_plans import idle_indexes

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("postgres_admin_url")]

BY_EMAIL = "ix_bookings_organization_id_email_starts_at"
CANNOT_BE_PLANNED = "SELECT 1 / 0"
ASKS_BY_EMAIL = (
    "SELECT bookings.id FROM bookings"
    " WHERE bookings.organization_id = $1::UUID AND bookings.email = $2::VARCHAR"
)


async def test_one_statement_that_cannot_be_planned_hides_no_other() -> None:
    in_this_order = {CANNOT_BE_PLANNED: None, ASKS_BY_EMAIL: None}.keys()

    idle = await idle_indexes({"postgresql": in_this_order, "sqlite": set()})

    assert "ix_bookings_organization_id_state_starts_at_id" in idle
    assert BY_EMAIL not in idle
