"""What the use cases of documentation need from outside."""

from datetime import datetime
from typing import Protocol

import attrs

from domain.documentation.pages import Changed, KeptPage, ReadPage
from domain.kernel.identifiers import SiteId


@attrs.frozen
class Unreadable(Exception):
    """The bytes are no document of the kind they were said to be."""

    reason: str


class Interrupted(Exception):
    """Whoever was to look at the bytes came to an end meanwhile; they may be fine."""


class Extractor(Protocol):
    def __call__(self, body: bytes, /, *, url: str, content_type: str) -> ReadPage:
        """Takes its time on the processor and may run in another process. Raises Unreadable."""
        ...


class Pages(Protocol):
    """Whatever is kept or forgotten here is found, or found no more, once the unit ends."""

    def keep(self, page: KeptPage) -> Changed:
        """Writes only the passages that differ."""
        ...

    def forget(self, site: SiteId, url: str, *, at: datetime) -> None: ...

    def forget_some(self, site: SiteId, *, limit: int, at: datetime) -> int:
        """How many pages of the site were there still, and are no more."""
        ...


class LibraryWork(Protocol):
    """What one transaction about pages may touch."""

    @property
    def pages(self) -> Pages: ...
