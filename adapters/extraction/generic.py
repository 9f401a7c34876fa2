"""Any HTML page."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import compress
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from adapters.extraction.drafts import tidy, titled
from adapters.extraction.kinds import kind_of
from adapters.extraction.walking import Walk
from application.documentation.ports import Unreadable
from domain.documentation.pages import ReadPage

MAIN = ("main", "[role=main]", "article", "#content", "#main-content", ".document", "body")
FURNITURE = """
    nav, footer, aside, script, style, noscript, template, [aria-hidden=true],
    [role=navigation], [role=search], [role=contentinfo], [role=banner],
    .headerlink, .hash-link, .anchor-link, .viewcode-link, .copybtn, .linenos,
    .navheader, .navfooter, .nav-panel, .sphinxsidebar, .sidebar, .related, .footer,
    .toc, .toctree-wrapper, .theme-doc-toc-mobile, .breadcrumbs, .breadcrumb, .pagination,
    .skip-link, .edit-this-page, .footnote-backref
"""
INDEX = re.compile(
    r"(?:^|/)(?:gen|book|py-mod|http-routing)?(?:the|concept-|function-|doc-)?"
    r"(?:index-(?:all|[A-Za-z]|Symbols)|genindex[^/]*|bookindex|py-modindex|modindex|search)"
    r"\.html?$"
)
META = "meta[name][content]"
TOLD = f"a[href]:not([rel*=nofollow i]), base[href], link[rel=canonical][href], {META}"
WEB = ("http", "https")
FEWEST_LETTERS = 200
"""With less in it, an element is not what the page is about, unless there is little else."""
MOST_AROUND = 1_000
"""So much is found around what even a short page is about."""


def read_html(body: bytes, /, *, url: str, content_type: str) -> ReadPage:
    """Raises Unreadable."""
    return read_tree(tree_of(body, content_type), url=url)


def tree_of(body: bytes, content_type: str) -> LexborHTMLParser:
    """Raises Unreadable."""
    tree = LexborHTMLParser(_text(body, content_type))
    if tree.body is None:
        raise Unreadable("There is no page in it.")
    return tree


def read_tree(
    tree: LexborHTMLParser, *, url: str, main: Sequence[str] = MAIN, furniture: str = FURNITURE
) -> ReadPage:
    """`main` are places of what the page is about, the best first. Raises Unreadable."""
    told = _told(tree)
    links, canonical = _links(told, url), _canonical(told, url)
    metas = _metas(told["meta"])
    robots = metas.get("robots", "").lower()
    root = tree.css_first("html")
    language = (root.attributes.get("lang") or "") if root else ""
    version = _version(metas)
    named = tree.css_first("title")
    page_title = titled(named.text()) if named else ""
    for node in tree.css(furniture):
        node.decompose()
    about = _main(tree, main)
    heading = about.css_first("h1") or about.css_first("h2")
    title = (titled(heading.text()) if heading else "") or page_title or urlsplit(url).path
    walk = Walk(title)
    walk.through(about)
    sections = walk.sections()
    return ReadPage(
        title=title,
        sections=sections,
        links=links,
        canonical=canonical,
        language=language.split("-")[0].split("_")[0].lower() or None,
        version=version,
        kind=kind_of(url, title, sections),
        indexed="noindex" not in robots and not INDEX.search(urlsplit(url).path),
        followed="nofollow" not in robots,
    )


def _text(body: bytes, content_type: str) -> str:
    named = re.search(r"charset=[\"']?([\w-]+)", content_type) or re.search(
        r"charset=[\"']?([\w-]+)", body[:2048].decode("ascii", "replace")
    )
    try:
        text = body.decode(named.group(1) if named else "utf-8", "replace")
    except LookupError:
        text = body.decode("utf-8", "replace")
    return text.replace("\0", "")  # which not every database can keep


def _main(tree: LexborHTMLParser, places: Sequence[str]) -> LexborNode:
    short = list[LexborNode]()
    for node in filter(None, map(tree.css_first, places)):
        if len(node.text()) > FEWEST_LETTERS and node.tag != "body":
            return node
        short.append(node)
    if not short:
        raise Unreadable("There is nothing in it.")
    letters = [len(tidy(node.text())) for node in short]
    enough = (0 < each >= letters[-1] - MOST_AROUND for each in letters)
    return next(compress(short, enough), short[-1])


def _told(tree: LexborHTMLParser) -> Mapping[str, Sequence[LexborNode]]:
    """What a page tells about itself and others, by the names of elements.

    In one go: to look for what is not there takes as long as to look for all.
    """
    told = defaultdict[str, list[LexborNode]](list)
    for node in tree.css(TOLD):
        told[node.tag or ""].append(node)
    return told


def _links(told: Mapping[str, Sequence[LexborNode]], url: str) -> tuple[str, ...]:
    base = next(iter(told["base"]), None)
    origin = urljoin(url, base.attributes.get("href") or "") if base else url
    folder = urljoin(origin, ".")
    written = dict[str, None]()
    for node in told["a"]:
        href, _, _ = (node.attributes.get("href") or "").strip().partition("#")
        if href:
            written[href] = None
    every = (_absolute(origin if href[0] == "?" else folder, href) for href in written)
    return tuple(dict.fromkeys(filter(None, every)))


@lru_cache(maxsize=4096)
def _absolute(base: str, href: str) -> str | None:
    """Pages of a folder have links to the same places."""
    try:
        absolute = urljoin(base, href)
    except ValueError:
        return None
    return absolute if absolute.startswith(("http:", "https:")) else None


def _canonical(told: Mapping[str, Sequence[LexborNode]], url: str) -> str | None:
    """Only where it is an address on the web: packaged copies name files of who packaged them."""
    node = next(iter(told["link"]), None)
    if node is None:
        return None
    try:
        named = urlsplit(urljoin(url, node.attributes.get("href") or ""))
    except ValueError:
        return None
    return named.geturl() if named.scheme in WEB and named.netloc else None


def metas_of(tree: LexborHTMLParser) -> Mapping[str, str]:
    return _metas(tree.css(META))


def _metas(metas: Sequence[LexborNode]) -> Mapping[str, str]:
    """What is told first of each name."""
    told = dict[str, str]()
    for node in metas:
        attributes = node.attributes
        name = (attributes.get("name") or "").lower()
        told.setdefault(name, tidy(attributes.get("content") or ""))
    return told


def _version(metas: Mapping[str, str]) -> str | None:
    for name in ("docsearch:version", "version", "docusaurus_version"):
        if told := metas.get(name):
            return told[:40]
    return None
