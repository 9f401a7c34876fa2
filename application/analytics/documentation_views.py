"""What is asked about the use of documentation, and who answers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import attrs

from application.analytics.asking import Span
from domain.analytics.documentation_use import UseTotals
from domain.kernel.actors import Actor
from domain.kernel.identifiers import PassageId

MOST_SHOWN = 10


@attrs.frozen(kw_only=True)
class QuotedMost:
    """`path` are the headings above it; `left_at` is since when its page says it no more."""

    passage_id: PassageId
    path: tuple[str, ...]
    url: str
    times: int
    calls: int
    left_at: datetime | None


@attrs.frozen(kw_only=True)
class Gap:
    """Words that were asked so often without an answer."""

    words: str
    times: int


class DocumentationUseViews(Protocol):
    """For whoever may read documentation. All of it raises NotPermitted."""

    async def totals(self, actor: Actor, span: Span) -> UseTotals: ...

    async def quoted_most(self, actor: Actor, span: Span) -> Sequence[QuotedMost]:
        """At most MOST_SHOWN, those quoted most often first."""
        ...

    async def gaps(self, actor: Actor, span: Span) -> Sequence[Gap]:
        """At most MOST_SHOWN, those asked most often first; of days in UTC that begin in it."""
        ...
