"""Passages get vectors, each once: what stays as it is keeps its own."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Protocol

import attrs

from application.documentation.embedding import Embedder, NotEmbedded
from application.kernel.jobs import Job, JobContext, QueuedJob
from application.kernel.ports import UnitOfWork
from application.kernel.subscribers import RecordedEvent, Subscriber, SubscriberWork
from domain.documentation.events import CrawlFinished, DocumentAdded, DocumentReplaced
from domain.documentation.meaning import Vector
from domain.kernel.actors import Actor

TOGETHER = 32


@attrs.frozen(kw_only=True)
class Unembedded:
    """A passage without a vector; whatever has the same digest says the same."""

    number: int
    digest: str
    path: Sequence[str]
    text: str

    @property
    def told(self) -> str:
        """The nearest titles first: models read no further than a page."""
        return "\n".join((" ".join(self.path[-2:]), self.text))


class UnembeddedPassages(Protocol):
    async def after(
        self, actor: Actor, number: int, *, model: str, limit: int
    ) -> Sequence[Unembedded]:
        """Those that have no vector of the model, by their numbers."""
        ...


class Meanings(Protocol):
    def keep(self, vectors: Mapping[str, Vector], *, model: str) -> None:
        """By digest; something else may be found once the unit ends."""
        ...

    def drop_unused(self) -> None:
        """Those of no passage that is there."""
        ...


class MeaningWork(Protocol):
    @property
    def meanings(self) -> Meanings: ...


@attrs.frozen
class EmbedPassages:
    JOB: ClassVar[str] = "embed_passages"

    @property
    def job(self) -> Job:
        return Job(name=self.JOB, payload={})


@attrs.frozen
class NewPassages(Subscriber):
    """Without a model there is nothing to do for anybody."""

    is_wanted: bool
    name: ClassVar[str] = "passages_to_embed"
    hears: ClassVar[frozenset[str]] = frozenset(
        {CrawlFinished.name, DocumentAdded.name, DocumentReplaced.name}
    )

    def __call__(self, event: RecordedEvent, work: SubscriberWork, /) -> None:
        if self.is_wanted:
            work.jobs.enqueue(EmbedPassages().job)


@attrs.frozen(kw_only=True)
class EmbedPassagesHandler:
    """May be interrupted anywhere: what is kept is not asked for again."""

    passages: UnembeddedPassages
    unit_of_work: UnitOfWork[MeaningWork]
    embed: Embedder

    async def __call__(self, job: QueuedJob, context: JobContext, /) -> None:
        actor, last, model = context.actor, 0, self.embed.model
        while some := await self.passages.after(actor, last, model=model, limit=TOGETHER):
            last = some[-1].number
            told = {each.digest: each.told for each in some}
            try:
                vectors = await self.embed(list(told.values()))
            except NotEmbedded:  # they stay without until more come
                return
            await self._keep(actor, dict(zip(told, vectors, strict=True)), model)
        await self.unit_of_work(actor, lambda work: work.meanings.drop_unused())

    async def _keep(self, actor: Actor, vectors: Mapping[str, Vector], model: str) -> None:
        await self.unit_of_work(actor, lambda work: work.meanings.keep(vectors, model=model))
