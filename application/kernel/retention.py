"""Forgetting what has served its purpose."""

from datetime import date, datetime
from typing import Protocol

from domain.kernel.actors import Actor


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


class HistoryRetention(Protocol):
    """What came of things long done; each call forgets up to `limit` of the organization's."""

    async def forget_attempts(self, actor: Actor, *, before: datetime, limit: int) -> int:
        """Of data sources, but for the last of each and the last that went well: how it stands."""
        ...

    async def forget_report_runs(self, actor: Actor, *, before: datetime, limit: int) -> int:
        """Those that ended before then; what they sent stays on the audit trail."""
        ...

    async def forget_run_notes(self, actor: Actor, *, before: datetime, limit: int) -> int:
        """What runs of pipelines logged that ended before then."""
        ...

    async def forget_runs(self, actor: Actor, *, before: datetime, limit: int) -> int:
        """Of pipelines, that ended before then and brought nothing new, but for the last of each.

        Those that brought something stay: what a pipeline keeps is compared with them.
        """
        ...

    async def forget_import_refusals(self, actor: Actor, *, before: datetime, limit: int) -> int:
        """Of imports that began before then and are completed; how many there were stays."""
        ...

    async def forget_posted_events(self, actor: Actor, *, before: datetime, limit: int) -> int:
        """Those that were taken before then."""
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
