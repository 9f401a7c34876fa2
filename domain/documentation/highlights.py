"""Where in a passage the words stand that somebody looked for."""

from collections.abc import Iterator

from domain.documentation.queries import Query
from domain.documentation.tokens import words_with_places

MOST = 50


def highlights(query: Query, text: str) -> tuple[tuple[int, int], ...]:
    """From and up to which letter, in their order and none within another; the first of them."""
    found = _matches(frozenset(query.terms), text)
    return tuple(place for place, _ in zip(found, range(MOST), strict=False))


def _matches(terms: frozenset[str], text: str) -> Iterator[tuple[int, int]]:
    for place, forms in words_with_places(text):
        if not terms.isdisjoint(forms):
            yield place
