"""A library in memory: every page weighed anew at every look."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID, uuid5

import anyio
import attrs

from adapters.mapping.pages import digest_of
from application.documentation.embed_passages import (
    MeaningWork,
    Unembedded,
    UnembeddedPassages,
)
from application.documentation.ports import LibraryWork, Pages
from application.documentation.quoting import QuotedPassage
from application.documentation.views import (
    AlsoAt,
    Found,
    PageNotFound,
    PageShown,
    PageViews,
    PassageFound,
    PassageSearch,
    PassageViews,
    RankedBy,
)
from application.kernel.once import Once
from application.kernel.pages import Page, Slice
from application.kernel.ports import UnitOfWork
from domain.documentation.copies import Standing, Told, each_once
from domain.documentation.highlights import highlights
from domain.documentation.meaning import by_meaning
from domain.documentation.pages import Changed, KeptPage, Section
from domain.documentation.queries import Query
from domain.documentation.ranking import Candidate, Index, Postings, fits_of, rank, refine
from domain.documentation.slips import meant
from domain.documentation.weighing import weigh
from domain.documentation.wording import as_written
from domain.kernel.actors import Actor
from domain.kernel.identifiers import OrganizationId, PageId, PassageId, SiteId
from tests.fakes.paging import page_of
from tests.fakes.quoted_and_meant import (
    MemoryMeanings,
    MemoryQuotedPassages,
    Quoted,
    Vectors,
    vectors_of,
)

Decision = TypeVar("Decision")
Kept = dict[tuple[SiteId, str], KeptPage]
Moments = dict[tuple[SiteId, str], datetime]
NAMES = UUID(int=7)


@attrs.frozen
class MemoryPages(Pages):
    kept: Kept
    changed_at: Moments

    def keep(self, page: KeptPage) -> Changed:
        before = self.kept.get((page.site, page.url))
        old, new = Counter(_sections(before)), Counter(_sections(page))
        self.kept[page.site, page.url] = page
        if before is None or old != new:
            self.changed_at[page.site, page.url] = page.fetched_at
        return Changed(
            added=(new - old).total(), removed=(old - new).total(), same=(new & old).total()
        )

    def forget(self, site: SiteId, url: str, *, at: datetime) -> None:
        self.kept.pop((site, url), None)

    def forget_some(self, site: SiteId, *, limit: int, at: datetime) -> int:
        theirs = sorted(url for kept, url in self.kept if kept == site)[:limit]
        for url in theirs:
            self.forget(site, url, at=at)
        return len(theirs)


@attrs.frozen
class MemoryLibraryWork(LibraryWork, MeaningWork):
    pages: MemoryPages
    meanings: MemoryMeanings
    quoted_passages: MemoryQuotedPassages

    @classmethod
    def on(
        cls, kept: Kept, changed_at: Moments, vectors: Vectors, quoted: Quoted
    ) -> "MemoryLibraryWork":
        return cls(
            pages=MemoryPages(kept, changed_at),
            meanings=MemoryMeanings(
                vectors, lambda: [digest_of(section) for _, _, section in _passages(kept)]
            ),
            quoted_passages=MemoryQuotedPassages(quoted, lambda: _standing(kept)),
        )


@attrs.frozen
class MemoryLibrary(UnitOfWork[MemoryLibraryWork], PassageViews, PageViews, UnembeddedPassages):
    organizations: dict[OrganizationId, Kept] = attrs.field(factory=dict)
    changed_at: dict[OrganizationId, Moments] = attrs.field(factory=lambda: defaultdict(dict))
    vectors: dict[OrganizationId, Vectors] = attrs.field(factory=lambda: defaultdict(dict))
    quoted: dict[OrganizationId, Quoted] = attrs.field(factory=lambda: defaultdict(dict))
    editions: Counter[OrganizationId] = attrs.field(factory=Counter)
    turn: anyio.Lock = attrs.field(factory=anyio.Lock)

    async def __call__(
        self,
        actor: Actor,
        decide: Callable[[MemoryLibraryWork], Decision],
        /,
        *,
        once: Once[Decision] | None = None,
    ) -> Decision:
        assert once is None, "pages are kept as often as one likes"
        async with self.turn:
            ours = actor.organization_id
            before, meant_before = self.organizations.get(ours, {}), self.vectors[ours]
            kept, vectors, quoted = before.copy(), meant_before.copy(), self.quoted[ours].copy()
            work = MemoryLibraryWork.on(kept, self.changed_at[ours], vectors, quoted)
            decision = decide(work)
            if (_all(kept), vectors) != (_all(before), meant_before):
                self.editions[ours] += 1
            self.organizations[ours], self.vectors[ours] = kept, vectors
            self.quoted[ours] = quoted
            return decision

    async def edition(self, actor: Actor) -> int:
        return self.editions[actor.organization_id]

    async def search(self, actor: Actor, wanted: PassageSearch) -> Found:
        every = list(_passages(self.organizations.get(actor.organization_id, {})))
        index = _index([section for _, _, section in every])
        query = Query.of(wanted.words)
        instead = {
            term: min(others, key=lambda other: (-len(index[other]), other))
            for term in query.terms
            if term not in index and (others := meant(term) & index.keys())
        }
        query = query.meaning(instead)
        standing = (
            Standing(
                candidate=Candidate(
                    score=score, place=(page.url, position, number), section=section
                ),
                site=page.site,
                version=page.read.version,
            )
            for score, number in rank(query, index, len(every))
            for page, position, section in [every[number]]
            if _is_wanted(page, wanted)
        )
        told = {each.candidate.place: each for each in each_once(standing, len(every))}
        ranked = refine(query, [each.candidate for each in told.values()])
        ranked_by = RankedBy.WORDS
        if wanted.meaning is not None and (
            vectors := vectors_of(ranked, self.vectors[actor.organization_id], wanted.meaning)
        ):
            ranked = by_meaning(ranked, vectors, wanted.meaning.vector)
            ranked_by = RankedBy.BOTH
        shown = ranked[wanted.skip : wanted.skip + wanted.limit]
        fits = fits_of(ranked)
        return Found(
            passages=[_found(query, told[each.place], every, fits[each.place]) for each in shown],
            more=len(ranked) > wanted.skip + wanted.limit,
            many=len(ranked),
            instead=as_written(instead, query.words, [each.section for each in ranked]),
            ranked_by=ranked_by,
        )

    async def after(
        self, actor: Actor, number: int, *, model: str, limit: int
    ) -> Sequence[Unembedded]:
        ours = self.vectors[actor.organization_id]
        every = _passages(self.organizations.get(actor.organization_id, {}))
        without = [
            Unembedded(number=place, digest=digest, path=section.path, text=section.text)
            for place, (_, _, section) in enumerate(every, 1)
            for digest in [digest_of(section)]
            if place > number and (digest not in ours or ours[digest].model != model)
        ]
        return without[:limit]

    async def page(self, actor: Actor, page_id: PageId) -> PageShown:
        shown = {each.id: each for each in self._shown(actor)}
        if page_id not in shown:
            raise PageNotFound(page_id)
        return shown[page_id]

    async def pages(
        self, actor: Actor, *, site_id: SiteId | None, slice: Slice
    ) -> Page[PageShown]:
        theirs = [one for one in self._shown(actor) if site_id in (None, one.site_id)]
        return page_of(theirs, lambda one: (one.url, str(one.id)), slice)

    def _shown(self, actor: Actor) -> list[PageShown]:
        return [
            PageShown(
                id=PageId(uuid5(NAMES, page.url)),
                site_id=page.site,
                url=page.url,
                title=page.read.title,
                kind=page.read.kind,
                language=page.read.language,
                version=page.read.version,
                fetched_at=page.fetched_at,
                changed_at=self.changed_at[actor.organization_id][key],
            )
            for key, page in self.organizations.get(actor.organization_id, {}).items()
        ]


def _sections(page: KeptPage | None) -> list[Section]:
    if page is None or not page.read.indexed:
        return []
    return [attrs.evolve(each, anchors=()) for each in page.read.sections]


def _passages(kept: Kept) -> Iterator[tuple[KeptPage, int, Section]]:
    for _, page in sorted(kept.items(), key=lambda each: each[0][1]):
        for position, section in enumerate(_sections(page)):
            yield page, position, section


def _all(kept: Kept) -> Counter[tuple[SiteId, str, Section]]:
    return Counter((page.site, page.url, each) for page, _, each in _passages(kept))


def _standing(kept: Kept) -> Mapping[PassageId, QuotedPassage]:
    passages = (
        QuotedPassage(
            id=_id(page.url, position, number),
            url=_url(page, section),
            path=section.path,
            text=section.text,
            digest=digest_of(section),
            version=page.read.version,
            fetched_at=page.fetched_at,
        )
        for number, (page, position, section) in enumerate(_passages(kept))
    )
    return {each.id: each for each in passages}


def _id(url: str, position: int, number: int) -> PassageId:
    return PassageId(uuid5(NAMES, repr((url, position, number))))


def _index(sections: list[Section]) -> Index:
    index = defaultdict[str, list[Postings]](list)
    for number, section in enumerate(sections):
        for term, weight in weigh(section).items():
            index[term].append(Postings((number,), (weight.anywhere,), (weight.text,)))
    return dict(index)


def _is_wanted(page: KeptPage, wanted: PassageSearch) -> bool:
    pairs = (
        (wanted.site_id, page.site),
        (wanted.kind, page.read.kind),
        (wanted.language, page.read.language),
        (wanted.version, page.read.version),
    )
    return all(asked is None or asked == told for asked, told in pairs)


def _found(
    query: Query, told: Told, every: Sequence[tuple[KeptPage, int, Section]], fit: int
) -> PassageFound:
    candidate = told.candidate
    page, _, section = every[candidate.place[2]]
    others = [every[each.place[2]] for each in told.others]
    return PassageFound(
        id=_id(*candidate.place),
        page_id=PageId(uuid5(NAMES, page.url)),
        site_id=page.site,
        url=_url(page, section),
        path=section.path,
        text=section.text,
        symbols=section.symbols,
        highlights=highlights(query, section.text),
        kind=page.read.kind,
        language=page.read.language,
        version=page.read.version,
        fetched_at=page.fetched_at,
        also_at=[AlsoAt(_url(page, same), page.read.version) for page, _, same in others],
        fit=fit,
    )


def _url(page: KeptPage, section: Section) -> str:
    return f"{page.url}#{section.anchor}" if section.anchor else page.url
