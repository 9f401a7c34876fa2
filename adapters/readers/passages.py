"""Searching passages in SQL: postings out of the database, who comes first from the domain."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

import attrs
from sqlalchemy import Connection, Row, select

from adapters.mapping.postings import (
    DRAWER,
    OF_EACH,
    Fresh,
    drawer_of,
    in_drawer,
    numbers_in,
    postings_in,
    postings_left,
    terms_in,
)
from adapters.readers.meanings import vectors_of
from adapters.readers.passage_questions import (
    FRESH,
    GONE,
    HELD,
    holding_any,
    looking_up,
    passages_of,
)
from adapters.schema.documentation import libraries
from adapters.sql.database import Database
from application.documentation.views import (
    AlsoAt,
    Found,
    PassageFound,
    PassageSearch,
    PassageViews,
    RankedBy,
)
from domain.documentation.copies import Standing, Told, each_once
from domain.documentation.highlights import highlights
from domain.documentation.kinds import DocumentationKind
from domain.documentation.meaning import by_meaning
from domain.documentation.pages import Section
from domain.documentation.queries import Query
from domain.documentation.ranking import Candidate, Index, Postings, fits_of, rank, refine, wanted
from domain.documentation.slips import meant
from domain.documentation.wording import as_written
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId, PageId, PassageId, SiteId

REFINED = 60
"""So many of the best are looked at more closely; nobody reads further."""
WITH_MEANING = 300
"""So many where their meaning is looked at: what is meant may stand further down."""
FEW = 4
"""So many terms are looked for one by one in what holds them."""
LOOKED_AT = 60
"""Of so many passages it is asked first whether they are what is wanted; then of more."""


@attrs.frozen
class SqlPassageViews(PassageViews):
    database: Database

    async def edition(self, actor: Actor) -> int:
        question = select(libraries.c.edition).where(
            libraries.c.organization_id == actor.organization_id
        )
        edition: int | None = await self.database.read(
            lambda connection: connection.execute(question).scalar_one_or_none(),
            of=actor.organization_id,
        )
        return edition or 0

    async def search(self, actor: Actor, wanted: PassageSearch) -> Found:
        return await self.database.read(
            lambda connection: Searching(connection, actor.organization_id, wanted).found(),
            of=actor.organization_id,
        )


@attrs.frozen
class Searching:
    connection: Connection
    organization_id: OrganizationId
    search: PassageSearch

    def found(self) -> Found:
        query = Query.of(self.search.words)
        many, fresh, index = self._look_up(wanted(query))
        lost = [term for term in query.terms if not index.get(term)]
        instead = self._instead(lost, fresh)
        if instead:
            query = query.meaning(instead)
            many, fresh, index = self._look_up(wanted(query))
        rows = dict[int, Row[Any]]()
        meant = self.search.meaning
        most = REFINED if meant is None else WITH_MEANING
        fitting = self._fitting(rank(query, index, many), rows)
        told = {each.candidate.place: each for each in each_once(fitting, most)}
        first, behind = self.search.skip, self.search.skip + self.search.limit
        ranked = refine(query, [each.candidate for each in told.values()])
        ranked_by = RankedBy.WORDS
        if meant is not None and (
            vectors := vectors_of(
                self.connection,
                self.organization_id,
                [each.place[2] for each in ranked],
                meant,
            )
        ):
            ranked = by_meaning(ranked, vectors, meant.vector)[:REFINED]
            ranked_by = RankedBy.BOTH
        fits = fits_of(ranked)
        return Found(
            passages=[
                _found(query, told[each.place], rows, fit=fits[each.place])
                for each in ranked[first:behind]
            ],
            more=len(ranked) > behind,
            many=len(ranked),
            instead=as_written(instead, query.words, [each.section for each in ranked]),
            ranked_by=ranked_by,
        )

    def _look_up(self, terms: Sequence[str]) -> tuple[int, Fresh, Index]:
        """How many passages there are, the words of the new ones, and what holds the terms."""
        sought = Sought.of(terms)
        given = {"p_organization_id": self.organization_id, "p_terms": sought.names}
        many, fresh = 0, list[tuple[int, bytes]]()
        gone = dict[int, frozenset[int]]()
        shelves = defaultdict[str, list[tuple[int, bytes]]](list)
        for what, term, number, held in self.connection.execute(looking_up(), given):
            if what == HELD:
                for each, holding in sought.holdings(term, held):
                    shelves[each].append((number, holding))
            elif what == FRESH:
                fresh.append((number, held))
            elif what == GONE:
                gone[number] = frozenset(numbers_in(held))
            else:
                many = number
        index = {term: _postings(holdings, gone) for term, holdings in shelves.items()}
        new = Fresh.of(fresh)
        for term in dict.fromkeys(terms):
            if (more := new.postings(term)) is not None:
                index.setdefault(term, []).append(more)
        return many, new, index

    def _instead(self, lost: Iterable[str], fresh: Fresh) -> Mapping[str, str]:
        """What most likely was meant by words that nothing holds."""
        near = {word: others for word in lost if (others := meant(word))}
        every = frozenset().union(*near.values())
        if not every:
            return {}
        held = defaultdict[str, int](int)
        sought = Sought.of(sorted(every))
        given = {"p_organization_id": self.organization_id, "p_terms": sought.names}
        for name, drawer in self.connection.execute(holding_any(), given):
            for term, holding in sought.holdings(name, drawer):
                held[term] += len(holding) // OF_EACH
        for term, times in fresh.count(every).items():
            held[term] += times
        best = {
            word: min(others, key=lambda other: (-held.get(other, 0), other))
            for word, others in near.items()
        }
        return {word: other for word, other in best.items() if other in held}

    def _fitting(
        self, ranked: Iterator[tuple[int, int]], rows: dict[int, Row[Any]]
    ) -> Iterator[Standing]:
        """Those that are still there, of what is wanted; their rows are put with the others."""
        looked_at = LOOKED_AT
        while batch := list(islice(ranked, looked_at)):
            rows.update(self._rows([number for _, number in batch]))
            for score, number in batch:
                if number in rows:
                    yield _standing(score, rows[number])
            looked_at *= 4

    def _rows(self, numbers: Sequence[int]) -> Mapping[int, Row[Any]]:
        search = self.search
        wanted = {
            "site_id": search.site_id,
            "kind": search.kind and search.kind.value,
            "language": search.language,
            "edition": search.version,
        }
        asked = {name: value for name, value in wanted.items() if value is not None}
        given = {
            "p_organization_id": self.organization_id,
            "p_numbers": numbers,
            **{f"p_{name}": value for name, value in asked.items()},
        }
        rows = self.connection.execute(passages_of(*asked), given)
        return {row.number: row for row in rows}


@attrs.frozen
class Sought:
    """Terms by the drawers that may hold them."""

    terms: Mapping[str, set[str]]

    @classmethod
    def of(cls, terms: Iterable[str]) -> "Sought":
        drawers = defaultdict[str, set[str]](set)
        for term in terms:
            drawers[drawer_of(term)].add(term)
        return cls(drawers)

    @property
    def names(self) -> Sequence[str]:
        """Of drawers, and the terms themselves, which older releases kept each by itself."""
        return [*self.terms, *chain.from_iterable(self.terms.values())]

    def holdings(self, name: str, held: bytes) -> Iterator[tuple[str, bytes]]:
        if not name.startswith(DRAWER):
            yield name, held
            return
        sought = self.terms[name]
        for term in sought if len(sought) <= FEW else sought.intersection(terms_in(held)):
            if (holding := in_drawer(held, term)) is not None:
                yield term, holding


def _postings(
    holdings: Iterable[tuple[int, bytes]], gone: Mapping[int, frozenset[int]]
) -> list[Postings]:
    """Shelves from which nothing is gone are as good as one."""
    whole = [held for shelf, held in holdings if shelf not in gone]
    rest = [postings_left(held, gone[shelf]) for shelf, held in holdings if shelf in gone]
    return [postings_in(*whole), *rest]


def _standing(score: int, row: Row[Any]) -> Standing:
    candidate = Candidate(
        score=score,
        place=(row.url, row.position, row.number),
        section=Section(
            anchor=row.anchor,
            path=tuple(row.headings),
            text=row.body,
            symbols=tuple(row.symbols),
        ),
    )
    return Standing(candidate=candidate, site=SiteId(row.site_id), version=row.edition)


def _found(query: Query, told: Told, rows: Mapping[int, Row[Any]], *, fit: int) -> PassageFound:
    row = rows[told.candidate.place[2]]
    others = [rows[each.place[2]] for each in told.others]
    return PassageFound(
        id=PassageId(row.id),
        page_id=PageId(row.page_id),
        site_id=SiteId(row.site_id),
        url=_url(row),
        path=row.headings,
        text=row.body,
        symbols=row.symbols,
        highlights=highlights(query, row.body),
        kind=DocumentationKind(row.kind),
        language=row.language,
        version=row.edition,
        fetched_at=row.fetched_at,
        also_at=[AlsoAt(_url(other), other.edition) for other in others],
        fit=fit,
    )


def _url(row: Row[Any]) -> str:
    return f"{row.url}#{row.anchor}" if row.anchor else row.url
