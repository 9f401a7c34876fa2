"""The pages of a crawl, each with what has become of it."""

from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID

import attrs

TO_READ_ANEW = "anew"

BELIEVED_FOR = timedelta(days=7)
"""As long after a page was read last, its sitemap is believed that it has not changed since."""
LONG_BEFORE = timedelta(days=1)
"""What changed later than that before it was read may have changed since."""


class PageState(Enum):
    """Of a page in one crawl; all but the first say that it is through with it."""

    WAITING = "waiting"
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    GONE = "gone"
    MOVED = "moved"
    SKIPPED = "skipped"
    FAILED = "failed"


@attrs.frozen(kw_only=True)
class Found:
    """A page to be read, so many links and redirects away from where the crawl began.

    A `seed` is no page, but a file that names some.
    """

    url: str
    depth: int = 0
    hops: int = 0
    seed: bool = False


@attrs.frozen
class Dated:
    """What a sitemap says of a page: when it changed last."""

    url: str
    changed_at: datetime

    def read_since(self, now: datetime) -> datetime:
        """A copy that is older does not show that nothing has changed."""
        return max(self.changed_at + LONG_BEFORE, now - BELIEVED_FOR)


@attrs.frozen(kw_only=True)
class Leased:
    """A page that is one worker's to read, with what is known of it from earlier.

    A hash of `TO_READ_ANEW` says that there is a copy, and that no body is like it.
    """

    url: str
    depth: int
    hops: int
    attempts: int
    lease: UUID
    etag: str | None = None
    last_modified: str | None = None
    content_hash: str | None = None
    seed: bool = False


@attrs.frozen(kw_only=True)
class Became:
    """What came of reading a page. One that waits is due again at `due_at`.

    Validators and hash are those of the copy that is kept; without a hash it stays as it was.
    Validators without a hash are those of a page of which none is to be kept.
    """

    state: PageState
    reason: str | None = None
    status: int | None = None
    size: int = 0
    due_at: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    content_hash: str | None = None


@attrs.frozen(kw_only=True)
class Tally:
    """How many pages are in which state, and how many bytes came.

    Of those that are `unchanged`, so many are `unasked`: their sitemap says so.
    """

    waiting: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    moved: int = 0
    skipped: int = 0
    failed: int = 0
    bytes: int = 0
    unasked: int = 0

    @property
    def found(self) -> int:
        return self.waiting + self.done

    @property
    def done(self) -> int:
        return self.read + self.gone + self.moved + self.skipped + self.failed

    @property
    def read(self) -> int:
        return self.added + self.changed + self.unchanged
