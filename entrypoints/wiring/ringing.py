"""Who rings the desk over the simulated line, and what becomes of it."""

from collections.abc import Sequence

from adapters.telephony_simulator.exchange import Begun, Exchange
from adapters.telephony_simulator.scripts import LIKE
from adapters.telephony_simulator.telephony import OWN_NUMBER
from application.kernel.ports import NewId
from domain.kernel.identifiers import OrganizationId

SOMEBODY = "+35191000"
CALLED = OWN_NUMBER
LIKES: Sequence[str] = sorted(LIKE)


async def somebody_rings(
    exchange: Exchange, new_id: NewId, organization_id: OrganizationId, *, like: str, called: str
) -> str:
    """The number of whoever does, which says what becomes of the call."""
    caller = f"{SOMEBODY}{LIKE[like]}"
    await exchange.begin(
        Begun(
            account=str(organization_id),
            key=f"ring-{new_id()}",
            call=None,
            caller=caller,
            called=called,
            inbound=True,
        )
    )
    return caller
