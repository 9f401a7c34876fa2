"""What stands between us and a payment provider that may be down."""

import asyncio
from collections.abc import Awaitable, Callable

from adapters.resilience.boards import FileBoard
from adapters.resilience.breaker import Breaker
from adapters.resilience.payments import PRESET, BreakingGateway, PaymentBreakers, is_outage
from application.kernel.figures import Figures
from application.kernel.ports import Chance, Clock
from application.payments.gateway import PaymentGateway
from entrypoints.wiring.settings import Settings

FOLDER = "breakers"
SHORTEST, STEPS = 0.1, 100  # seconds; how finely chance lengthens it


def payment_breakers(settings: Settings, clock: Clock) -> PaymentBreakers:
    def now() -> float:
        return clock().timestamp()

    board = FileBoard(settings.data_dir / FOLDER, now)

    def breaker(name: str) -> Breaker:
        return Breaker(name=name, preset=PRESET, seconds=now, fails=is_outage, board=board)

    return PaymentBreakers(
        payments=breaker("payments"),
        refunds=breaker("refunds"),
        webhooks=breaker("payment-webhooks"),
    )


def breaking(
    breakers: PaymentBreakers, chance: Chance, figures: Figures
) -> Callable[[PaymentGateway], PaymentGateway]:
    """Puts the breakers around an account."""
    pause = _pausing(chance)

    def around(gateway: PaymentGateway) -> PaymentGateway:
        return BreakingGateway(gateway=gateway, breakers=breakers, pause=pause, figures=figures)

    return around


def _pausing(chance: Chance) -> Callable[[int], Awaitable[None]]:
    """Twice as long each time, and then up to as long again: crowds come apart."""

    async def pause(tried: int) -> None:
        await asyncio.sleep(SHORTEST * (1 << tried) * (1 + chance(STEPS) / STEPS))

    return pause
