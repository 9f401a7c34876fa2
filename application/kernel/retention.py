"""Forgetting what has served its purpose."""

from datetime import date, datetime
from typing import Protocol

import attrs

from domain.kernel.actors import Actor
from domain.kernel.histories import History


class Retention(Protocol):
    """Each call forgets up to `limit` of the organization's, and says how many it were."""

    async def forget_answers(self, actor: Actor, *, before: datetime, limit: int) -> int:
        """Answers given before then: their idempotency keys are as good as new."""
        ...

    async def forget_quotes(self, actor: Actor, *, before: datetime, limit: int) -> int:
        """Quotes of any sort that expired before then; what was agreed on has its own copy."""
        ...

    async def forget_questions(self, actor: Actor, *, before: date, limit: int) -> int:
        """What was asked of documentation on days before that."""
        ...

    async def forget_exports(self, actor: Actor, *, before: datetime, limit: int) -> int:
        """Exports that expired before then, with their files."""
        ...


@attrs.frozen(kw_only=True)
class Forgetting:
    """What is older than `before` is to go, and into an archive first if it is `archived_at` some
    moment."""

    before: datetime
    archived_at: datetime | None = None


class HistoryRetention(Protocol):
    """What came of things long done; each call forgets up to `limit` of the organization's."""

    async def forget(
        self, actor: Actor, history: History, forgetting: Forgetting, *, limit: int
    ) -> int:
        """Whatever is archived is gone, and whatever is gone is archived, if it is to be.

        - attempts of data sources but for the last of each and the last that went well: how it
          stands
        - runs of reports that have ended; what they sent stays on the audit trail
        - what runs of pipelines logged that have ended
        - runs of pipelines that have ended and brought nothing new, but for the last of each: what
          a pipeline keeps is compared with those that brought something
        - what imports refused that are completed; how many there were stays
        - posted events that were taken
        - what programs measured, logged and traced, which is never archived
        """
        ...

    async def forget_archives(self, actor: Actor, *, before: datetime, limit: int) -> int:
        """Those that were made before then."""
        ...


class AccessRetention(Protocol):
    """What lets nobody in any more; each call forgets up to `limit`, and says how many it were."""

    async def forget_sessions(
        self, actor: Actor, *, before: datetime, unseen_since: datetime, limit: int
    ) -> int:
        """Of the organization: good until before then, or not used since."""
        ...

    async def forget_links(self, actor: Actor, *, before: datetime, limit: int) -> int:
        """Of the organization: what letters and tickets for sockets opened until before then."""
        ...

    async def forget_tries(self, *, before: datetime, limit: int) -> int:
        """Tries that began to be counted before then, whoever's they were."""
        ...
