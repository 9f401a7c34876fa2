"""Words by which something is looked up, as they are written where it is found."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from domain.documentation.pages import Section
from domain.documentation.slips import meant
from domain.documentation.tokens import single_words, tokens


def as_written(instead: Mapping[str, str], words: str, sections: Iterable[Section]) -> list[str]:
    """For each term in the place of another what most likely was meant by the words.

    That is what one slip leads away from, then what is written most often. A term that stands
    nowhere in the sections is left out.
    """
    if not instead:
        return []
    wanted = frozenset(instead.values())
    written = {term: Counter[str]() for term in wanted}
    for word in _every(sections):
        for term in wanted.intersection(tokens(word)):
            written[term][word] += 1
    near = frozenset[str]().union(*(meant(word.lower()) for word in single_words(words)))
    return sorted({_likeliest(each, near) for each in written.values() if each})


def _every(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        for text in (*section.path, section.text, *section.symbols):
            yield from single_words(text)


def _likeliest(written: Counter[str], near: frozenset[str]) -> str:
    return min(written, key=lambda word: (word.lower() not in near, -written[word], word))
