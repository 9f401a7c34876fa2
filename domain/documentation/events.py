"""What other features may know about documentation."""

from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import CrawlId, DocumentId, SiteId


@attrs.frozen(kw_only=True)
class SiteEvent(Event):
    site_id: SiteId

    @property
    def subject(self) -> UUID:
        return self.site_id


@attrs.frozen(kw_only=True)
class SiteAdded(SiteEvent):
    name: ClassVar[str] = "site_added"


@attrs.frozen(kw_only=True)
class SiteChanged(SiteEvent):
    name: ClassVar[str] = "site_changed"


@attrs.frozen(kw_only=True)
class SiteDeleted(SiteEvent):
    name: ClassVar[str] = "site_deleted"


@attrs.frozen(kw_only=True)
class CrawlEvent(Event):
    site_id: SiteId
    crawl_id: CrawlId

    @property
    def subject(self) -> UUID:
        return self.crawl_id


@attrs.frozen(kw_only=True)
class CrawlStarted(CrawlEvent):
    name: ClassVar[str] = "crawl_started"


@attrs.frozen(kw_only=True)
class CrawlPaused(CrawlEvent):
    name: ClassVar[str] = "crawl_paused"


@attrs.frozen(kw_only=True)
class CrawlResumed(CrawlEvent):
    name: ClassVar[str] = "crawl_resumed"


@attrs.frozen(kw_only=True)
class CrawlCancelled(CrawlEvent):
    name: ClassVar[str] = "crawl_cancelled"


@attrs.frozen(kw_only=True)
class CrawlBlocked(CrawlEvent):
    """What it would take away awaits somebody's approval, for the reason given."""

    name: ClassVar[str] = "crawl_blocked"
    reason: str


@attrs.frozen(kw_only=True)
class CrawlApproved(CrawlEvent):
    name: ClassVar[str] = "crawl_approved"


@attrs.frozen(kw_only=True)
class CrawlProgressed(CrawlEvent):
    """Counts are of pages: `done` are those that are read, failed or left out."""

    name: ClassVar[str] = "crawl_progressed"
    found: int
    done: int
    added: int
    changed: int
    unchanged: int
    failed: int


@attrs.frozen(kw_only=True)
class CrawlFinished(CrawlEvent):
    """Counts are of pages."""

    name: ClassVar[str] = "crawl_finished"
    found: int
    added: int
    changed: int
    unchanged: int
    removed: int
    failed: int


@attrs.frozen(kw_only=True)
class DocumentEvent(Event):
    document_id: DocumentId

    @property
    def subject(self) -> UUID:
        return self.document_id


@attrs.frozen(kw_only=True)
class DocumentAdded(DocumentEvent):
    name: ClassVar[str] = "document_added"


@attrs.frozen(kw_only=True)
class DocumentReplaced(DocumentEvent):
    name: ClassVar[str] = "document_replaced"


@attrs.frozen(kw_only=True)
class DocumentDeleted(DocumentEvent):
    name: ClassVar[str] = "document_deleted"
