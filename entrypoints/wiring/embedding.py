"""Wiring of what texts mean."""

from typing import Any

from dependency_injector import containers, providers

from adapters.embedding.none import NoEmbedder
from adapters.readers.unembedded_passages import SqlUnembeddedPassages
from adapters.repositories.meanings import SqlMeaningWork
from adapters.resilience.embedding import PRESET, PromptEmbedder, is_outage
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.documentation.embed_passages import EmbedPassagesHandler, NewPassages
from application.documentation.embedding import Embedder
from application.kernel.ports import Clock
from entrypoints.wiring.breakers import breaker_of
from entrypoints.wiring.settings import Settings


def _embedder(settings: Settings) -> Embedder:
    if settings.embedding_model is None:
        return NoEmbedder()
    # What it needs is installed with the extra of that name.
    from adapters.embedding.onnx import OnnxEmbedder  # noqa: PLC0415

    return OnnxEmbedder(settings.embedding_model)


def _prompt(settings: Settings, clock: Clock, embedder: Embedder) -> Embedder:
    """For whoever waits; the work in the background takes its time."""
    breaker = breaker_of("embedding", PRESET, settings, clock, is_outage)
    seconds = settings.embedding_milliseconds / 1000
    return PromptEmbedder(embedder=embedder, breaker=breaker, seconds=seconds)


def _is_wanted(settings: Settings) -> bool:
    return settings.embedding_model is not None


class EmbeddingContainer(containers.DeclarativeContainer):
    settings = providers.Dependency(instance_of=Settings)
    database: providers.Dependency[object] = providers.Dependency()
    clock: providers.Dependency[object] = providers.Dependency()
    new_id: providers.Dependency[object] = providers.Dependency()
    chance: providers.Dependency[object] = providers.Dependency()

    embedder = providers.Singleton(_embedder, settings)
    prompt = providers.Singleton(_prompt, settings, clock, embedder)
    unit_of_work: Any = providers.Singleton(
        SqlUnitOfWork,
        database=database,
        work_on=providers.Object(SqlMeaningWork.on),
        new_id=new_id,
        clock=clock,
    )
    embed_passages = providers.Singleton(
        EmbedPassagesHandler,
        passages=providers.Singleton(SqlUnembeddedPassages, database),
        unit_of_work=unit_of_work,
        embed=embedder,
    )
    new_passages = providers.Singleton(
        NewPassages, is_wanted=providers.Callable(_is_wanted, settings)
    )
