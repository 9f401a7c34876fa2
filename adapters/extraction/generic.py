"""Any HTML page."""

import re
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
    links, canonical = _links(tree, url), _canonical(tree, url)
    metas = metas_of(tree)
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


def _links(tree: LexborHTMLParser, url: str) -> tuple[str, ...]:
    base = tree.css_first("base[href]")
    origin = urljoin(url, base.attributes.get("href") or "") if base else url
    folder = urljoin(origin, ".")
    written = dict[str, None]()
    for node in tree.css("a[href]:not([rel*=nofollow i])"):
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


def _canonical(tree: LexborHTMLParser, url: str) -> str | None:
    """Only where it is an address on the web: packaged copies name files of who packaged them."""
    node = tree.css_first("link[rel=canonical][href]")
    if node is None:
        return None
    try:
        named = urlsplit(urljoin(url, node.attributes.get("href") or ""))
    except ValueError:
        return None
    return named.geturl() if named.scheme in WEB and named.netloc else None


def metas_of(tree: LexborHTMLParser) -> Mapping[str, str]:
    """What is told first of each name."""
    told = dict[str, str]()
    for node in tree.css("meta[name][content]"):
        attributes = node.attributes
        name = (attributes.get("name") or "").lower()
        told.setdefault(name, tidy(attributes.get("content") or ""))
    return told


def _version(metas: Mapping[str, str]) -> str | None:
    for name in ("docsearch:version", "version", "docusaurus_version"):
        if told := metas.get(name):
            return told[:40]
    return None
