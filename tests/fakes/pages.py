"""Pages as they would be found in search, in memory; and an extractor that sees only links."""

import re
from datetime import datetime

import attrs

from adapters.extraction.seeds.factory import read_seed
from application.documentation.ports import Pages, Unreadable
from application.documentation.read_page import Extract
from domain.documentation.kinds import SiteKind
from domain.documentation.pages import Changed, KeptPage, ReadPage, Section
from domain.kernel.identifiers import SiteId

LINK = re.compile(r'href="([^"]*)"')
CANONICAL = re.compile(r'canonical="([^"]*)"')


@attrs.frozen
class MemoryPages(Pages):
    kept: dict[tuple[SiteId, str], KeptPage] = attrs.field(factory=dict)

    def keep(self, page: KeptPage) -> Changed:
        before = self.kept.get((page.site, page.url))
        self.kept[page.site, page.url] = page
        return Changed(added=1, removed=int(before is not None))

    def forget(self, site: SiteId, url: str, *, at: datetime) -> None:
        self.kept.pop((site, url), None)

    def forget_some(self, site: SiteId, *, limit: int, at: datetime) -> int:
        theirs = sorted(url for kept, url in self.kept if kept == site)[:limit]
        for url in theirs:
            self.forget(site, url, at=at)
        return len(theirs)


@attrs.frozen
class SeesLinks(Extract):
    async def __call__(
        self,
        kind: SiteKind | None,
        body: bytes,
        /,
        *,
        url: str,
        content_type: str,
    ) -> ReadPage:
        if kind is None:
            return read_seed(body, url=url)
        text = body.decode()
        if "unreadable" in text:
            raise Unreadable(url)
        section = Section(anchor="", path=(url,), text=text)
        return ReadPage(
            title=url,
            sections=(section,),
            links=tuple(LINK.findall(text)),
            canonical=next(iter(CANONICAL.findall(text)), None),
            indexed="noindex" not in text,
            followed="nofollow" not in text,
        )
