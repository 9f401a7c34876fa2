"""Who listens to calls."""

from collections.abc import Callable

from adapters.openai_compatible.listening import ModelListening
from adapters.resilience.listening import PRESET, BreakingListening, is_outage
from application.calls.listening import ByLexicon, Listening, WithFallback
from application.kernel.ports import Clock
from application.kernel.secrets import NoSuchSecret, Secret
from entrypoints.wiring.breakers import breaker_of
from entrypoints.wiring.environment import environment
from entrypoints.wiring.secrets import secrets_of
from entrypoints.wiring.settings import Settings

KEY = "model-key"


def listening(settings: Settings, clock: Clock) -> Listening:
    """A model if one is set, with a list of words behind it; else the list alone."""
    if settings.model_url is None:
        return ByLexicon()

    breaker = breaker_of("model", PRESET, settings, clock, is_outage)
    model = ModelListening.open(
        settings.model_url, settings.model_name, _key(settings), seconds=settings.model_seconds
    )
    return WithFallback(model=BreakingListening(model, breaker), otherwise=ByLexicon())


def _key(settings: Settings) -> Callable[[], Secret | None]:
    """Asked for each time, so that it can be changed. Models on this machine may need none."""
    secrets = secrets_of(settings.secret_places, environment())

    def key() -> Secret | None:
        try:
            return secrets.get(KEY)
        except NoSuchSecret:
            return None

    return key
