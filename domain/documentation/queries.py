"""What somebody looks for: words, exact names, phrases, and whether it is a question."""

import re
from collections.abc import Mapping
from itertools import permutations

import attrs

from domain.documentation.tokens import STOP_WORDS, stem, tokens

MOST_TERMS = 24
MOST_NAMES = 4
MOST_WORDS_OF_A_TERM = 4
FEWEST_WORDS_OF_A_QUESTION = 3

_NAME = re.compile(r"[A-Za-z_$][\w$]*(?:(?:\.|::)[A-Za-z_$][\w$]*)*")
_NAME_LIKE = re.compile(r"\.|::|_|[a-z\d][A-Z]")
_QUOTED = re.compile(r'"([^"]+)"')
_ASKING = re.compile(
    r"^(?:how|why|what|when|where|which|who|can|could|do|does|is|are|should|will|would)\b(?! ?\()",
    re.IGNORECASE,
)
_STOPPED = frozenset(stem(word) for word in STOP_WORDS) | STOP_WORDS


@attrs.frozen(kw_only=True)
class Query:
    """`names` may be defined by a passage as they stand, all the words too if they are few;
    `joined` are two names made one.
    """

    words: str
    terms: tuple[str, ...]
    names: tuple[str, ...]
    joined: tuple[str, ...]
    phrases: tuple[str, ...]
    is_question: bool

    @classmethod
    def of(cls, words: str) -> "Query":
        words = " ".join(words.split())
        every = tuple(dict.fromkeys(tokens(words)))
        telling = tuple(term for term in every if term not in _STOPPED) or every
        names, whole = _names(words), words.lower()
        is_term = 1 < len(words.split()) <= MOST_WORDS_OF_A_TERM and whole not in names
        return cls(
            words=words,
            terms=telling[:MOST_TERMS],
            names=(*names, whole) if is_term else names,
            joined=tuple(f"{first}.{second}" for first, second in permutations(names, 2)),
            phrases=tuple(" ".join(each.lower().split()) for each in _QUOTED.findall(words)),
            is_question=_asks(words),
        )

    def meaning(self, instead: Mapping[str, str]) -> "Query":
        """With other terms in the place of those that nothing holds."""
        terms = tuple(dict.fromkeys(instead.get(term, term) for term in self.terms))
        return attrs.evolve(self, terms=terms)


def _names(words: str) -> tuple[str, ...]:
    found = list(_NAME.finditer(words))
    alone = len(found) == 1 and len(words.split()) == 1
    looked_for = dict[str, None]()
    for match in found:
        name = match.group()
        called = words[match.end() : match.end() + 1] == "("
        opening = match.start() == 0 and words[match.end() : match.end() + 2] == " ("
        if alone or called or opening or _NAME_LIKE.search(name) or _within(words, match):
            looked_for[name.lower().replace("::", ".")] = None
    return tuple(looked_for)[:MOST_NAMES]


def _within(words: str, match: re.Match[str]) -> bool:
    """Whether it ends what stands in brackets: `gather() (in module asyncio)`."""
    return words[match.end() : match.end() + 1] == ")" and "(" in words[: match.start()]


def _asks(words: str) -> bool:
    many = len(words.split()) >= FEWEST_WORDS_OF_A_QUESTION
    return many and (words.endswith("?") or bool(_ASKING.match(words)))
