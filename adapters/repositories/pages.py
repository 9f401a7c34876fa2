"""Pages and passages in SQL: only what differs is written."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import repeat
from typing import Any

import attrs
from sqlalchemy import Executable, Row, bindparam, delete, select, update

from adapters.mapping.pages import digest_of
from adapters.mapping.postings import Words, words_of
from adapters.repositories.new_passages import NewPassages
from adapters.repositories.quoted_passages import leave
from adapters.repositories.shelves import Shelves
from adapters.schema.documentation import pages, passages
from adapters.sql.scope import Scope
from application.documentation.ports import LibraryWork, Pages
from domain.documentation.pages import Changed, KeptPage, Section
from domain.documentation.weighing import weigh
from domain.kernel.identifiers import PageId, PassageId, SiteId


@attrs.frozen
class _Told:
    """A section, and what it is found by if somebody has weighed it already."""

    section: Section
    words: Words | None

    @property
    def found_by(self) -> Words:
        return words_of(weigh(self.section)) if self.words is None else self.words


@attrs.frozen
class SqlPages(Pages):
    scope: Scope

    def keep(self, page: KeptPage) -> Changed:
        row = self.scope.ask(_page(), self._key(p_site_id=page.site, p_url=page.url)).one_or_none()
        sections = page.read.sections if page.read.indexed else ()
        told = list(map(_Told, sections, page.read.words or repeat(None)))
        columns = _columns(page)
        if row is None:
            page_id = PageId(self.scope.new_id())
            names = {"id": page_id, "site_id": page.site, "url": page.url}
            self.scope.add(pages, **names, **columns, changed_at=page.fetched_at)
            return self._rewrite(page_id, (), told, at=page.fetched_at)
        page_id = PageId(row.id)
        changed = self._rewrite(page_id, self._passages(page_id), told, at=page.fetched_at)
        is_new = changed.added or changed.removed
        columns["changed_at"] = page.fetched_at if is_new else row.changed_at
        self.scope.execute(_changing_page(), self._key(p_id=page_id) | _new(columns))
        return changed

    def forget(self, site: SiteId, url: str, *, at: datetime) -> None:
        row = self.scope.ask(_page(), self._key(p_site_id=site, p_url=url)).one_or_none()
        if row is not None:
            self._rewrite(PageId(row.id), self._passages(PageId(row.id)), (), at=at)
            self.scope.execute(_forgetting_page(), self._key(p_id=row.id))

    def forget_some(self, site: SiteId, *, limit: int, at: datetime) -> int:
        question = (
            select(pages.c.url)
            .where(self.scope.owns(pages), pages.c.site_id == site)
            .order_by(pages.c.url)
            .limit(limit)
        )
        urls = self.scope.ask(question).scalars().all()
        for url in urls:
            self.forget(site, url, at=at)
        return len(urls)

    def _passages(self, page_id: PageId) -> Sequence[Row[Any]]:
        return self.scope.ask(_passages_of(), self._key(p_page_id=page_id)).all()

    def _rewrite(
        self,
        page_id: PageId,
        before: Sequence[Row[Any]],
        told: Sequence["_Told"],
        *,
        at: datetime,
    ) -> Changed:
        left = defaultdict[str, list[Row[Any]]](list)
        for row in reversed(before):
            left[row.digest].append(row)
        new, moved = list[tuple[int, _Told, str]](), list[Mapping[str, Any]]()
        for position, each in enumerate(told):
            digest = digest_of(each.section)
            if not left[digest]:
                new.append((position, each, digest))
                continue
            same = left[digest].pop()
            if same.position != position:
                moved.append(self._key(p_id=same.id, p_position=position))
        gone = [row for rows in left.values() for row in rows]
        if moved:
            self.scope.execute(_moving(), moved)
        if new or gone:
            self._exchange(page_id, new, gone)
        if gone:
            leave(self.scope, [row.id for row in gone], at=at)
        return Changed(added=len(new), removed=len(gone), same=len(told) - len(new))

    def _exchange(
        self,
        page_id: PageId,
        new: Sequence[tuple[int, "_Told", str]],
        gone: Sequence[Row[Any]],
    ) -> None:
        shelves = Shelves(self.scope)
        shelves.exchange(self._passages_to_be(page_id, new), removed=len(gone))
        if gone:  # only now: whoever takes a shelf down may want them too, and has the turn first
            self.scope.execute(_giving_up(), [self._key(p_id=row.id) for row in gone])
        shelves.clear([row.number for row in gone])

    def _passages_to_be(
        self, page_id: PageId, new: Sequence[tuple[int, "_Told", str]]
    ) -> NewPassages:
        sections = [told.section for _, told, _ in new]
        return NewPassages(
            page_id=page_id,
            columns={
                "id": [PassageId(self.scope.new_id()) for _ in new],
                "position": [position for position, _, _ in new],
                "digest": [digest for _, _, digest in new],
                "anchor": [each.anchor[:1000] for each in sections],
                "body": [each.text for each in sections],
                "headings": [list(each.path) for each in sections],
                "symbols": [list(each.symbols) for each in sections],
            },
            words=[told.found_by for _, told, _ in new],
        )

    def _key(self, **parameters: Any) -> dict[str, Any]:
        return {"p_organization_id": self.scope.organization_id, **parameters}


@attrs.frozen(kw_only=True)
class SqlLibraryWork(LibraryWork):
    pages: SqlPages

    @classmethod
    def on(cls, scope: Scope) -> "SqlLibraryWork":
        return cls(pages=SqlPages(scope))


def _columns(page: KeptPage) -> dict[str, Any]:
    read = page.read
    return {
        "title": read.title[:1000],
        "kind": read.kind.value,
        "language": read.language and read.language[:16],
        "edition": read.version and read.version[:40],
        "content_hash": page.content_hash,
        "fetched_at": page.fetched_at,
    }


def _new(columns: Mapping[str, Any]) -> dict[str, Any]:
    return {f"p_{column}": value for column, value in columns.items()}


@lru_cache(maxsize=1)
def _page() -> Executable:
    return select(pages.c.id, pages.c.changed_at).where(
        pages.c.organization_id == bindparam("p_organization_id"),
        pages.c.site_id == bindparam("p_site_id"),
        pages.c.url == bindparam("p_url"),
    )


@lru_cache(maxsize=1)
def _passages_of() -> Executable:
    columns = (passages.c.id, passages.c.number, passages.c.position, passages.c.digest)
    return (
        select(*columns)
        .where(
            passages.c.organization_id == bindparam("p_organization_id"),
            passages.c.page_id == bindparam("p_page_id"),
        )
        .order_by(passages.c.position)
    )


@lru_cache(maxsize=1)
def _changing_page() -> Executable:
    names = ("title", "kind", "language", "edition", "content_hash", "fetched_at", "changed_at")
    return (
        update(pages)
        .where(
            pages.c.organization_id == bindparam("p_organization_id"),
            pages.c.id == bindparam("p_id"),
        )
        .values({name: bindparam(f"p_{name}", type_=pages.c[name].type) for name in names})
    )


@lru_cache(maxsize=1)
def _forgetting_page() -> Executable:
    return delete(pages).where(
        pages.c.organization_id == bindparam("p_organization_id"),
        pages.c.id == bindparam("p_id"),
    )


@lru_cache(maxsize=1)
def _moving() -> Executable:
    return (
        update(passages)
        .where(
            passages.c.organization_id == bindparam("p_organization_id"),
            passages.c.id == bindparam("p_id"),
        )
        .values(position=bindparam("p_position"))
    )


@lru_cache(maxsize=1)
def _giving_up() -> Executable:
    return delete(passages).where(
        passages.c.organization_id == bindparam("p_organization_id"),
        passages.c.id == bindparam("p_id"),
    )
