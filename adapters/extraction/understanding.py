"""Everything about a page that takes time: its passages, and what they are found by."""

import attrs

from adapters.extraction.factory import EXTRACTORS
from adapters.extraction.seeds.factory import read_seed
from adapters.mapping.postings import words_of
from domain.documentation.kinds import SiteKind
from domain.documentation.pages import ReadPage
from domain.documentation.weighing import weigh


def understood(kind: SiteKind | None, body: bytes, /, *, url: str, content_type: str) -> ReadPage:
    """Without a kind it is a file that names pages. Raises Unreadable."""
    if kind is None:
        return read_seed(body, url=url)
    read = EXTRACTORS[kind](body, url=url, content_type=content_type)
    if not read.indexed:
        return attrs.evolve(read, sections=())
    return attrs.evolve(read, words=tuple(words_of(weigh(section)) for section in read.sections))
