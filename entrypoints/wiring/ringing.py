"""Who rings the desk over the simulated line, and what becomes of it."""

from collections.abc import Sequence

import attrs

from adapters.telephony_simulator.exchange import Begun, Exchange
from adapters.telephony_simulator.scripts import LIKE
from adapters.telephony_simulator.telephony import OWN_NUMBER
from adapters.telephony_simulator.telephony import PROVIDER as SIMULATOR
from application.calls.ring_desk import Fate, NotSimulated, Ring, Ringing, Rung
from application.kernel.ports import NewId
from domain.kernel.identifiers import OrganizationId
from entrypoints.wiring.settings import Settings

SOMEBODY = "+35191000"
CALLED = OWN_NUMBER
LIKES: Sequence[str] = sorted(fate.value for fate in Fate)


@attrs.frozen(kw_only=True)
class SimulatedRinging(Ringing):
    """The number of whoever rings says what becomes of the call."""

    exchange: Exchange
    new_id: NewId

    async def __call__(self, organization_id: OrganizationId, ring: Ring, /) -> Rung:
        rung = Rung(caller=f"{SOMEBODY}{LIKE[ring.fate.value]}", called=ring.called or CALLED)
        await self.exchange.begin(
            Begun(
                account=str(organization_id),
                key=f"ring-{self.new_id()}",
                call=None,
                caller=rung.caller,
                called=rung.called,
                inbound=True,
            )
        )
        return rung


@attrs.frozen
class NobodyRings(Ringing):
    async def __call__(self, organization_id: OrganizationId, ring: Ring, /) -> Rung:
        raise NotSimulated


def ringing(settings: Settings, exchange: Exchange, new_id: NewId) -> Ringing:
    if settings.telephony != SIMULATOR:
        return NobodyRings()
    return SimulatedRinging(exchange=exchange, new_id=new_id)
