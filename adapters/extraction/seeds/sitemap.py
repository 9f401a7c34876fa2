"""Sitemaps by sitemaps.org: pages, or an index of other sitemaps."""

from datetime import datetime, time, timedelta, timezone
from typing import Any
from xml.parsers import expat

import attrs

from application.documentation.ports import Unreadable
from domain.documentation.pages import ReadPage
from domain.documentation.urls import LONGEST_URL

PAGE = ["urlset", "url"]
PAGES = ["urlset", "url", "loc"]
CHANGES = ["urlset", "url", "lastmod"]
SITEMAPS = ["sitemapindex", "sitemap", "loc"]
MOST_PAGES = 50_000
DEEPEST = 20
DAY, MINUTE = "yyyy-mm-dd", "yyyy-mm-ddThh:mm"


def read_sitemap(body: bytes, /, *, url: str) -> ReadPage:
    """Raises Unreadable."""
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
        title=url,
        sections=(),
        links=tuple(reading.pages),
        seeds=tuple(reading.sitemaps),
        changed_at=tuple(reading.changes),
    )


def changed_by(written: str) -> datetime | None:
    """The last moment that it may mean; None if it says neither the day nor an offset from UTC."""
    try:
        if len(written) == len(DAY):
            day = datetime.combine(datetime.fromisoformat(written), time(), timezone.utc)
            return day + timedelta(days=1)
        told = datetime.fromisoformat(written) if len(written) >= len(MINUTE) else None
        return told.astimezone(timezone.utc) if told and told.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _refuse(*_: Any) -> None:
    """Entities are declared there, which may stand for anything, as often as one likes."""
    raise Unreadable("It declares a document type.")


@attrs.define
class _Reading:
    root: str = ""
    pages: list[str] = attrs.field(factory=list)
    sitemaps: list[str] = attrs.field(factory=list)
    changes: list[tuple[str, datetime]] = attrs.field(factory=list)
    _page: str = ""
    _changed: str = ""
    _inside: list[str] = attrs.field(factory=list)
    _text: str = ""

    def opened(self, name: str, _: dict[str, str], /) -> None:
        if len(self._inside) > DEEPEST:
            raise Unreadable("It is no sitemap.")
        self._inside.append(name.rpartition(" ")[2])
        self.root = self.root or self._inside[0]
        self._text = ""
        if self._inside == PAGE:
            self._page = self._changed = ""

    def said(self, text: str, /) -> None:
        if len(self._text) <= LONGEST_URL:
            self._text += text[: LONGEST_URL + 1]

    def closed(self, _: str, /) -> None:
        if self._inside == PAGES and len(self.pages) < MOST_PAGES:
            self._page = self._text.strip()
            self.pages.append(self._page)
        if self._inside == CHANGES:
            self._changed = self._text.strip()
        if self._inside == PAGE and self._page:
            changed_at = changed_by(self._changed)
            if changed_at is not None:
                self.changes.append((self._page, changed_at))
        if self._inside == SITEMAPS and len(self.sitemaps) < MOST_PAGES:
            self.sitemaps.append(self._text.strip())
        self._inside.pop()
        self._text = ""
