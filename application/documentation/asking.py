"""What is asked of documentation is counted, so that it shows what is missing there."""

from datetime import datetime
from typing import Protocol

import attrs

from application.documentation.views import Found, PassageSearch, PassageViews
from application.kernel.ports import Clock
from application.kernel.redaction import redacted
from domain.kernel.actors import Actor

LONGEST = 300


def plain(words: str) -> str:
    """The same for what differs in case, spaces and marks at its end; without cards and the like.

    Words in which there is nothing else stay as they are.
    """
    same = " ".join(redacted(words).casefold().split())
    return (same.rstrip(" ?!.") or same)[:LONGEST]


class Asking(Protocol):
    def note(self, actor: Actor, words: str, *, found: int, at: datetime) -> None:
        """Takes no time and never fails; what is lost in a crash is no loss."""
        ...


@attrs.frozen(kw_only=True)
class CountedSearches(PassageViews):
    """Whoever turns a page asks nothing new."""

    views: PassageViews
    asking: Asking
    clock: Clock

    async def edition(self, actor: Actor) -> int:
        return await self.views.edition(actor)

    async def search(self, actor: Actor, wanted: PassageSearch) -> Found:
        found = await self.views.search(actor, wanted)
        if wanted.skip == 0:
            self.asking.note(actor, plain(wanted.words), found=found.many, at=self.clock())
        return found
