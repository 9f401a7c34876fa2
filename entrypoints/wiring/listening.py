"""Who listens to calls."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from adapters.resilience.listening import PRESET, BreakingListening, is_outage
from application.calls.listening import ByLexicon, Listening, WithFallback
from application.kernel.ports import Clock
from application.kernel.secrets import NoSuchSecret, Secret
from entrypoints.wiring.breakers import breaker_of
from entrypoints.wiring.environment import environment
from entrypoints.wiring.secrets import secrets_of
from entrypoints.wiring.settings import Settings

KEY = "model-key"


class Model(Listening, Protocol):
    async def close(self) -> None: ...


def model_of(settings: Settings) -> Model | None:
    if settings.model_url is None:
        return None
    # A client of HTTP that a start without a model need not wait for.
    from adapters.openai_compatible.listening import ModelListening  # noqa: PLC0415

    return ModelListening.open(
        settings.model_url, settings.model_name, _key(settings), seconds=settings.model_seconds
    )


def listening(model: Model | None, settings: Settings, clock: Clock) -> Listening:
    """A model if one is set, with a list of words behind it; else the list alone."""
    if model is None:
        return ByLexicon()

    breaker = breaker_of("model", PRESET, settings, clock, is_outage)
    return WithFallback(model=BreakingListening(model, breaker), otherwise=ByLexicon())


def closing(model: Model | None) -> Callable[[], Awaitable[None]]:
    async def close() -> None:
        if model is not None:
            await model.close()

    return close


def _key(settings: Settings) -> Callable[[], Secret | None]:
    """Asked for each time, so that it can be changed. Models on this machine may need none."""
    secrets = secrets_of(settings.secret_places, environment())

    def key() -> Secret | None:
        try:
            return secrets.get(KEY)
        except NoSuchSecret:
            return None

    return key
