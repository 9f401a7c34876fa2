"""What passages mean, and those that are quoted, in memory."""

from collections.abc import Callable, Collection, Iterable, Mapping

import attrs

from adapters.mapping.pages import digest_of
from application.documentation.embed_passages import Meanings
from application.documentation.quoting import QuotedPassage, QuotedPassages
from domain.documentation.feedback import PassageNotFound
from domain.documentation.meaning import Meaning, Vector
from domain.documentation.ranking import Candidate
from domain.kernel.identifiers import PassageId

Vectors = dict[str, Meaning]
Quoted = dict[PassageId, QuotedPassage]


def vectors_of(ranked: Iterable[Candidate], kept: Vectors, meant: Meaning) -> Mapping[int, Vector]:
    """By number, as the same model sees them."""
    meanings = ((each.place[2], kept.get(digest_of(each.section))) for each in ranked)
    return {
        number: meaning.vector
        for number, meaning in meanings
        if meaning is not None and meaning.model == meant.model
    }


@attrs.frozen
class MemoryMeanings(Meanings):
    vectors: Vectors
    used: Callable[[], Collection[str]]

    def keep(self, vectors: Mapping[str, Vector], *, model: str) -> None:
        self.vectors.update({digest: Meaning(model, each) for digest, each in vectors.items()})

    def drop_unused(self) -> None:
        for digest in self.vectors.keys() - frozenset(self.used()):
            del self.vectors[digest]


@attrs.frozen
class MemoryQuotedPassages(QuotedPassages):
    quoted: Quoted
    standing: Callable[[], Mapping[PassageId, QuotedPassage]]

    def remember(self, passage_id: PassageId) -> QuotedPassage:
        standing = self.standing().get(passage_id)
        if standing is None:
            raise PassageNotFound(passage_id)
        self.quoted.setdefault(passage_id, standing)
        return standing
