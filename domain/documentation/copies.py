"""What a site says at several addresses is told once, with the other addresses beside it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import attrs

from domain.documentation.ranking import Candidate
from domain.kernel.identifiers import SiteId

MOST_TOLD = 10
"""So many other addresses are told of one passage."""
LOOKED_THROUGH = 5
"""So many times as many as are wanted are looked through for others that say something else."""

_NUMBERS = re.compile(r"\d+(?:\.\d+)*")
Says = tuple[SiteId, tuple[str, ...], str, tuple[str, ...]]


@attrs.frozen(kw_only=True)
class Standing:
    """A candidate, and where it stands."""

    candidate: Candidate
    site: SiteId
    version: str | None

    @property
    def says(self) -> Says:
        section = self.candidate.section
        return (self.site, section.path, section.text, section.symbols)


@attrs.frozen(kw_only=True)
class Told:
    """`others` say the same elsewhere on the site, the newest version first."""

    candidate: Candidate
    others: Sequence[Candidate]


def each_once(found: Iterable[Standing], most: int) -> list[Told]:
    """The best first, as they come, until `most` say different things.

    Where some say the same, those that fit as well as the last are looked through for more.
    Of those that say the same, that of the newest version is told, then that with the shortest
    address.
    """
    alike = dict[Says, list[Standing]]()
    last = 0
    for seen, standing in enumerate(islice(found, most * LOOKED_THROUGH), 1):
        is_full = len(alike) == most
        if is_full and standing.candidate.score < last:
            break
        if not is_full or standing.says in alike:
            alike.setdefault(standing.says, []).append(standing)
        last = standing.candidate.score
        if len(alike) == seen == most:
            break
    return list(map(_told, alike.values()))


def _told(alike: Sequence[Standing]) -> Told:
    first, *others = _newest_first(alike)
    best = max(each.candidate.score for each in alike)
    return Told(
        candidate=attrs.evolve(first.candidate, score=best),
        others=[each.candidate for each in others[:MOST_TOLD]],
    )


def _newest_first(alike: Iterable[Standing]) -> Iterator[Standing]:
    nearest = sorted(alike, key=_address)
    yield from sorted(nearest, key=lambda each: _newness(each.version), reverse=True)


def _address(standing: Standing) -> tuple[int, tuple[str, int, int]]:
    place = standing.candidate.place
    return len(place[0]), place


def _newness(version: str | None) -> tuple[tuple[int, ...], bool]:
    """By its numbers; of two with the same, that on which nothing follows: 3.12 before 3.12rc1."""
    found = _NUMBERS.search(version or "")
    if found is None:
        return (), False
    return tuple(map(int, found.group().split("."))), found.end() == len(found.string)
