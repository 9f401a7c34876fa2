"""Wiring of what the program tells about its own work."""

from dependency_injector import containers, providers

from application.kernel.ports import UseCase
from entrypoints.wiring.settings import Settings
from entrypoints.wiring.wrapping import Observe


def _unobserved(use_case: UseCase[object, object]) -> UseCase[object, object]:
    return use_case


def _observe(trace: str) -> Observe:
    if trace == "none":
        return _unobserved
    # Loading the SDK takes longer than some commands run.
    from adapters.telemetry.tracing import open_tracing, to_console  # noqa: PLC0415

    return open_tracing(to_console()).observe


class TelemetryContainer(containers.DeclarativeContainer):
    settings = providers.Dependency(instance_of=Settings)

    observe = providers.Singleton(_observe, settings.provided.trace)
