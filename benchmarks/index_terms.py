"""What the index of a documentation tree promises: its terms, and the places they lead to."""

import html
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urldefrag, urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

ROOT = "http://tree.example/"
INDEXES = (
    ("genindex-all.html",),
    ("genindex.html",),
    ("bookindex.html",),
    ("Concept-Index.html", "Function-Index.html"),
)
AGAIN = re.compile(r"(?:, ?\[\d+\])+$")

Place = tuple[str, str]
Entry = tuple[str, str]


def terms_of(tree: Path) -> Mapping[str, frozenset[Place]]:
    """Each term, and the pages and anchors it leads to."""
    terms = defaultdict[str, set[Place]](set)
    for name in next((names for names in INDEXES if (tree / names[0]).exists()), ()):
        index = LexborHTMLParser((tree / name).read_text("utf-8", "replace"))
        read = _book if name == "bookindex.html" else _texinfo if "-Index" in name else _sphinx
        for term, href in read(index):
            url, anchor = urldefrag(urljoin(ROOT + name, href))
            if term and url.startswith(ROOT):
                terms[term].add((url.removeprefix(ROOT), anchor))
    return {term: frozenset(places) for term, places in terms.items()}


def _sphinx(index: LexborHTMLParser) -> Iterator[Entry]:
    """By lists, or by definitions as themes of old have it."""
    for entry in index.css("table.genindextable td > ul > li, table.genindextable td > dl > dt"):
        term = AGAIN.sub("", _own(entry))
        for href in _links(entry):
            yield term, href
        below = entry if entry.tag == "li" else entry.next
        while below is not None and below.tag == "-text":
            below = below.next
        if below is None or below.tag not in ("li", "dd"):
            continue
        for part in below.css("ul > li, dl > dt"):
            more = AGAIN.sub("", _own(part))
            for href in _links(part):
                yield f"{term.split(' (')[0]} {more}", href


def _book(index: LexborHTMLParser) -> Iterator[Entry]:
    for entries in index.css("div.indexdiv > dl"):
        yield from _book_entries(entries, "")


def _book_entries(entries: LexborNode, above: str) -> Iterator[Entry]:
    term = ""
    for entry in entries.iter():
        if entry.tag == "dt":
            told = (entry.html or "").partition('<a class="indexterm"')[0]
            term = _tidy(html.unescape(re.sub("<[^>]+>", "", told))).rstrip(",")
            term = f"{above} {term.split(', (see')[0]}".strip()
            for link in entry.css("a.indexterm[href]"):
                yield term, link.attributes.get("href") or ""
        elif entry.tag == "dd":
            for below in entry.css("dl"):
                if below.parent is not None and below.parent.mem_id == entry.mem_id:
                    yield from _book_entries(below, term)


def _texinfo(index: LexborHTMLParser) -> Iterator[Entry]:
    for row in index.css("tr"):
        link = row.css_first("td a[href*='#index-']")
        if link is not None:
            yield _tidy(link.text()), link.attributes.get("href") or ""


def _own(entry: LexborNode) -> str:
    parts = list[str]()
    for child in entry.iter(include_text=True):
        if child.tag in ("ul", "dl"):
            break
        parts.append(child.text())
    return _tidy("".join(parts))


def _links(entry: LexborNode) -> Iterator[str]:
    for child in entry.iter():
        if child.tag in ("ul", "dl"):
            return
        for link in child.css("a[href]"):
            yield link.attributes.get("href") or ""


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
