"""Read one page: ask for it, understand the answer, and say what came of it."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Protocol

import attrs

from application.documentation.ports import Interrupted, Unreadable
from application.documentation.record_page import CameOfIt
from application.kernel.figures import UNTOLD, Figures
from application.kernel.ports import Chance, Clock
from application.kernel.told_figures import RETRIES
from application.kernel.web import Fetch, Fetched, NotFetched, WhyNot
from domain.documentation.answers import Meaning, meaning_of, next_try, rest_until
from domain.documentation.frontier import Became, Dated, Found, Leased, PageState
from domain.documentation.kinds import SiteKind
from domain.documentation.pages import ReadPage
from domain.documentation.scope import Scope
from domain.documentation.site import Site
from domain.documentation.urls import normal_form

LARGEST_PAGE = 10_000_000
LARGEST_SEED = 52_428_800
MOST_FILES = 100
"""That one file may name; each of them may name as many pages as there may be of the site."""
MOST_HOPS = 5
GRAINS = 1_000_000
NOT_LISTED = "noindex"
SEED = "seed"

NEVER_BETTER = frozenset(
    {WhyNot.MALFORMED_URL, WhyNot.ADDRESS_REFUSED, WhyNot.NOT_TRUSTED, WhyNot.GARBLED}
)
READABLE = ("text/", "application/xhtml", "application/json", "application/yaml", "application/x-")


class Extract(Protocol):
    """Reads a body by the kind of its site, beside whatever else is going on."""

    async def __call__(
        self, kind: SiteKind | None, body: bytes, /, *, url: str, content_type: str
    ) -> ReadPage:
        """Without a kind it is a file that names pages.

        Raises Unreadable, whatever was the matter with it; Interrupted if nothing was.
        """
        ...


@attrs.frozen(kw_only=True)
class PageReader:
    """`user_agent` says who asks; two bodies have one `digest` only if they are the same."""

    fetch: Fetch
    extract: Extract
    digest: Callable[[bytes], str]
    clock: Clock
    chance: Chance
    user_agent: str
    figures: Figures = UNTOLD

    async def __call__(self, site: Site, page: Leased, /) -> CameOfIt:
        """One bad page never stops a crawl: whatever is wrong with it comes of it."""
        try:
            most = LARGEST_SEED if page.seed else LARGEST_PAGE
            answer = await self.fetch(
                page.url, headers=self._headers(page), most=most, redirects=0
            )
        except NotFetched as failed:
            if failed.reason in NEVER_BETTER:
                return _failed(failed.reason.value)
            return self._again(page, failed.reason.value)
        return await self._understand(site, page, answer)

    def _headers(self, page: Leased) -> dict[str, str]:
        headers = {"user-agent": self.user_agent, "accept": "text/html, text/*;q=0.9, */*;q=0.1"}
        if page.seed:  # what it names is looked at again, for the site may be another by now
            return headers
        if page.etag:
            headers["if-none-match"] = page.etag
        if page.last_modified:
            headers["if-modified-since"] = page.last_modified
        return headers

    async def _understand(self, site: Site, page: Leased, answer: Fetched) -> CameOfIt:
        meaning = meaning_of(answer.status)
        if meaning is Meaning.PAGE:
            return await self._answered(site, page, answer)
        if meaning is Meaning.TRY_AGAIN:
            return self._again(page, f"http_{answer.status}", answer)
        if meaning is Meaning.MOVED:
            return _moved(site, page, answer)
        if meaning is Meaning.UNCHANGED:
            return _unchanged(page, answer)
        if meaning is Meaning.GONE:
            return _left_out(page, f"http_{answer.status}", answer)
        return _failed(f"http_{answer.status}", answer)

    async def _answered(self, site: Site, page: Leased, answer: Fetched) -> CameOfIt:
        content_type = answer.headers.get("content-type", "text/html")
        if not answer.whole:
            return _failed("too_large", answer)
        try:
            if page.seed:
                named = await self.extract(
                    None, answer.body, url=page.url, content_type=content_type
                )
                return _named(site, page, answer, named)
            return await self._page(site, page, answer, content_type)
        except Unreadable:
            return _failed("unreadable", answer)
        except Interrupted:
            return self._again(page, "interrupted", answer)

    async def _page(
        self, site: Site, page: Leased, answer: Fetched, content_type: str
    ) -> CameOfIt:
        """Raises Unreadable or Interrupted."""
        if not content_type.lower().startswith(READABLE):
            return _left_out(page, "content_type", answer)
        content_hash = self.digest(answer.body)
        if content_hash == page.content_hash:
            return CameOfIt(became=_kept(PageState.UNCHANGED, content_hash, answer))
        read = await self.extract(site.kind, answer.body, url=page.url, content_type=content_type)
        return _read(site, page, answer, read, content_hash)

    def _again(self, page: Leased, reason: str, answer: Fetched | None = None) -> CameOfIt:
        now = self.clock()
        wait = next_try(page.attempts, self._fraction)
        self.figures.add(RETRIES, "documentation", "given_up" if wait is None else "again")
        if wait is None:
            return _failed(reason, answer)
        said = answer.headers.get("retry-after") if answer else None
        rest = rest_until(said, now)
        due_at = max(now + wait, rest) if rest else now + wait
        became = Became(
            state=PageState.WAITING,
            reason=reason,
            status=answer.status if answer else None,
            due_at=due_at,
        )
        return CameOfIt(became=became, rest_until=rest)

    def _fraction(self) -> float:
        return self.chance(GRAINS) / GRAINS


def is_of(site: Site, each: Found | Leased) -> bool:
    scope = site.reading.scope
    return scope.may_name_pages(each.url) if each.seed else _holds(scope, each.url)


def outside(page: Leased) -> Became:
    """The copy of a page that belongs to the site no more goes, as if it were not there."""
    state = PageState.SKIPPED if page.content_hash is None else PageState.GONE
    return Became(state=state, reason="outside")


def _read(
    site: Site, page: Leased, answer: Fetched, read: ReadPage, content_hash: str
) -> CameOfIt:
    canonical = normal_form(read.canonical) if read.canonical else None
    if canonical and not _is_same(canonical, page.url) and site.reading.scope.holds(canonical):
        there = Found(url=canonical, depth=page.depth, hops=page.hops + 1)
        return _elsewhere(page, there, "canonical", answer)
    found = _links(site, page, read)
    if not read.indexed:
        return attrs.evolve(_unlisted(page, answer), found=found)
    state = PageState.ADDED if page.content_hash is None else PageState.CHANGED
    by_default = attrs.evolve(
        read, language=read.language or site.language, version=read.version or site.release
    )
    became = _kept(state, content_hash, answer)
    return CameOfIt(became=became, read=by_default, found=found)


def _is_same(canonical: str, url: str) -> bool:
    """But for a slash at the end, with which servers answer, and without which they redirect."""
    return canonical.removesuffix("/") == url.removesuffix("/")


def _links(site: Site, page: Leased, read: ReadPage) -> Sequence[Found]:
    if not read.followed or page.depth >= site.reading.deepest:
        return ()
    return [
        Found(url=url, depth=page.depth + 1)
        for url in sorted(set(_normal(page, read.links)))
        if _holds(site.reading.scope, url)
    ]


@lru_cache(maxsize=16_384)
def _holds(scope: Scope, url: str) -> bool:
    """Pages of a site have links to each other."""
    return scope.holds(url)


def _named(site: Site, page: Leased, answer: Fetched, read: ReadPage) -> CameOfIt:
    """What it names is where a crawl begins, as the starts are. An index leads to no other."""
    pages = (Found(url=url) for url in _normal(page, read.links))
    files = (Found(url=url, depth=1, seed=True) for url in _normal(page, read.seeds))
    found = [
        *islice((each for each in files if not page.depth and is_of(site, each)), MOST_FILES),
        *islice((each for each in pages if is_of(site, each)), site.reading.most_pages),
    ]
    urls = {each.url for each in found}
    told = ((normal_form(link, on=page.url), at) for link, at in read.changed_at)
    dated = [Dated(url, at) for url, at in told if url in urls]
    return attrs.evolve(_left_out(page, SEED, answer), found=found, dated=dated)


def _normal(page: Leased, links: Sequence[str]) -> Iterator[str]:
    return filter(None, (normal_form(link, on=page.url) for link in links))


def _moved(site: Site, page: Leased, answer: Fetched) -> CameOfIt:
    target = normal_form(answer.headers.get("location", ""), on=page.url)
    if target is None:
        return _left_out(page, "moved_away", answer)
    there = Found(url=target, depth=page.depth, hops=page.hops + 1, seed=page.seed)
    if not is_of(site, there):
        return _left_out(page, "moved_away", answer)
    return _elsewhere(page, there, "moved", answer)


def _elsewhere(page: Leased, there: Found, reason: str, answer: Fetched) -> CameOfIt:
    if there.hops > MOST_HOPS:
        return _failed("too_many_redirects", answer)
    state = PageState.MOVED if page.content_hash is None else PageState.GONE
    became = Became(state=state, reason=reason, status=answer.status, size=len(answer.body))
    return CameOfIt(became=became, found=(there,))


def _left_out(page: Leased, reason: str, answer: Fetched) -> CameOfIt:
    """Nobody is to find it; a copy from when that was otherwise goes as well."""
    state = PageState.SKIPPED if page.content_hash is None else PageState.GONE
    became = Became(state=state, reason=reason, status=answer.status, size=len(answer.body))
    return CameOfIt(became=became)


def _unlisted(page: Leased, answer: Fetched) -> CameOfIt:
    """It is asked for again only if it has changed, for it may be listed then."""
    came = _left_out(page, NOT_LISTED, answer)
    became = attrs.evolve(
        came.became,
        etag=answer.headers.get("etag"),
        last_modified=answer.headers.get("last-modified"),
    )
    return attrs.evolve(came, became=became)


def _unchanged(page: Leased, answer: Fetched) -> CameOfIt:
    if page.content_hash is None:
        became = Became(state=PageState.SKIPPED, reason=NOT_LISTED, status=answer.status)
        return CameOfIt(became=became)
    return CameOfIt(became=Became(state=PageState.UNCHANGED, status=answer.status))


def _kept(state: PageState, content_hash: str, answer: Fetched) -> Became:
    return Became(
        state=state,
        status=answer.status,
        size=len(answer.body),
        etag=answer.headers.get("etag"),
        last_modified=answer.headers.get("last-modified"),
        content_hash=content_hash,
    )


def _failed(reason: str, answer: Fetched | None = None) -> CameOfIt:
    became = Became(
        state=PageState.FAILED,
        reason=reason,
        status=answer.status if answer else None,
        size=len(answer.body) if answer else 0,
    )
    return CameOfIt(became=became)
