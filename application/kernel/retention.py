"""Forgetting what has served its purpose."""

from datetime import datetime
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
