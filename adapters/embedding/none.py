"""Where there is no model."""

from collections.abc import Sequence

from application.documentation.embedding import Embedder, NotEmbedded
from domain.documentation.meaning import Vector


class NoEmbedder(Embedder):
    model = ""

    async def __call__(self, texts: Sequence[str], /) -> Sequence[Vector]:
        raise NotEmbedded("no_model")
