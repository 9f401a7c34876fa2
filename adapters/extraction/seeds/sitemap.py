"""Sitemaps by sitemaps.org: pages, or an index of other sitemaps."""

from typing import Any
from xml.parsers import expat

import attrs

from application.documentation.ports import Unreadable
from domain.documentation.pages import ReadPage
from domain.documentation.urls import LONGEST_URL

PAGES = ["urlset", "url", "loc"]
SITEMAPS = ["sitemapindex", "sitemap", "loc"]
MOST_PAGES = 50_000
DEEPEST = 20


def read_sitemap(body: bytes, /, *, url: str) -> ReadPage:
    """When a page changed last is not believed. Raises Unreadable."""
    reading = _Reading()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = reading.opened
    parser.EndElementHandler = reading.closed
    parser.CharacterDataHandler = reading.said
    try:
        parser.Parse(body, True)  # noqa: FBT003  (that is all of it)
    except (expat.ExpatError, ValueError, LookupError):  # the latter for the way it is encoded
        raise Unreadable("It is no XML.") from None
    if reading.root not in {PAGES[0], SITEMAPS[0]}:
        raise Unreadable("It is no sitemap.")
    return ReadPage(
        title=url, sections=(), links=tuple(reading.pages), seeds=tuple(reading.sitemaps)
    )


def _refuse(*_: Any) -> None:
    """Entities are declared there, which may stand for anything, as often as one likes."""
    raise Unreadable("It declares a document type.")


@attrs.define
class _Reading:
    root: str = ""
    pages: list[str] = attrs.field(factory=list)
    sitemaps: list[str] = attrs.field(factory=list)
    _inside: list[str] = attrs.field(factory=list)
    _text: str = ""

    def opened(self, name: str, _: dict[str, str], /) -> None:
        if len(self._inside) > DEEPEST:
            raise Unreadable("It is no sitemap.")
        self._inside.append(name.rpartition(" ")[2])
        self.root = self.root or self._inside[0]
        self._text = ""

    def said(self, text: str, /) -> None:
        if len(self._text) <= LONGEST_URL:
            self._text += text[: LONGEST_URL + 1]

    def closed(self, _: str, /) -> None:
        if self._inside == PAGES and len(self.pages) < MOST_PAGES:
            self.pages.append(self._text.strip())
        if self._inside == SITEMAPS and len(self.sitemaps) < MOST_PAGES:
            self.sitemaps.append(self._text.strip())
        self._inside.pop()
        self._text = ""
