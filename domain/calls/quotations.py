"""Passages of documentation as they were quoted in calls: nothing changes them any more."""

from datetime import datetime
from enum import Enum
from typing import ClassVar

import attrs

from domain.calls.events import PassageQuoted
from domain.kernel.identifiers import ActorId, CallId, PassageId, QuotationId
from domain.kernel.refusals import NotFound


@attrs.frozen
class QuotationNotFound(NotFound):
    code: ClassVar[str] = "quotation_not_found"
    quotation_id: QuotationId

    def __str__(self) -> str:
        return f"no quotation {self.quotation_id}"


class QuotedSourceState(Enum):
    """What a page says by now where it was quoted."""

    CURRENT = "current"
    CHANGED = "changed"
    GONE = "gone"


@attrs.frozen(kw_only=True)
class Quoted:
    """What stood there when its page was read last, at `fetched_at`.

    `path` are the titles that lead to it, `url` its place on the page, `version` the one it is
    about; `digest` is the same for what says the same.
    """

    passage_id: PassageId
    url: str
    path: tuple[str, ...]
    text: str
    digest: str
    version: str | None
    fetched_at: datetime


@attrs.frozen(kw_only=True)
class Quotation:
    id: QuotationId
    call_id: CallId
    quoted: Quoted
    by: ActorId
    at: datetime

    @property
    def event(self) -> PassageQuoted:
        return PassageQuoted(call_id=self.call_id, quotation_id=self.id, occurred_at=self.at)
