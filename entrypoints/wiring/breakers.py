"""What stands between us and what may be down."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping

import attrs

from adapters.resilience.boards import FileBoard
from adapters.resilience.breaker import Breaker, Preset, State
from adapters.resilience.payments import PRESET as OF_PAYMENTS
from adapters.resilience.payments import BreakingGateway, PaymentBreakers, is_outage
from application.kernel.figures import Figures
from application.kernel.ports import Chance, Clock
from application.payments.gateway import PaymentGateway
from entrypoints.wiring.resilience_settings import BREAKERS
from entrypoints.wiring.settings import Settings

FOLDER, NOBODY = "breakers", "none"
LONGEST, STEPS = 10.0, 100  # seconds; how finely chance lengthens it


def breaker_of(
    name: str,
    preset: Preset,
    settings: Settings,
    clock: Clock,
    fails: Callable[[BaseException], bool],
) -> Breaker:
    """One that all processes of this machine share, as the settings want it."""

    def now() -> float:
        return clock().timestamp()

    wanted = (settings.breakers or {}).get(name)
    if wanted is not None:
        preset = attrs.evolve(preset, failures=wanted.failures, open_for=wanted.open_for)
    board = FileBoard(settings.data_dir / FOLDER, now)
    return Breaker(name=name, preset=preset, seconds=now, fails=fails, board=board)


def states_of_breakers(settings: Settings, now: float) -> Mapping[str, str]:
    """`closed`, `open` or `half_open`, of what is used here, by whichever process of this machine.

    `now` is in seconds since 1970, as the breakers have it.
    """
    board = FileBoard(settings.data_dir / FOLDER, lambda: now)
    return {name: _state_of(board.open_until(name), now).value for name in _used(settings)}


def _state_of(open_until: float | None, now: float) -> State:
    if open_until is None:
        return State.CLOSED
    return State.OPEN if open_until > now else State.HALF_OPEN


def _used(settings: Settings) -> Iterable[str]:
    asks = {
        "payments": settings.payments != NOBODY,
        "refunds": settings.payments != NOBODY,
        "payment-webhooks": settings.payments != NOBODY,
        "telephony": settings.telephony != NOBODY,
        "telephony-lookups": settings.telephony != NOBODY,
        "model": settings.model_url is not None,
        "embedding": settings.embedding_model is not None,
        "mail": settings.smtp_host is not None,
    }
    return (name for name in BREAKERS if asks[name])


def payment_breakers(settings: Settings, clock: Clock) -> PaymentBreakers:
    def breaker(name: str) -> Breaker:
        return breaker_of(name, OF_PAYMENTS, settings, clock, is_outage)

    return PaymentBreakers(
        payments=breaker("payments"),
        refunds=breaker("refunds"),
        webhooks=breaker("payment-webhooks"),
    )


def breaking(
    settings: Settings, breakers: PaymentBreakers, chance: Chance, figures: Figures
) -> Callable[[PaymentGateway], PaymentGateway]:
    """Puts the breakers around an account."""
    pause = _pausing(chance, settings.payment_pause)

    def around(gateway: PaymentGateway) -> PaymentGateway:
        return BreakingGateway(
            gateway=gateway,
            breakers=breakers,
            pause=pause,
            tries=settings.payment_tries,
            figures=figures,
        )

    return around


def seconds_before_another(tried: int, *, shortest: float, by_chance: float) -> float:
    """Twice as long each time, and up to as long again by chance (0 to 1): crowds come apart."""
    return min(shortest * (1 << (tried - 1)) * (1 + by_chance), LONGEST)


def _pausing(chance: Chance, shortest: float) -> Callable[[int], Awaitable[None]]:
    async def pause(tried: int) -> None:
        by_chance = chance(STEPS) / STEPS
        await asyncio.sleep(seconds_before_another(tried, shortest=shortest, by_chance=by_chance))

    return pause
