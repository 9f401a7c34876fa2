"""What texts mean, and searches that look at it where words alone do not tell enough."""

from collections.abc import Sequence
from typing import Protocol

import attrs

from application.documentation.views import Found, PassageSearch, PassageViews
from domain.documentation.meaning import Meaning, Vector
from domain.documentation.queries import Query
from domain.kernel.actors import Actor


@attrs.frozen
class NotEmbedded(Exception):
    """There is no model, or it takes too long, or it failed."""

    reason: str


class Embedder(Protocol):
    @property
    def model(self) -> str:
        """Another one whenever the same text would get another vector."""
        ...

    async def __call__(self, texts: Sequence[str], /) -> Sequence[Vector]:
        """One for each text. Raises NotEmbedded."""
        ...


@attrs.frozen(kw_only=True)
class SemanticSearches(PassageViews):
    """Questions are asked by what they mean as well; without a model they are words like others.

    Names and terms are found better by words alone.
    """

    views: PassageViews
    embed: Embedder

    async def edition(self, actor: Actor) -> int:
        return await self.views.edition(actor)

    async def search(self, actor: Actor, wanted: PassageSearch) -> Found:
        if not Query.of(wanted.words).is_question:
            return await self.views.search(actor, wanted)
        try:
            (vector,) = await self.embed((wanted.words,))
        except NotEmbedded:
            return await self.views.search(actor, wanted)
        meant = attrs.evolve(wanted, meaning=Meaning(self.embed.model, vector))
        return await self.views.search(actor, meant)
